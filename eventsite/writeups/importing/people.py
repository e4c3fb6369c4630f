"""The people a write-up names: who they are, who was in the chair, and where a text speaks of them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from eventsite.writeups.importing.draft import DraftPanellist
from eventsite.writeups.importing.lines import LONGEST_PARAGRAPH
from eventsite.writeups.importing.names import FULL_NAME, UPPER, Found, bare_words, is_leader, person_name
from eventsite.writeups.importing.posts import Post, job_before, organisation_after, post_after
from eventsite.writeups.importing.sentences import SPEECH, boundaries
from eventsite.writeups.importing.vocabulary import HONORIFICS

_NAME = re.compile(FULL_NAME)
_ROLES = r"(?:co-?)?(?:chair(?:person|man|woman)?|host|moderator|facilitator)"
_CHAIRED = r"(?:(?:co-?)?(?:chair|host)ed|moderated|facilitated|compered)"
_FILLERS = r"(?:\s+(?:was|were|is|are|of|for|the|this|our|session|panel|discussion|debate|today|on|day|event|both))*"
_ONE_BEFORE = re.compile(rf"\b(?:{_ROLES}{_FILLERS}|in the chair was)\s*[,:–—-]?\s*$", re.IGNORECASE)
_ALL_BEFORE = re.compile(
    rf"\b(?:{_CHAIRED}(?:\s+\w+)?\s+by(?:\s+both)?|(?:{_ROLES}s|in the chair){_FILLERS})\s*[,:–—-]?\s*$", re.IGNORECASE
)
_CHAIR_AFTER = re.compile(
    r",?\s*(?:who\s+)?(?:both\s+|also\s+|then\s+)?(?:(?:co-?)?(?:chair|host)(?:ed|ing)|moderat(?:ed|ing)|facilitat(?:ed|ing)"
    r"|(?:was\s+|were\s+)?in the chair|took the chair)\b", re.IGNORECASE
)  # fmt: skip
_AND = re.compile(r"[\s,;]*(?:and|&)?[\s,]*(?:by\s+)?", re.IGNORECASE)
_SPEAKS_AFTER = re.compile(rf"\s+(?:(?:also|then|again|however|later|first)\s+)?(?={SPEECH.pattern})", re.IGNORECASE)
_SPEAKS_BEFORE = re.compile(r"\b(?:said|says|asked|added|explained|replied|warned|according to)\s+$", re.IGNORECASE)
_ACTS_AFTER = re.compile(r"\s+(?:[a-z]+ed|spoke|gave|took|led|made|saw|drew|set|brought|put)\b")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?…]['\"’”)]*\s+)$")
_QUOTES = re.compile(r"[‘“'\"]x{12}")
_CHAIR_ALIAS = r"\b(?:[Tt]he|[Oo]ur)\s+(?:panel\s+|session\s+)?(?:chair|host|moderator|facilitator)\b(?!s|ed)"
_CREDIT_LABEL = re.compile(
    r"(?:(?:co-?)?chair(?:ed by)?|host(?:ed by)?|panel(?:list)?|speaker|moderator|facilitator|with|by)s?\s*:\s*\S",
    re.IGNORECASE,
)  # fmt: skip
_BYLINE = re.compile(
    rf"(?:(?:[Ww]ords|[Ww]ritten|[Pp]hoto(?:graph)?s?|[Rr]eport(?:ed)?)\s+)?[Bb]y\s+{FULL_NAME}(?:,.{{0,80}})?$"
)
_Introduction = tuple[Found, Post | None]


@dataclass(frozen=True)
class Mention:
    """A place where a text speaks of somebody; `person` is None where the name fits two people."""

    person: DraftPanellist | None
    start: int
    end: int


@dataclass(frozen=True)
class People:
    """Everybody the write-up names as speaking, in the order of their first appearance."""

    everyone: tuple[DraftPanellist, ...] = ()

    def mentions(self, text: str) -> list[Mention]:
        """Where the text speaks of somebody known, by full name, surname, first name, or as the chair."""
        found = (Mention(self._aliases[_key(m[0])], *m.span()) for m in self._pattern.finditer(text))
        return [mention for mention in found if _stands_alone(text, mention)]

    @cached_property
    def _aliases(self) -> dict[str, DraftPanellist | None]:
        aliases: dict[str, DraftPanellist | None] = {person.name: person for person in self.everyone}
        for person in self.everyone:
            words = bare_words(person.name)
            for alias in {" ".join(words), words[0], words[-1]} - {person.name}:
                aliases[alias] = None if alias in aliases and aliases[alias] != person else person
        chairs = [person for person in self.everyone if person.part == "chair"]
        aliases["the chair"] = chairs[0] if len(chairs) == 1 else None
        return aliases

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted((re.escape(alias) for alias in self._aliases if alias != "the chair"), key=len, reverse=True)
        known = rf"(?<!\w)(?:{'|'.join(names)})(?!\w|-\w)(?!\s[{UPPER}][a-z])" if names else r"(?!)"
        return re.compile(rf"{known}|{_CHAIR_ALIAS}")


def find_people(texts: Iterable[str]) -> People:
    """Everybody who is introduced with a post, or chairs, or speaks under a full name. Quotations must be masked."""
    known: dict[tuple[str, ...], DraftPanellist] = {}
    for text in texts:
        for person in _people_in(text) if len(text) <= LONGEST_PARAGRAPH else ():
            key = tuple(bare_words(person.name))
            known[key] = _both(known[key], person) if key in known else person
    return People(tuple(known.values()))


def is_credit(text: str) -> bool:
    """Whether a line of its own names people with their posts, as a list of the panel does, or says who wrote it."""
    if _CREDIT_LABEL.match(text) or _BYLINE.match(text):
        return True
    match = _NAME.match(text)
    name = person_name(match[0]) if match else None
    return bool(name and name.start == 0 and post_after(text, name.end, len(text)))


def _key(alias: str) -> str:
    return "the chair" if re.fullmatch(_CHAIR_ALIAS, alias) else alias


def _stands_alone(text: str, mention: Mention) -> bool:
    """False for a surname after somebody else's first name."""
    word = re.search(
        r"(?:^|(?P<stop>[.!?…:]['\"’”]?)?\s)(?P<word>[\w’'-]+)\s$", text[max(mention.start - 40, 0) : mention.start]
    )
    if word is None or not word["word"][0].isupper() or word["word"] in HONORIFICS or is_leader(word["word"]):
        return True
    is_own = mention.person is not None and word["word"] in mention.person.name.split()
    return is_own or bool(word["stop"]) or word.start() == 0


def _people_in(text: str) -> list[DraftPanellist]:
    introductions = _introductions(text)
    people = []
    for (name, post), is_chair in zip(introductions, _in_chair(text, introductions), strict=True):
        if post or is_chair or _speaks(text, name):
            job, organisation = (post.job_title, post.organisation) if post else ("", "")
            people.append(DraftPanellist(name.text, job, organisation, "chair" if is_chair else "panellist"))
    return people


def _introductions(text: str) -> list[_Introduction]:
    """Each name with its post; what looks like a name within somebody's post is part of an organisation."""
    names = [name for match in _NAME.finditer(text) if (name := person_name(match[0], match.start()))]
    # where the next person who has a post begins, nothing is about the one before any more
    limits = [name.start for name in names if post_after(text, name.end, len(text))] + [len(text)]
    result: list[_Introduction] = []
    for name in names:
        if not (result and result[-1][1] and name.start < result[-1][1].end):
            result.append((name, _post_of(text, name, limits[bisect_right(limits, name.start)])))
    return result


def _post_of(text: str, name: Found, limit: int) -> Post | None:
    post = post_after(text, name.end, limit) or organisation_after(text, name.end, limit)
    if post and post.job_title:
        return post
    before = job_before(text, name.start)
    if before is None:
        return post
    return replace(post, job_title=before.text) if post else Post(before.text, "", name.end)


def _in_chair(text: str, introductions: Sequence[_Introduction]) -> list[bool]:
    """For each name whether the text puts the person in the chair; "chaired by A and B" puts both there."""
    result: list[bool] = []
    goes_on = False
    previous_end = 0
    for name, post in introductions:
        end = post.end if post else name.end
        follows_on = goes_on and bool(_AND.fullmatch(text, previous_end, name.start))
        before = _before(text, name)
        goes_on = bool(_ALL_BEFORE.search(before)) or follows_on
        after = bool(_CHAIR_AFTER.match(text, end))
        if after and result and _AND.fullmatch(text, previous_end, name.start):
            result[-1] = True
        result.append(goes_on or after or bool(_ONE_BEFORE.search(before)) or bool(post and post.is_chair))
        previous_end = end
    return result


def _before(text: str, name: Found) -> str:
    """What the sentence says before the name and before a post in front of it."""
    job = job_before(text, name.start)
    start = job.start if job else name.start
    before = text[max(start - 120, 0) : start]
    return before[max([0, *(end for end in boundaries(before) if end < len(before))]) :]


def _speaks(text: str, name: Found) -> bool:
    """Whether the text says that the person said something, or did something in a paragraph that quotes somebody."""
    before = text[max(name.start - 20, 0) : name.start]
    if _SPEAKS_AFTER.match(text, name.end) or _SPEAKS_BEFORE.search(before):
        return True
    return bool(_ACTS_AFTER.match(text, name.end) and _QUOTES.search(text) and _OPENS_SENTENCE.search(before))


def _both(known: DraftPanellist, again: DraftPanellist) -> DraftPanellist:
    """One person out of two introductions: the first post given holds, and a chair stays one."""
    is_chair = "chair" in (known.part, again.part)
    post = known if known.job_title else again
    organisation = post.organisation or known.organisation or again.organisation
    return replace(
        known, job_title=post.job_title, organisation=organisation, part="chair" if is_chair else "panellist"
    )
