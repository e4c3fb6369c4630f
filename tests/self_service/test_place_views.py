"""Ann's place on her own page: what it says at each stage, what the buttons do, and what is said when they cannot."""

from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest

from eventsite.database import execute
from eventsite.events.tables import Event, EventState, ProgrammeSession
from eventsite.interest.place_services import cancel_places, offer_places
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.tables import Interest, Invite
from eventsite.mail.tables import OutboxLetter
from eventsite.people.services import PersonDraft
from eventsite.people.tables import Person
from eventsite.self_service.rules import DONE
from eventsite.stationery import Stationery
from tests.conftest import SECRET, StandingClock
from tests.self_service.factories import make_invite, make_seat
from tests.self_service.test_views import path_of


class Ann:
    """Somebody with a browser on their own page."""

    def __init__(self, client: httpx2.AsyncClient, person: Person) -> None:
        self.client, self.person = client, person
        self.path = path_of(person)

    async def page(self) -> str:
        return (await self.client.get(self.path)).text

    async def press(self, deed: str) -> httpx2.Response:
        return await self.client.post(f"{self.path}/interests/hpn-midlands/{deed}")

    async def reads_after(self, deed: str) -> str:
        """What the page says that a deed leads to."""
        answer = await self.press(deed)
        assert answer.status_code == 303, answer.text
        return (await self.client.get(answer.headers["location"])).text


@pytest.fixture
async def desk(event: Event, stationery: Stationery, clock: StandingClock) -> Any:
    """Olive's deeds, by the services that her desk uses."""

    class Desk:
        async def register(self, who: str) -> Person:
            draft = PersonDraft(f"{who}@trust.example", f"{who}@trust.example", who.title())
            form = InterestDraft(draft, [event], updates=False)
            await register_interest(form, stationery=stationery, now=clock.move(minutes=1))
            person = await Person.objects().get(Person.email == draft.email)
            assert person is not None
            return person

        async def ids(self) -> list[str]:
            return [row["id"] for row in await execute("SELECT id FROM interest ORDER BY registered_at, id")]

        async def offer(self) -> None:
            until = clock() + timedelta(days=2)
            deed: dict[str, Any] = {"actor": "olive", "stationery": stationery, "now": clock()}
            await offer_places(event, await self.ids(), until=until, **deed)

        async def cancel(self) -> None:
            deed: dict[str, Any] = {"actor": "olive", "stationery": stationery, "now": clock()}
            await cancel_places(event, await self.ids(), **deed)

    return Desk()


@pytest.fixture
async def ann(client: httpx2.AsyncClient, desk: Any) -> Ann:
    return Ann(client, await desk.register("ann"))


async def state() -> str:
    rows = await execute("SELECT i.state FROM interest i JOIN person p ON p.id = i.person WHERE p.name = 'Ann'")
    return str(rows[0]["state"])


async def test_interest_is_not_a_place_yet(ann: Ann) -> None:
    said = await ann.page()
    assert "This is not a place yet" in said
    assert "Withdraw from HPN Midlands" in said
    assert "acceptance" not in said


async def test_an_offer_says_until_when_and_has_both_buttons(ann: Ann, desk: Any) -> None:
    await desk.offer()
    said = await ann.page()
    assert "A place is kept for you until 12:01pm on Friday 12 March 2027 (UK time)." in said
    for label in ("Accept", "Decline"):
        assert f'>{label}<span class="hidden"> your place at HPN Midlands</span></button>' in said


async def test_accepting_takes_one_button_and_can_be_done_twice(ann: Ann, desk: Any) -> None:
    await desk.offer()
    for _ in range(2):
        said = await ann.reads_after("acceptance")
    assert DONE["accepted"] in said
    assert "You have a place." in said
    assert f'href="{ann.path}/events/hpn-midlands"' in said
    assert await Invite.count() == 1


async def test_declining_takes_one_button_and_can_be_done_twice(ann: Ann, desk: Any) -> None:
    await desk.offer()
    for _ in range(2):
        said = await ann.reads_after("declining")
    assert DONE["declined"] in said
    assert "You gave your place back on 10 March 2027" in said
    assert "Join the waiting list" in said


async def test_a_place_can_be_given_up(ann: Ann, desk: Any, session: ProgrammeSession, now: datetime) -> None:
    await desk.offer()
    await ann.press("acceptance")
    await make_seat(ann.person, session, now=now)
    assert f"<li>{session.title}: 26 June 2027, 9:30am to 10:45am</li>" in await ann.page()
    assert 'Give up my place<span class="hidden"> at HPN Midlands</span>' in await ann.page()
    said = await ann.reads_after("declining")
    assert "You gave your place back" in said
    assert f"<li>{session.title}" not in said


async def test_the_page_says_where_on_the_waiting_list_somebody_is(ann: Ann, desk: Any, now: datetime) -> None:
    await desk.register("bea")
    await desk.register("cleo")
    await Event.update({Event.capacity: 1}, force=True)
    await desk.offer()
    await execute("UPDATE interest SET state = 'waitlisted', waitlisted_at = registered_at")
    cleo_first = "UPDATE interest SET waitlisted_at = {} WHERE person = (SELECT id FROM person WHERE name = 'Cleo')"
    await execute(cleo_first, now - timedelta(days=1))
    said = await ann.page()
    assert "All places are given away. You are number 2 on the waiting list." in said
    assert "Leave the waiting list for HPN Midlands" in said


async def test_whoever_declined_can_wait_and_gets_a_free_place_at_once(ann: Ann, desk: Any) -> None:
    await desk.offer()
    await ann.press("declining")
    said = await ann.reads_after("waiting")
    assert DONE["offered"] in said
    assert await state() == "offered"


async def test_whoever_was_too_late_can_wait_while_all_places_are_taken(
    ann: Ann, desk: Any, clock: StandingClock
) -> None:
    await Event.update({Event.capacity: 1}, force=True)
    await desk.offer()
    clock.move(days=2)
    await desk.register("bea")
    too_late = await ann.press("acceptance")
    assert too_late.status_code == 422
    assert "This offer ran out at 12:01pm on Friday 12 March 2027 (UK time). You can join the waiting list." in (
        too_late.text
    )
    assert too_late.text.count('role="alert"') == 1
    assert "<title>Error: Your own page" in too_late.text
    await execute("UPDATE interest SET state = 'expired' WHERE state = 'offered'")
    await desk.offer()
    assert await state() == "offered"


async def test_interest_that_ran_out_can_be_registered_again(ann: Ann, desk: Any, clock: StandingClock) -> None:
    await execute("UPDATE interest SET state = 'expired', changed_at = {}", clock())
    said = await ann.page()
    assert "A place was kept for you until 10 March 2027, and we did not hear from you." in said
    clock.move(minutes=30)
    assert DONE["returned"] in await ann.reads_after("return")
    assert await state() == "interested"


async def test_a_place_that_organisers_cancelled_is_theirs_to_give_again(ann: Ann, desk: Any) -> None:
    await desk.cancel()
    said = await ann.page()
    assert "Your place was cancelled by the organisers on 10 March 2027" in said
    assert "<button" not in said.partition('id="interest-hpn-midlands"')[2].partition("</section>")[0]
    for deed, sentence in (("acceptance", "cancelled by the organisers"), ("return", "cancelled by the organisers")):
        answer = await ann.press(deed)
        assert (answer.status_code, sentence in answer.text) == (422, True), deed
    assert await state() == "cancelled"


@pytest.mark.parametrize("deed", ["acceptance", "declining", "waiting"])
async def test_what_cannot_be_done_is_said_on_the_page(ann: Ann, deed: str) -> None:
    answer = await ann.press(deed)
    alert = answer.text.partition('role="alert"')[2].partition("<h1>")[0]
    assert answer.status_code == 422
    assert "We have not offered you a place yet" in alert or "There is no waiting list yet" in alert
    assert await state() == "interested"


async def test_a_cancelled_event_says_so(ann: Ann) -> None:
    await Event.update({Event.state: EventState.CANCELLED}, force=True)
    assert "This event has been cancelled. You need do nothing." in await ann.page()


async def test_what_a_calendar_answered_is_shown(ann: Ann, desk: Any, event: Event, now: datetime) -> None:
    await desk.offer()
    await Interest.update({Interest.state: "accepted"}, force=True)
    await make_invite(ann.person, event, now=now, partstat="TENTATIVE")
    assert "Your calendar answered maybe." in await ann.page()
    await Invite.update({Invite.method: "CANCEL"}, force=True)
    assert "Your calendar answered" not in await ann.page()


async def test_the_link_in_the_offer_is_the_page_with_the_buttons(ann: Ann, desk: Any) -> None:
    await desk.offer()
    letter = await OutboxLetter.objects().get(OutboxLetter.kind == "interest/place_offered")
    assert letter is not None
    assert SECRET not in str(letter.content)
    assert ann.path.removeprefix("/my/")[:16].encode() in bytes(letter.content)
