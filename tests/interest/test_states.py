"""The machine of a place: what it allows is what README shows, and what the services write is what it says."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.interest.place_moves import ENTERED, MOVES
from eventsite.interest.place_rules import NO_OFFER
from eventsite.interest.services import BY_FORM, BY_LINK
from eventsite.interest.states import (
    ACTIVE,
    TAKES_A_PLACE,
    Deed,
    InterestState,
    after,
    before,
    can,
    picture,
)

README = Path(__file__).parents[2] / "README.md"
ARROW = re.compile(r"    (?P<start>\S+) --> (?P<end>\S+): (?P<deed>\S+)")
DEEDS = st.lists(st.sampled_from(Deed), max_size=30)


def arrows() -> set[tuple[str, str, str]]:
    """Every arrow of the picture: from, deed, to."""
    return {
        (arrow["start"], arrow["deed"], arrow["end"]) for arrow in map(ARROW.fullmatch, picture().splitlines()) if arrow
    }


def test_readme_shows_the_machine_as_it_is() -> None:
    shown = re.search(
        r"<!-- places -->\n```mermaid\n(.*?)\n```\n<!-- /places -->", README.read_text("utf-8"), re.DOTALL
    )
    assert shown is not None
    assert shown[1] == picture()


@given(DEEDS)
def test_any_order_of_deeds_walks_along_the_arrows(deeds: list[Deed]) -> None:
    state, drawn = InterestState.INTERESTED, arrows()
    for deed in deeds:
        if can(deed, state):
            assert (state, deed, after(deed)) in drawn
            state = after(deed)
        else:
            assert not any((start, named) == (state, deed) for start, named, _ in drawn)


def test_every_state_can_be_reached_and_none_is_a_trap() -> None:
    reached = {InterestState.INTERESTED}
    for _ in InterestState:
        reached |= {after(deed) for deed in Deed for state in reached if can(deed, state)}
    assert reached == set(InterestState)
    assert all(any(can(deed, state) for deed in Deed) for state in InterestState)


def test_a_place_is_taken_only_by_way_of_an_offer() -> None:
    assert before(Deed.ACCEPT) == (InterestState.OFFERED,)
    assert {deed for deed in Deed if after(deed) in TAKES_A_PLACE} == {Deed.OFFER, Deed.ACCEPT}


def test_whoever_is_active_can_withdraw_and_nobody_else() -> None:
    assert set(before(Deed.WITHDRAW)) == set(ACTIVE) == set(before(Deed.CANCEL))


@pytest.mark.parametrize("state", InterestState)
def test_a_refused_acceptance_has_a_sentence_in_every_state(state: InterestState) -> None:
    has_own = {InterestState.ACCEPTED, InterestState.EXPIRED}
    assert can(Deed.ACCEPT, state) or state in has_own or NO_OFFER[state].endswith(".")


@pytest.mark.parametrize("deed", ENTERED)
def test_the_services_move_rows_as_the_machine_says(deed: Deed) -> None:
    states, new = re.findall(r"state IN \((.+?)\)", MOVES[deed])[0], re.findall(r"SET state = '(\w+)'", MOVES[deed])
    assert set(re.findall(r"'(\w+)'", states)) == set(before(deed))
    assert new == [after(deed)]


def test_a_form_brings_back_less_than_the_persons_own_link() -> None:
    by_form, by_link = (set(re.findall(r"'(\w+)'", sql)) for sql in (BY_FORM, BY_LINK))
    assert by_form == {InterestState.WITHDRAWN} < by_link == set(before(Deed.REGISTER))
