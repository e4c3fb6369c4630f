"""Words and phrases that mean the same, opposites, and how much a word says about what is asked."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from eventsite.likeness.words import folded, stem, words_of

_SYNONYMS = Path(__file__).with_name("synonyms.txt")

_NOTHING = """a an the of to in on at for from by with and or be do have it this that these those we you i our us they
    them their your my me he she his her its what how should can could would will may might must shall ought if as any
    there not no who whom whose when where why which than then so too very just also about into onto over under upon
    toward towards per via much many long some all each every own such same up down out off one ones only well please
    actually really quite rather perhaps maybe simply exactly especially particularly indeed bit lot still yet ever even
    thus therefore however although though while whilst don need want think panel get make go going doing whether but
    itself themselves himself herself ourselves yourself myself whatever whenever anyway among amongst around along
    across within something anything everything once"""
_LITTLE = """nhs trust hospital health healthcare use using used new good way thing kind sort part work take give put
    bring say tell come look mean person somebody someone anybody anyone everybody everyone patient clinician staff data
    digital clinical care organisation product"""
# Two texts, one with a word of the left, one with a word of the right, ask opposite things.
_OPPOSITES = """in into on / out off from; before beforehand / after afterwards; with / without; more increase rise
    raise add grow expand / less reduce cut fewer decrease lower shrink shorten; start begin launch / stop halt end
    cease discontinue; small little tiny / big large huge major; buy purchase procure rent / sell; always / never;
    benefit win gain advantage / risk harm danger drawback disadvantage; widen worsen / narrow close improve; join enter
    / leave exit quit; first / last; senior experienced / junior resident trainee; old existing / new; local locally /
    national nationally central centrally; public / private; good / bad; right true correct / wrong false incorrect;
    open / closed secret; give / take get receive; support / oppose resist; learn / teach; win / lose; keep retain store
    / lose delete erase destroy wipe; accept agree / refuse reject decline disagree; allow permit / ban forbid prohibit
    block; cause / prevent avoid; success succeed / fail failure; strong / weak; fast quick / slow; cheap free /
    expensive; long / short; early / late; hire recruit / dismiss; useful helpful / mandatory compulsory; mandatory
    compulsory / optional voluntary; today now / future; past / future; inside / outside; other elsewhere / own; cost
    spend / save earn; many / few; most / least; build develop / buy; attack / defend protect; trust / distrust; human /
    machine automatic; adult / child; rich / poor; simple easy / complex difficult hard; question ask / answer; internal
    / external; minimum / maximum; best / worst; everybody everyone / nobody; lawful legal / unlawful illegal; safe /
    unsafe dangerous"""
_PEOPLE = """patient public citizen; clinician doctor consultant physician gp practitioner surgeon radiologist
    pathologist dermatologist psychiatrist; nurse matron midwife; paramedic; pharmacist chemist; radiographer; therapist
    physiotherapist physio; staff colleague employee workforce user; supplier vendor company firm manufacturer bidder;
    board executive ned; mhra cqc nice ico gmc; child paediatric teenager; student undergraduate; trainee registrar;
    researcher academic university; insurer; union unison bma; secretary receptionist clerk; family relative bereaved;
    parent mother father; minister politician; lawyer solicitor; commissioner icb; prison"""
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
