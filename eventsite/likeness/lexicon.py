"""Words and phrases that mean the same, opposites, and how much a word says about what is asked."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from eventsite.likeness.words import folded, stem, words_of

_SYNONYMS = Path(__file__).with_name("synonyms.txt")

_NOTHING = """a an the of to in on at for from by with and or be do have it this that these those we you i our us they
    them their your my me he she his her its what how should can could would will may might must shall if as any there
    not no who whom whose when where why which than then so too very just also about into over under per via much many
    long some all each every own such same up down out off one ones only well please actually really still yet ever even
    while don lets let need want think panel get make go"""
_LITTLE = """nhs trust hospital health healthcare use new good way thing work take give say tell come person patient
    clinician staff data digital clinical care"""
# Two texts, one with a word of the left, one with a word of the right, ask opposite things.
_OPPOSITES = """in into on / out off from; before / after; with / without; more increase rise raise add grow / less
    reduce cut fewer decrease lower; start begin / stop halt end; small little tiny / big large huge major; buy purchase
    procure / sell; always / never; benefit win gain advantage / risk harm danger drawback; widen worsen / narrow close
    improve; join enter / leave exit; first / last; senior / junior; old / new; local / national; public / private; good
    / bad; right true correct / wrong false incorrect; open / closed; give / take get receive; support / oppose; learn /
    teach; win / lose; keep retain / lose delete leave; accept / refuse reject; allow permit / ban forbid; cause /
    prevent; success succeed / fail failure; strong / weak; fast quick / slow; cheap / expensive; long / short; early /
    late; hire recruit / dismiss; useful helpful / mandatory compulsory; today now / future; inside / outside; other
    elsewhere / own"""
_PEOPLE = """patient public citizen; clinician doctor consultant physician gp practitioner radiologist; nurse matron
    midwife; staff colleague employee worker workforce user; supplier vendor company firm manufacturer developer; board
    director executive; regulator mhra cqc nice; child paediatric; student trainee; researcher university; insurer;
    union; police; secretary; carer family relative; manager; parent; minister government"""
_DIRECTIONS = """out into in off on up down before after with without not never against more less most least other none
    no nobody always"""


class Lexicon(NamedTuple):
    """What is known of words. A phrase is a tuple of stems; a sense is the number of a line of meanings."""

    senses: dict[tuple[str, ...], frozenset[int]]
    longest: int
    nothing: frozenset[str]
    little: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    people: dict[str, int]
    directions: frozenset[str]
    ai: int
    """The sense that nearly every question here has: to share it says little."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read when it is first asked for."""
    senses: dict[tuple[str, ...], set[int]] = {}
    for number, phrases in enumerate(_meanings()):
        for phrase in phrases:
            senses.setdefault(phrase, set()).add(number)
    directions = _stems(_DIRECTIONS)
    for phrase in filter(directions.isdisjoint, senses):
        senses[phrase] = senses[phrase].union(*(senses.get(part, ()) for part in _parts(phrase)))
    sides = [pair.split("/") for pair in _OPPOSITES.split(";")]
    return Lexicon(
        senses={phrase: frozenset(numbers) for phrase, numbers in senses.items()},
        longest=max(map(len, senses)),
        nothing=_stems(_NOTHING),
        little=_stems(_LITTLE),
        opposites=tuple((_stems(left), _stems(right)) for left, right in sides),
        people={word: at for at, group in enumerate(_PEOPLE.split(";")) for word in _stems(group)},
        directions=directions,
        ai=min(senses[("ai",)]),
    )


def _meanings() -> list[list[tuple[str, ...]]]:
    lines = [line for line in _SYNONYMS.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    phrases = [[tuple(word.stem for word in words_of(folded(phrase))) for phrase in line.split(",")] for line in lines]
    return [list(filter(None, line)) for line in phrases]


def _parts(phrase: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The shorter phrases, of two words or more, that may stand in a phrase."""
    sizes = range(2, len(phrase))
    return [phrase[at : at + size] for size in sizes for at in range(len(phrase) - size + 1)]


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))
