"""The form of interest and the person's own link: what each brings back, and what it costs."""

from dataclasses import dataclass

import pytest

from eventsite.database import execute, recorded_statements
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.states import Deed, InterestState, can
from eventsite.people.services import PersonDraft
from tests.interest.box_office import BoxOffice

STATES = [state for state in InterestState if state is not InterestState.INTERESTED]


@dataclass
class Form:
    """What somebody sends, by the form or by their own page."""

    office: BoxOffice

    async def send(self, name: str, *, by_link: bool = False) -> None:
        """Registers them for the event, as if all else were new too."""
        address = self.office.address(name)
        draft = InterestDraft(PersonDraft(address, address, "Somebody"), [self.office.event], updates=False)
        deed = self.office.deed()
        await register_interest(draft, stationery=deed["stationery"], now=deed["now"], by_link=by_link)


@pytest.mark.parametrize("state", STATES)
async def test_an_anonymous_form_brings_back_only_what_was_withdrawn(office: BoxOffice, state: InterestState) -> None:
    """Anybody can type anybody's address: nobody loses their place, or a decision of theirs, by it."""
    await office.person("ann", state)
    await Form(office).send("ann")
    comes_back = state is InterestState.WITHDRAWN
    assert await office.state("ann") == ("interested" if comes_back else state)
    assert await office.kinds("ann") == ["received" if comes_back else "known"]


@pytest.mark.parametrize("state", STATES)
async def test_the_persons_own_link_brings_back_all_that_can_be(office: BoxOffice, state: InterestState) -> None:
    await office.person("ann", state)
    await Form(office).send("ann", by_link=True)
    assert await office.state("ann") == ("interested" if can(Deed.REGISTER, state) else state)


@pytest.mark.parametrize(("by_link", "cause"), [(False, "visitor"), (True, "system")])
async def test_only_a_form_counts_among_the_three_letters_a_day(office: BoxOffice, by_link: bool, cause: str) -> None:
    await office.person("ann", InterestState.WITHDRAWN)
    await Form(office).send("ann", by_link=by_link)
    assert [row["cause"] for row in await execute("SELECT cause FROM outbox_letter")] == [cause]


async def test_the_form_costs_five_statements(office: BoxOffice) -> None:
    """The event, the person, the interest, the ledger and the letter; places have added none."""
    with recorded_statements() as statements:
        await Form(office).send("ann")
    assert len([sql for sql in statements if not sql.lstrip().startswith(("BEGIN", "COMMIT"))]) == 5


async def test_an_interest_that_comes_back_keeps_its_place_in_the_order_of_registering(office: BoxOffice) -> None:
    await office.people("ann", "bea", "cem")
    await office.withdraw("ann")
    await Form(office).send("ann")
    await office.change_event(capacity=1)
    await office.offer("bea", "ann")
    assert await office.states() == {"ann": "offered", "bea": "waitlisted", "cem": "interested"}
