"""The machine of states: README's picture is drawn by it, and every way through it is one of its arrows."""

import re

from hypothesis import given
from hypothesis import strategies as st

from eventsite.questions.states import PUBLIC, Deed, QuestionState, after, before, can, picture
from tests.guards.source import ROOT

ARROW = re.compile(r"    (?P<start>\S+) --> (?P<end>\S+): (?P<deed>.+)")
DEEDS = st.lists(st.sampled_from(Deed), max_size=12)


def arrows() -> set[tuple[str, str, str]]:
    return {
        (arrow["start"], arrow["deed"], arrow["end"]) for arrow in map(ARROW.fullmatch, picture().splitlines()) if arrow
    }


def test_readme_shows_the_machine_as_it_is() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.search(r"<!-- questions -->\n```mermaid\n(.*?)\n```\n<!-- /questions -->", readme, re.DOTALL)
    assert shown is not None
    assert shown[1] == picture()


@given(st.sampled_from([QuestionState.PENDING, QuestionState.HELD]), DEEDS)
def test_any_order_of_deeds_walks_along_the_arrows(state: QuestionState, deeds: list[Deed]) -> None:
    drawn = arrows()
    for deed in deeds:
        if can(deed, state):
            assert (state, deed, after(deed)) in drawn
            state = after(deed)
        else:
            assert not any((start, named) == (state, deed) for start, named, _ in drawn)


def test_every_state_is_reached_and_whoever_asked_can_always_take_it_back() -> None:
    reached = {QuestionState.PENDING, QuestionState.HELD}
    for _ in QuestionState:
        reached |= {after(deed) for deed in Deed for state in reached if can(deed, state)}
    assert reached == set(QuestionState)
    assert {*before(Deed.WITHDRAW)} == set(QuestionState) - {QuestionState.WITHDRAWN}


def test_what_is_held_becomes_public_by_its_release_alone() -> None:
    held = QuestionState.HELD
    ways = {deed: after(deed) for deed in Deed if can(deed, held)}
    assert ways == {
        Deed.RELEASE: QuestionState.APPROVED,
        Deed.REJECT: QuestionState.REJECTED,
        Deed.WITHDRAW: QuestionState.WITHDRAWN,
    }
    assert held not in PUBLIC
