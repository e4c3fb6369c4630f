"""Who says a quotation: the person the sentence before it speaks of, or the words after it. Nobody, when in doubt."""

import re
from collections.abc import Sequence

from eventsite.writeups.importing.draft import DraftPanellist
from eventsite.writeups.importing.people import Mention, People
from eventsite.writeups.importing.sentences import SPEECH, sentences
from eventsite.writeups.importing.speech import Speech

_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
_GOES_ON = re.compile(r"(?:And |Then |But )?(?:\w+ing\b|[Tt]hen\b)")
_SPEAKS = re.compile(
    rf"(?:,?\s+who)?\s+(?:(?:also|then|again|however|later|later|first)\s+)?(?:{SPEECH.pattern})", re.I
)
_SAID_BEFORE = re.compile(r"\b(?:said|says|asked|added|explained|replied|warned|according to)\s+$", re.IGNORECASE)
_IS_ADDRESSED = re.compile(
    r"\b(?:asked|told|reminded|challenged|invited|pressed|thanked|it to|said to)\s+$", re.IGNORECASE
)
_IS_OBJECT = re.compile(
    r"\b(?:by|to|with|from|for|of|than|like|at|on|about|asked|told|thanked|reminded|challenged|joined|invited|praised)\s+$",
    re.IGNORECASE,
)
_IS_ASIDE = re.compile(r"\b(?:as|when|after|while|although|though|since|because|before|where|if)\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s\b|[’'](?=\s)")


def speakers_of(speeches: Sequence[Speech], people: People, context: str) -> list[str]:
    """For each stretch of speech of a paragraph the name of its speaker, or "" where that is not certain.

    `context` is the prose of the paragraph before, quotations masked, or "" where a heading stands between.
    """
    speakers: list[str] = []
    told: list[str] = []
    for speech in speeches:
        before = sentences(speech.before)
        if speech.caption:
            name = speech.caption
        elif speech.tag:
            name = _name(_from_sentence(speech.tag, [*told, *before], people, context))
        elif before:
            name = _name(_from_sentence(before[-1], [*told, *before[:-1]], people, context))
        else:
            name = speakers[-1] if speakers else _name(_from_context(context, people))
        speakers.append(name)
        told += [*before, *sentences(speech.tag)]
    return speakers


def speaker_before(people: People, context: str) -> str:
    """The speaker of a quotation that stands by itself: the one the last sentence before it speaks of, or ""."""
    before = sentences(context)
    mentions = people.mentions(before[-1]) if before else []
    return _name(_subject(before[-1], mentions) if mentions else _from_context(context, people))


def _name(person: DraftPanellist | None) -> str:
    return person.name if person else ""


def _from_sentence(sentence: str, earlier: Sequence[str], people: People, context: str) -> DraftPanellist | None:
    """The speaker as the sentence that goes with the quotation names him, or the sentences before it."""
    mentions = people.mentions(sentence)
    if mentions:
        return _subject(sentence, mentions)
    if _PRONOUN.search(sentence) or _GOES_ON.match(sentence.lstrip(" ,")):
        return _last_subject(earlier, people) or _last_subject(sentences(context), people)
    return None if SPEECH.search(sentence) or sentence.endswith(":") else _last_subject(earlier, people)


def _from_context(context: str, people: People) -> DraftPanellist | None:
    """The speaker of a paragraph that begins with the quotation: the one before it must lead up to it."""
    before = sentences(context)
    if not before or not (before[-1].endswith(":") or SPEECH.search(before[-1])):
        return None
    return _from_sentence(before[-1], before[:-1], people, "")


def _last_subject(earlier: Sequence[str], people: People) -> DraftPanellist | None:
    for sentence in reversed(earlier):
        if mentions := people.mentions(sentence):
            return _subject(sentence, mentions, only_told_of=True)
    return None


def _subject(sentence: str, mentions: Sequence[Mention], *, only_told_of: bool = False) -> DraftPanellist | None:
    """The one of those mentioned who speaks in the sentence; None where it may be another."""
    if len({mention.person for mention in mentions}) == 1:
        addressed = _IS_ADDRESSED.search(sentence[: mentions[0].start]) and sentence.endswith((":", ","))
        return None if addressed and not only_told_of else mentions[0].person
    leading = [mention for mention in mentions if not _IS_ASIDE.search(sentence[: mention.start])] or list(mentions)
    if speaking := [mention for mention in leading if _is_speaking(sentence, mention)]:
        return None if _share_a_verb(sentence, mentions, speaking[-1]) else speaking[-1].person
    subjects = {mention.person for mention in leading if _may_be_subject(sentence, mention)}
    return subjects.pop() if len(subjects) == 1 else None


def _is_speaking(sentence: str, mention: Mention) -> bool:
    said_before = _SAID_BEFORE.search(sentence[: mention.start]) and not sentence.endswith((":", ","))
    return bool(said_before or _SPEAKS.match(sentence, mention.end))


def _share_a_verb(sentence: str, mentions: Sequence[Mention], speaking: Mention) -> bool:
    """Whether two people say it: "Lee and Jacqui agreed"."""
    before = sentence[: speaking.start]
    return any(re.fullmatch(r",?\s+and\s+", before[other.end :]) for other in mentions if other.end < speaking.start)


def _may_be_subject(sentence: str, mention: Mention) -> bool:
    return not (_IS_OBJECT.search(sentence[: mention.start]) or _POSSESSIVE.match(sentence, mention.end))
