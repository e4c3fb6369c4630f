"""Who says a quotation: the person the sentence before it speaks of, or the words after it. Nobody, when in doubt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

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

_SPOKEN_TO = re.compile(r"\b(?:told|asked|reminded|thanked|said to) (?:her|him|them)\s*[,:]$", re.IGNORECASE)


@dataclass(frozen=True)
class Attribution:
    """A speaker's name, or "" in doubt; `by_pronoun` where only the paragraph before says whom "he" or "she" means."""

    name: str
    by_pronoun: bool = False


_NOBODY = Attribution("")


def speakers_of(speeches: Sequence[Speech], people: People, context: str) -> list[Attribution]:
    """The speaker of each stretch of speech of a paragraph.

    `context` is the prose of the paragraph before, quotations masked, or "" where a heading stands between.
    """
    speakers: list[Attribution] = []
    told: list[str] = []
    for speech in speeches:
        before = sentences(speech.before)
        if speech.caption:
            speakers.append(Attribution(speech.caption))
        elif speech.tag:
            speakers.append(_from_sentence(speech.tag, [*told, *before], people, context))
        elif before:
            speakers.append(_from_sentence(before[-1], [*told, *before[:-1]], people, context))
        else:
            speakers.append(speakers[-1] if speakers else _from_context(context, people))
        told += [*before, *sentences(speech.tag)]
    return speakers


def speaker_before(people: People, context: str) -> str:
    """The speaker of a quotation that stands by itself: the one the last sentence before it speaks of, or ""."""
    before = sentences(context)
    mentions = people.mentions(before[-1]) if before else []
    return _subject(before[-1], mentions).name if mentions else _from_context(context, people).name


def _from_sentence(sentence: str, earlier: Sequence[str], people: People, context: str) -> Attribution:
    """The speaker as the sentence that goes with the quotation names him, or the sentences before it."""
    mentions = people.mentions(sentence)
    if mentions:
        return _subject(sentence, mentions)
    if _PRONOUN.search(sentence) or _GOES_ON.match(sentence.lstrip(" ,")):
        return _last_subject(earlier, people) or _only_person(context, people)
    said_by_another = SPEECH.search(sentence) or sentence.endswith(":")
    return _NOBODY if said_by_another else _last_subject(earlier, people) or _NOBODY


def _from_context(context: str, people: People) -> Attribution:
    """The speaker of a paragraph that begins with the quotation: the one before it must lead up to it."""
    before = sentences(context)
    if not before or not (before[-1].endswith(":") or SPEECH.search(before[-1])):
        return _NOBODY
    return _from_sentence(before[-1], before[:-1], people, "")


def _last_subject(earlier: Sequence[str], people: People) -> Attribution | None:
    """The one of whom the last sentence speaks that speaks of anybody; None where none does."""
    for sentence in reversed(earlier):
        if mentions := people.mentions(sentence):
            return _subject(sentence, mentions, only_told_of=True)
    return None


def _only_person(context: str, people: People) -> Attribution:
    """Whom "she" means in the first sentence of a paragraph, if the paragraph before speaks of one person alone."""
    named = {mention.person for mention in people.mentions(context)}
    person = named.pop() if len(named) == 1 else None
    return Attribution(person.name, by_pronoun=True) if person else _NOBODY


def _subject(sentence: str, mentions: Sequence[Mention], *, only_told_of: bool = False) -> Attribution:
    """The one of those mentioned who speaks in the sentence; nobody where it may be another."""
    person = mentions[0].person
    if len({mention.person for mention in mentions}) > 1:
        person = _one_of_several(sentence, mentions)
    elif not only_told_of and _is_spoken_to(sentence, mentions[0]):
        person = None
    return Attribution(person.name) if person else _NOBODY


def _is_spoken_to(sentence: str, mention: Mention) -> bool:
    """Whether the sentence leads up to what somebody else says to the person: "a delegate asked Ann:"."""
    if not sentence.endswith((":", ",")):
        return False
    return bool(_IS_ADDRESSED.search(sentence[: mention.start]) or _SPOKEN_TO.search(sentence))


def _one_of_several(sentence: str, mentions: Sequence[Mention]) -> DraftPanellist | None:
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
