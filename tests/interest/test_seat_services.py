"""Seats: exactly as many as there are, the next in line gets what comes free, and calendars are told."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from eventsite import ledger
from eventsite.errors import NotFound
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.place_services import cancel_places, decline_place
from eventsite.interest.seat_services import (
    NeedsInterest,
    NeedsPlace,
    SessionFull,
    SessionOver,
    add_session,
    give_up_seat,
    join_session_list,
    pass_on_seats,
    switch_session_mail,
)
from eventsite.interest.states import ACTIVE
from eventsite.interest.tables import Interest, InterestState, Invite, Seat
from eventsite.ledger.tables import LedgerEntry
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Person
from eventsite.self_service.erasure import erase
from eventsite.stationery import Stationery
from tests.conftest import SECRET
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
    with pytest.raises(SessionFull, match=r"“How do we deploy AI safely\?” is full. You can join its waiting list."):
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


# Who may, and when


@pytest.mark.parametrize("state", [InterestState.INTERESTED, InterestState.OFFERED, InterestState.WAITLISTED])
async def test_seats_that_are_counted_need_a_place(hall: Hall, state: InterestState) -> None:
    ann = await hall.person("ann", state)
    for deed in (hall.add, hall.wait):
        with pytest.raises(NeedsPlace, match="They go to people with a place"):
            await deed(ann)
    hall.panel.capacity = None
    await hall.panel.save()
    await hall.add(ann)
    assert await seats() == {"Ann": "taken"}


@pytest.mark.parametrize("state", [one for one in InterestState if one not in ACTIVE])
async def test_whoever_does_not_come_adds_nothing(hall: Hall, state: InterestState) -> None:
    hall.panel.capacity = None
    await hall.panel.save()
    with pytest.raises(NeedsInterest, match="Register interest in HPN Midlands first"):
        await hall.add(await hall.person("ann", state))
    assert await seats() == {}


async def test_a_session_that_is_over_or_cancelled_cannot_be_added(hall: Hall) -> None:
    ann = await hall.person("ann")
    hall.panel.state = "cancelled"
    await hall.panel.save()
    with pytest.raises(SessionOver, match=r"“How do we deploy AI safely\?” has been cancelled"):
        await hall.add(ann)
    hall.panel.state = "scheduled"
    await hall.panel.save()
    hall.now = hall.panel.ends_at
    with pytest.raises(SessionOver, match="is over"):
        await hall.add(ann)
    assert await seats() == {}


async def test_nobody_we_know_adds_nothing(hall: Hall) -> None:
    with pytest.raises(NotFound):
        await hall.add("0" * 16)
    gone = ProgrammeSession(**hall.panel.to_dict() | {"id": "0" * 16})
    with pytest.raises(NotFound):
        await add_session(await hall.person("ann"), gone, wants_mail=False, **hall.deed())


# The waiting list


async def test_a_free_seat_belongs_to_those_who_wait_for_it(hall: Hall) -> None:
    """The room was enlarged a moment ago, and the job has not come round."""
    ann, bea, cleo = [await hall.person(name) for name in ("ann", "bea", "cleo")]
    await hall.add(ann)
    await hall.wait(bea)
    hall.panel.capacity = 2
    await hall.panel.save()
    with pytest.raises(SessionFull):
        await hall.add(cleo)
    await hall.add(bea)
    assert await seats() == {"Ann": "taken", "Bea": "taken"}


@pytest.mark.parametrize(("capacity", "passed_on"), [(2, 1), (3, 2), (None, 3)])
async def test_the_job_gives_new_seats_to_those_who_wait_in_their_order(
    hall: Hall, capacity: int | None, passed_on: int
) -> None:
    ann, *others = [await hall.person(name) for name in ("ann", "bea", "cleo", "dora")]
    await hall.add(ann)
    for other in others:
        await hall.wait(other)
    assert await hall.pass_on() == 0
    hall.panel.capacity = capacity
    await hall.panel.save()

    assert await hall.pass_on() == passed_on
    assert await hall.pass_on() == 0

    assert [state for _, state in sorted((await seats()).items())].count("taken") == 1 + passed_on
    assert await letters() == [("seat_passed_on", name) for name in ("bea", "cleo", "dora")[:passed_on]]


async def test_nothing_passes_on_once_it_is_over_or_cancelled(hall: Hall) -> None:
    ann, bea = await hall.person("ann"), await hall.person("bea")
    await hall.add(ann)
    await hall.wait(bea)
    hall.now = hall.panel.ends_at
    await hall.give_up(ann)
    assert await hall.pass_on() == 0
    assert (await seats())["Bea"] == "waitlisted"


async def test_joining_a_list_while_a_seat_is_free_is_having_the_seat(hall: Hall) -> None:
    await hall.wait(await hall.person("ann"), wants_mail=True)
    assert await seats() == {"Ann": "taken"}
    assert await letters() == [("seat_passed_on", "ann")]


async def test_waiting_twice_keeps_ones_turn(hall: Hall) -> None:
    ann, bea, cleo = [await hall.person(name) for name in ("ann", "bea", "cleo")]
    await hall.add(ann)
    for person in (bea, cleo, bea, ann):
        await hall.wait(person)
    await hall.give_up(ann)
    assert await seats() == {"Ann": "given_up", "Bea": "taken", "Cleo": "waitlisted"}


async def test_leaving_the_list_gives_up_ones_turn(hall: Hall) -> None:
    ann, bea, cleo = [await hall.person(name) for name in ("ann", "bea", "cleo")]
    await hall.add(ann)
    await hall.wait(bea)
    await hall.wait(cleo)
    assert await hall.give_up(bea)
    await hall.wait(bea)
    await hall.give_up(ann)
    assert await seats() == {"Ann": "given_up", "Bea": "waitlisted", "Cleo": "taken"}


async def test_giving_up_what_one_has_not_is_no_fault(hall: Hall) -> None:
    ann = await hall.person("ann")
    assert not await hall.give_up(ann)
    await hall.add(ann)
    assert [await hall.give_up(ann), await hall.give_up(ann)] == [True, False]


async def test_who_is_erased_is_passed_over_and_their_seat_passes_on(hall: Hall) -> None:
    ann, bea, cleo = [await hall.person(name) for name in ("ann", "bea", "cleo")]
    await hall.add(ann)
    await hall.wait(bea)
    await hall.wait(cleo)
    for name in ("ann", "bea"):
        await erase(f"{name}@trust.example", secret=SECRET, actor=ledger.OPERATOR, now=hall.now)
    assert await hall.pass_on() == 1
    assert await seats() == {"Cleo": "taken"}


async def test_erasing_somebody_while_seats_change_hands_breaks_neither(hall: Hall) -> None:
    people = [await hall.person(f"p{number}") for number in range(8)]
    await hall.add(people[0])
    for person in people[1:]:
        await hall.wait(person, wants_mail=True)
    erasing = [erase(f"p{n}@trust.example", secret=SECRET, actor=ledger.OPERATOR, now=hall.now) for n in range(1, 7)]
    await asyncio.gather(hall.give_up(people[0]), *erasing)
    await hall.pass_on()
    assert list((await seats()).values()).count("taken") == 1


# Invites by email


async def test_mail_can_be_switched_on_and_off_and_the_seat_stays(hall: Hall) -> None:
    ann = await hall.person("ann")
    await hall.add(ann)
    await hall.switch_mail(ann, wanted=True)
    await sent()
    assert await methods() == ["REQUEST"]
    await hall.switch_mail(ann, wanted=True)
    await hall.switch_mail(ann, wanted=False)
    await sent()
    assert await methods() == ["CANCEL"]
    await hall.switch_mail(ann, wanted=False)
    assert await letters() == [("seat_taken", "ann"), ("seat_mail_stopped", "ann")]
    assert await seats() == {"Ann": "taken"}
    await hall.switch_mail(ann, wanted=True)
    assert await methods() == ["REQUEST"]


async def test_mail_for_a_seat_one_waits_for_comes_with_the_seat(hall: Hall) -> None:
    ann, bea = await hall.person("ann"), await hall.person("bea")
    await hall.add(ann)
    await hall.wait(bea)
    await hall.switch_mail(bea, wanted=True)
    assert await letters() == []
    await hall.give_up(ann)
    assert await methods() == ["REQUEST"]


async def test_mail_about_what_one_has_not_added_is_not_found(hall: Hall) -> None:
    ann = await hall.person("ann")
    with pytest.raises(NotFound):
        await hall.switch_mail(ann, wanted=True)


async def test_a_seat_added_again_after_it_was_given_up_comes_back_into_the_calendar(hall: Hall) -> None:
    ann = await hall.person("ann")
    sequences = []
    for deed in (hall.add(ann, wants_mail=True), hall.give_up(ann), hall.add(ann, wants_mail=True)):
        await deed
        await sent()
        sequences += await Invite.select(Invite.sequence).output(as_list=True)
    assert sequences == [0, 1, 2]
    assert await methods() == ["REQUEST"]


async def test_r4_1_nobody_is_sent_an_invite_unasked(hall: Hall) -> None:
    ann = await hall.person("ann")
    await hall.add(ann)
    await hall.give_up(ann)
    assert await letters() == []
    assert await Invite.count() == 0


# Losing a place


async def test_who_loses_their_place_loses_every_seat_and_each_passes_on(hall: Hall) -> None:
    ann, bea = await hall.person("ann"), await hall.person("bea")
    other = await make_session(hall.event, title="A wider hall")
    await hall.add(ann, wants_mail=True)
    await add_session(ann, other, wants_mail=False, **hall.deed())
    await hall.wait(bea)
    await sent()

    await decline_place(ann, hall.event.id, **hall.deed())

    assert await Seat.count().where((Seat.person == ann) & (Seat.state == "cancelled")) == 2
    assert (await seats())["Bea"] == "taken"
    assert [kind for kind, who in await letters() if who == "ann" and kind.startswith("seat")] == [
        "seat_taken",
        "seat_lost",
    ]
    assert await methods() == ["CANCEL"]


async def test_every_deed_is_in_the_ledger(hall: Hall) -> None:
    ann, bea = await hall.person("ann"), await hall.person("bea")
    await hall.add(ann)
    await hall.wait(bea)
    await hall.give_up(ann)
    entries = await LedgerEntry.select(LedgerEntry.deed, LedgerEntry.actor, LedgerEntry.subject)
    assert sorted((row["deed"], row["actor"], row["subject"]) for row in entries) == [
        ("seat.given_up", "visitor", "seat"),
        ("seat.passed_on", "system", "seat"),
        ("seat.taken", "visitor", "seat"),
        ("seat.waitlisted", "visitor", "seat"),
    ]


async def test_what_an_organiser_causes_is_theirs(hall: Hall) -> None:
    ann = await hall.person("ann")
    await hall.add(ann, wants_mail=True)
    await sent()
    (interest,) = await Interest.objects()
    by_olive = hall.deed() | {"actor": "olive00000000000"}
    await cancel_places(hall.event, [interest.id], **by_olive)
    causes = await OutboxLetter.select(OutboxLetter.kind, OutboxLetter.cause).order_by(OutboxLetter.id)
    assert {row["kind"]: row["cause"] for row in causes}["interest/seat_lost"] == "organiser"


async def sent() -> None:
    """The worker has been round: every letter has gone out."""
    await OutboxLetter.update({OutboxLetter.state: "sent", OutboxLetter.attempts: 1}, force=True)


async def methods() -> list[str]:
    """What calendars were last told."""
    return await Invite.select(Invite.method).output(as_list=True)
