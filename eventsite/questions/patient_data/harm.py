"""Harm and wrongdoing told in any words: what went wrong together with what came of it, or with nobody heeding it."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.grave_words import grave_words, somebody, tells_good
from eventsite.questions.patient_data.harm_words import FAULT, HAPPENED, HARM, PEOPLE, TOOLS, UNHEEDED
from eventsite.questions.patient_data.phrasebook import Phrasebook, Span, Words
from eventsite.questions.patient_data.spans import Spans
from eventsite.questions.patient_data.told import Told
from eventsite.questions.patient_data.wrong_words import GIVEN_WRONGLY, PUNISHED, WRONGDOING

_NOT_FAR = 200
_HEAVY = 6
_LESS_FOR_PEOPLE = 2
_STEM = 5
_A_STORY = 14
_FIRST_FEW = 8
_OF_NUMBERS = re.compile(
    r"@|\d{5,}|\d[./-]\d\d?[./-]\d\d|(?:\d[\s./-]?){6}|\b[a-z]{1,2}\d|date\sof\sbirth|birthday|\bd\.?o\.?b\b|"
    r"\bborn\b",
    re.I,
)
_ENOUGH_ALONE = (WRONGDOING, PUNISHED, GIVEN_WRONGLY)


def harm(plain: str) -> Iterator[Span]:
    """Places that tell of it."""
    told = Told(plain)
    if not told:
        return
    words = Words.of(plain)
    for phrases in _ENOUGH_ALONE:
        yield from _told(words, told, phrases)
    grave = [one for one in grave_words(words) if told.has(one[0])]
    people = {words.text[start:end] for start, end in somebody(words) if told.has(start)}
    yield from _weighed(words, grave, people, ours=told.ours)
    if told.ours:
        faults, harms = _told(words, told, FAULT), _told(words, told, HARM)
        if _told(words, told, PEOPLE):
            yield from _together(faults, harms)
            yield from _together(faults, _told(words, told, UNHEEDED))
            yield from _together(_told(words, told, HAPPENED), _told(words, told, TOOLS))
        if _is_a_story(words, told, plain) and _weighs(len(people), len(grave) + len(faults) + len(harms)):
            yield told.sentences[0].start, told.sentences[0].end


def _weighed(words: Words, grave: list[tuple[int, int, int]], people: set[str], *, ours: bool) -> Iterator[Span]:
    """From the first grave word to the last, where they weigh enough; less is enough where people are named."""
    by_stem = {words.text[start : start + _STEM]: weight for start, _, weight in grave}
    weight = sum(by_stem.values())
    if weight >= _HEAVY or (ours and weight >= _HEAVY - _LESS_FOR_PEOPLE * min(2, len(people))):
        yield min(one[0] for one in grave), max(one[1] for one in grave)


def _is_a_story(words: Words, told: Told, plain: str) -> bool:
    """Whether it is told at some length, with nothing good in it; where numbers stand, the story is theirs."""
    length = sum(
        any(one.start <= start < one.end for one in told.sentences[:_FIRST_FEW]) for _, start, _ in words.spans
    )
    return length >= _A_STORY and _OF_NUMBERS.search(plain) is None and not tells_good(words)


def _weighs(people: int, signs: int) -> bool:
    """Whether a story is of people here to whom something is done."""
    return signs > 0 and people + signs > 1


def _told(words: Words, told: Told, phrases: Phrasebook) -> Spans:
    """Where such phrases stand in what is told."""
    return Spans(span for span in phrases.find(words) if told.has(span[0]))


def _together(some: Spans, others: Spans) -> Iterator[Span]:
    """What went wrong and what came of it, not far from each other."""
    for one in some:
        for other in others.between(one[0] - _NOT_FAR, one[1] + _NOT_FAR):
            if other[0] >= one[1] or other[1] <= one[0]:
                yield min(one[0], other[0]), max(one[1], other[1])
                return
