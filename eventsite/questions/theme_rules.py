"""Which themes the words of a question point to. Suggestions only: a person confirms them. Pure.

Each rule is a list of word beginnings; a phrase counts as it stands. What is suggested brings the words that led to it,
so that whoever confirms it sees why.
"""

import re
from dataclasses import dataclass
from functools import cache

MOST_WORDS = 3

_RULES = {
    "clinical-safety": "DCB0129 | DCB0160 | safety case | hazard log | hazard | clinical safety | safety officer",
    "regulation": "MHRA | medical device | Airlock | regulat | UKCA | CE mark | Class I | Class II | ISO 13485",
    "evidence": "NICE | evidence | evaluat | trial | sensitivity | specificity | benchmark | control group",
    "procurement": "DTAC | procure | buy | contract | supplier | vendor | tender | fund | business case | licen",
    "ambient-scribing": "scribe | ambient | dictation | AVT | transcri | summaris | discharge summar",
    "information-governance": "DPIA | GDPR | Caldicott | data protection | consent | confidential | retention | audio"
    " | opt out | subject access | privacy",
    "bias-equality": "bias | equal | equit | fair | accent | ethnic | language | learning disabilit | exclusion",
    "human-oversight": "human in the loop | liab | accountab | responsib | sign off | signs off | automation bias"
    " | override | second reader",
    "monitoring": "drift | monitor | incident | LFPSE | post-market | near miss | switch off | rollback",
    "workforce": "job | workforce | secretar | rota | rostering | union | burnout | wellbeing | deskill",
    "literacy": "train | literacy | skill | teach | prompting | educat | shadow AI",
    "trust-transparency": "transparen | tell patients | tell a patient | patient trust | explain | publish | candour",
    "mental-health": "mental health | chatbot | suicid | crisis | therap | psychiat | safeguard",
    "legacy-systems": "legacy | EPR | integrat | interoperab | FHIR | HL7 | cyber | write back | DSPT | Epic",
    "leadership": "board | governance | strateg | chief executive | leader | 10 Year | policy",
}
RULED_THEMES = frozenset(_RULES)
"""The slugs of the themes that have a rule; one that an organiser adds has none until somebody writes it here."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme by its slug, and the words of the question that led to it, in their order, each once."""

    slug: str
    words: tuple[str, ...]


def suggest_themes(text: str) -> tuple[Suggestion, ...]:
    """The themes a question seems to be about: the one with the most words first, then in the order of the list."""
    found = [Suggestion(slug, words) for slug, pattern in _patterns().items() if (words := _words(pattern, text))]
    return tuple(sorted(found, key=lambda one: -len(one.words)))


def _words(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    once: dict[str, str] = {}
    for match in pattern.finditer(text):
        once.setdefault(match[0].casefold(), match[0])
    return tuple(once.values())[:MOST_WORDS]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {slug: re.compile("|".join(map(_pattern, starts.split(" | ")))) for slug, starts in _RULES.items()}


def _pattern(start: str) -> str:
    # An abbreviation is one in capitals alone: NICE is not "nice", and nobody writes an EPR in small letters by chance.
    words = re.escape(start).replace(r"\ ", r"\s+")
    return rf"(?i:\b{words}\w*)" if start == start.lower() else rf"\b{words}\b"
