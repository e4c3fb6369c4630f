"""Seats: exactly as many as there are, the next in line gets what comes free, and calendars are told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from eventsite import ledger
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.seat_services import (
    SessionFull,
    add_session,
    give_up_seat,
    join_session_list,
    pass_on_seats,
    switch_session_mail,
)
from eventsite.interest.tables import Interest, InterestState, Invite, Seat
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Person
from eventsite.stationery import Stationery
from tests.factories import make_event, make_session


class Hall:
    """An event with one panel of few seats, and people with a place at it, who act as a browser would have them."""

    def __init__(self, event: Event, panel: ProgrammeSession, stationery: Stationery, now: datetime) -> None:
        self.event, self.panel, self.stationery, self.now = event, panel, stationery, now

    async def person(self, name: str, state: InterestState = InterestState.ACCEPTED) -> str:
        email = f"{name}@trust.example"
        person = Person(email=email, email_key=email, name=name.title(), created_at=self.now, updated_at=self.now)
        await person.save()
        values: dict[str, Any] = {"registered_at": self.now, "changed_at": self.now}
        await Interest(person=person.id, event=self.event.id, state=state, **values).save()
        return str(person.id)

    def deed(self) -> dict[str, Any]:
        self.now += timedelta(minutes=1)
        return {"actor": ledger.VISITOR, "stationery": self.stationery, "now": self.now}

    async def add(self, person_id: str, *, wants_mail: bool = False) -> None:
        await add_session(person_id, self.panel, wants_mail=wants_mail, **self.deed())

    async def wait(self, person_id: str, *, wants_mail: bool = False) -> None:
        await join_session_list(person_id, self.panel, wants_mail=wants_mail, **self.deed())

    async def give_up(self, person_id: str) -> bool:
        return await give_up_seat(person_id, self.panel.id, **self.deed())

    async def switch_mail(self, person_id: str, *, wanted: bool) -> None:
        deed = self.deed()
        deed.pop("actor")
        await switch_session_mail(person_id, self.panel.id, wanted=wanted, **deed)

    async def pass_on(self) -> int:
        return await pass_on_seats(self.deed()["now"], stationery=self.stationery)


@pytest_asyncio.fixture(loop_scope="session")
async def hall(database: None, stationery: Stationery, now: datetime) -> Hall:
    event = await make_event()
    return Hall(event, await make_session(event, capacity=1), stationery, now)


async def seats() -> dict[str, str]:
    """The state of each seat, by the name of its person."""
    rows = await Seat.select(Seat.person.name.as_alias("name"), Seat.state)
    return {row["name"]: row["state"] for row in rows}


async def letters() -> list[tuple[str, str]]:
    """Kind and receiver of every letter that is not overtaken, in the order of writing."""
    rows = await OutboxLetter.select().where(OutboxLetter.state != "superseded").order_by(OutboxLetter.created_at)
    return [(row["kind"].removeprefix("interest/"), row["recipient"].partition("@")[0]) for row in rows]


async def test_the_last_seat_goes_to_the_first_and_the_next_is_told_in_words(hall: Hall) -> None:
    ann, mallory = await hall.person("ann"), await hall.person("mallory")
    await hall.add(ann)
    with pytest.raises(SessionFull, match="“How do we deploy AI safely\\?” is full. You can join its waiting list."):
        await hall.add(mallory)
    assert await seats() == {"Ann": "taken"}


async def test_adding_twice_is_no_fault(hall: Hall) -> None:
    ann = await hall.person("ann")
    await hall.add(ann, wants_mail=True)
    await hall.add(ann, wants_mail=True)
    assert await letters() == [("seat_taken", "ann")]


async def test_a_freed_seat_passes_to_the_next_by_itself(hall: Hall) -> None:
    ann, bea, cleo = [await hall.person(name) for name in ("ann", "bea", "cleo")]
    await hall.add(ann)
    await hall.wait(bea, wants_mail=True)
    await hall.wait(cleo)
    assert await seats() == {"Ann": "taken", "Bea": "waitlisted", "Cleo": "waitlisted"}

    await hall.give_up(ann)
    assert await seats() == {"Ann": "given_up", "Bea": "taken", "Cleo": "waitlisted"}
    await hall.give_up(bea)

    assert await seats() == {"Ann": "given_up", "Bea": "given_up", "Cleo": "taken"}
    assert await letters() == [("seat_waitlisted", "bea"), ("seat_given_up", "bea"), ("seat_passed_on", "cleo")]


async def test_who_wants_an_invite_gets_one_and_has_it_taken_back(hall: Hall) -> None:
    ann = await hall.person("ann")
    await hall.add(ann, wants_mail=True)
    invite = await Invite.objects().first()
    assert invite is not None
    assert (invite.method, invite.sequence, invite.session) == ("REQUEST", 0, hall.panel.id)
    await OutboxLetter.update({OutboxLetter.state: "sent", OutboxLetter.attempts: 1}, force=True)

    await hall.give_up(ann)

    await invite.refresh()
    assert (invite.method, invite.sequence) == ("CANCEL", 1)
    assert await letters() == [("seat_taken", "ann"), ("seat_given_up", "ann")]
