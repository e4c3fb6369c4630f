"""Words of a question point to themes, and the moderator sees which."""

import runpy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.questions.theme_rules import RULED_THEMES, Suggestion, suggest_themes
from tests.guards.source import ROOT


def slugs(text: str) -> list[str]:
    return [one.slug for one in suggest_themes(text)]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Who keeps the hazard log alive under DCB0129?", "clinical-safety"),
        ("Is a summarising tool a medical device?", "regulation"),
        ("What evidence does NICE want?", "evidence"),
        ("What should the contract say about model updates?", "procurement"),
        ("Do scribes understand Geordie?", "ambient-scribing"),
        ("Must we write a DPIA each time?", "information-governance"),
        ("How do you test for bias with 300 patients?", "bias-equality"),
        ("Is a human in the loop more than a slogan?", "human-oversight"),
        ("How do you notice drift?", "monitoring"),
        ("Will secretaries lose their jobs?", "workforce"),
        ("How do you train 2,000 nurses?", "literacy"),
        ("What do we tell patients?", "trust-transparency"),
        ("Should chatbots talk about suicide?", "mental-health"),
        ("How do you write back to the EPR?", "legacy-systems"),
        ("What should a board ask?", "leadership"),
    ],
)
def test_each_theme_is_found_by_its_words(text: str, slug: str) -> None:
    assert slug in slugs(text)


def test_the_words_that_led_to_it_come_along_as_they_were_written() -> None:
    (first, *_) = suggest_themes("Our scribe and its Ambient microphone: a scribe for all?")
    assert first == Suggestion("ambient-scribing", ("scribe", "Ambient"))


def test_the_theme_with_the_most_words_comes_first() -> None:
    assert slugs("Does the supplier's contract pay for training?")[:2] == ["procurement", "literacy"]


@pytest.mark.parametrize("text", ["", "Is it nice there?", "An epic day", "Where is the room?", "A classic"])
def test_words_that_only_look_alike_point_nowhere(text: str) -> None:
    assert slugs(text) == []


@given(st.text(max_size=500))
def test_whatever_is_typed_its_words_are_in_it(text: str) -> None:
    assert all(word in text for one in suggest_themes(text) for word in one.words)


def test_every_rule_leads_to_a_theme_that_the_migrations_bring() -> None:
    (migration,) = ROOT.glob("migrations/eventsite_2026_11_23t15_*.py")
    brought = {slug for slug, _ in runpy.run_path(str(migration))["THEMES"]}

    assert len(RULED_THEMES) > 10
    assert brought - RULED_THEMES == {"other"}
    assert brought >= RULED_THEMES
