"""An answer by calendar does what the button on the page does; one that has been overtaken does nothing."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from eventsite import ledger
from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.place_services import OfferRanOut, decline_place, offer_places
from eventsite.interest.reply_services import NeverSent, StaleReply, take_reply
from eventsite.ledger.tables import LedgerEntry
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery
from tests.answering import Invitation, invitation_of, seat_of, standing
from tests.conftest import StandingClock
from tests.factories import make_event, make_session
from tests.interest.people import Cast, all_delivered, calendar_of, letters_to


class Replies:
    """Ann with a place and a seat, Ben on the waiting list, and what Ann's calendar answers."""

    def __init__(self, cast: Cast, event: Event, panel: ProgrammeSession, ann: KnownPerson, clock: StandingClock):
        self.cast, self.event, self.panel, self.ann, self.clock = cast, event, panel, ann, clock

    async def invite(self, to: Event | ProgrammeSession | None = None) -> Invitation:
        return await invitation_of(self.ann, to or self.event)

    async def take(
        self,
        partstat: str,
        *,
        to: Event | ProgrammeSession | None = None,
        sequence: int | None = None,
        after: float = 60,
    ) -> None:
        """Answers the newest invite, or one of another sequence, so many seconds after the test began."""
        row = (await self.invite(to)).row
        await take_reply(
            row["id"],
            partstat,
            row["sequence"] if sequence is None else sequence,
            self.cast.now + timedelta(seconds=after),
            stationery=self.cast.stationery,
            now=self.clock(),
        )

    async def answered(self, to: Event | ProgrammeSession | None = None) -> tuple[str, int, Any]:
        row = (await self.invite(to)).row
        after = (row["replied_at"] - self.cast.now).total_seconds() if row["replied_at"] else None
        return row["partstat"], row["replied_sequence"], after


@pytest_asyncio.fixture(loop_scope="session")
async def replies(database: None, stationery: Stationery, clock: StandingClock) -> Replies:
    cast = Cast(stationery, clock())
    event = await make_event(capacity=1)
    panel = await make_session(event, capacity=1)
    ann = await cast.accepted(event, "Ann Archer")
    await cast.seat(ann, panel)
    clock.move(days=1)
    return Replies(cast, event, panel, ann, clock)


async def test_r4_16_a_no_frees_the_place_and_the_next_is_offered_it(replies: Replies) -> None:
    ben = await replies.cast.interested(replies.event, "Ben Baker")
    await replies.cast.offer(replies.event, ben)
    assert await standing(ben, replies.event) == "waitlisted"

    await replies.take("DECLINED")

    assert (await standing(replies.ann, replies.event), await standing(ben, replies.event)) == ("declined", "offered")
    assert await replies.answered() == ("DECLINED", 1, 60)
    deeds = await LedgerEntry.select(LedgerEntry.deed, LedgerEntry.actor).where(
        LedgerEntry.deed.is_in(["place.declined", "invite.answered"])
    )
    assert {(row["deed"], row["actor"]) for row in deeds} == {
        ("place.declined", ledger.VISITOR),
        ("invite.answered", ledger.VISITOR),
    }


async def test_r4_16_a_no_takes_the_entry_out_as_the_page_does(replies: Replies) -> None:
    await all_delivered()
    await replies.take("DECLINED")
    (letter,) = await letters_to(replies.ann, "interest/place_given_up")
    assert calendar_of(letter)["METHOD"] == "CANCEL"
    row = (await replies.invite()).row
    assert (row["method"], row["sequence"]) == ("CANCEL", 2)


@pytest.mark.parametrize("partstat", ["TENTATIVE", "DELEGATED", "ACCEPTED"])
async def test_r4_16_any_other_answer_is_written_down_and_the_place_stays(replies: Replies, partstat: str) -> None:
    letters = len(await letters_to(replies.ann))
    await replies.take(partstat)
    assert await replies.answered() == (partstat, 1, 60)
    assert await standing(replies.ann, replies.event) == "accepted"
    assert len(await letters_to(replies.ann)) == letters


async def test_r4_16_a_yes_takes_up_an_offer_that_stands(replies: Replies) -> None:
    # Back with an offer after all, while the old entry is still in the calendar.
    await execute("UPDATE interest SET state = 'offered', offered_until = {}", replies.clock() + timedelta(days=2))
    await replies.take("ACCEPTED")
    assert await standing(replies.ann, replies.event) == "accepted"
    assert len(await letters_to(replies.ann, "interest/place_confirmed")) >= 1


async def test_a_yes_to_an_offer_that_ran_out_is_refused_in_words_and_not_written_down(replies: Replies) -> None:
    await execute("UPDATE interest SET state = 'offered', offered_until = {}", replies.clock() - timedelta(minutes=1))
    with pytest.raises(OfferRanOut):
        await replies.take("ACCEPTED")
    assert (await replies.answered())[0] == "NEEDS-ACTION"


async def test_a_no_to_a_session_gives_the_seat_up_and_nothing_else(replies: Replies) -> None:
    await replies.take("DECLINED", to=replies.panel)
    assert await seat_of(replies.ann, replies.panel) == "given_up"
    assert await standing(replies.ann, replies.event) == "accepted"


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DELEGATED"])
async def test_any_other_answer_to_a_session_leaves_the_seat(replies: Replies, partstat: str) -> None:
    await replies.take(partstat, to=replies.panel)
    assert await seat_of(replies.ann, replies.panel) == "taken"
    assert (await replies.answered(replies.panel))[0] == partstat


async def test_r4_16_an_answer_to_an_older_invite_is_ignored(replies: Replies) -> None:
    with pytest.raises(StaleReply):
        await replies.take("DECLINED", sequence=0)
    assert await standing(replies.ann, replies.event) == "accepted"


async def test_r4_16_an_answer_to_an_invite_that_was_never_sent_is_refused(replies: Replies) -> None:
    with pytest.raises(NeverSent):
        await replies.take("DECLINED", sequence=2)
    assert await standing(replies.ann, replies.event) == "accepted"


async def test_r4_16_of_two_answers_to_one_invite_the_newer_wins_whichever_comes_first(replies: Replies) -> None:
    await replies.take("TENTATIVE", after=120)
    with pytest.raises(StaleReply):
        await replies.take("DECLINED", after=60)
    assert await standing(replies.ann, replies.event) == "accepted"
    await replies.take("DECLINED", after=180)
    assert await standing(replies.ann, replies.event) == "declined"


async def test_r4_16_the_same_answer_again_changes_nothing(replies: Replies) -> None:
    await replies.take("TENTATIVE")
    with pytest.raises(StaleReply):
        await replies.take("TENTATIVE")
    assert await LedgerEntry.count().where(LedgerEntry.deed == "invite.answered") == 1


async def test_two_answers_in_one_second_count_in_the_order_of_their_coming(replies: Replies) -> None:
    await replies.take("TENTATIVE")
    await replies.take("ACCEPTED")
    assert (await replies.answered())[0] == "ACCEPTED"


async def test_r4_16_after_a_cancellation_nothing_is_answered_any_more(replies: Replies) -> None:
    await decline_place(
        *(replies.ann.id, replies.event.id),
        actor=ledger.VISITOR,
        stationery=replies.cast.stationery,
        now=replies.clock(),
    )
    for sequence in (1, 2):
        with pytest.raises(StaleReply):
            await replies.take("ACCEPTED", sequence=sequence)
    assert await standing(replies.ann, replies.event) == "declined"


async def test_an_answer_from_the_future_does_not_outdo_the_next(replies: Replies) -> None:
    await replies.take("TENTATIVE", after=10**8)
    replies.clock.move(hours=1)
    await replies.take("DECLINED", after=25 * 3600)
    assert await standing(replies.ann, replies.event) == "declined"


async def test_an_answer_without_a_moment_was_given_now(replies: Replies) -> None:
    row = (await replies.invite()).row
    given: dict[str, Any] = {"stationery": replies.cast.stationery, "now": replies.clock()}
    await take_reply(row["id"], "TENTATIVE", row["sequence"], None, **given)
    assert await replies.answered() == ("TENTATIVE", 1, 24 * 3600)


async def test_an_invite_that_is_gone_is_not_found(replies: Replies, stationery: Stationery) -> None:
    with pytest.raises(NotFound):
        await take_reply("0" * 16, "ACCEPTED", 0, None, stationery=stationery, now=replies.clock())


async def test_an_answer_and_the_button_at_once_are_one_after_the_other(replies: Replies) -> None:
    """Neither deadlock nor two letters: the second finds the place given up."""
    given: dict[str, Any] = {"stationery": replies.cast.stationery, "now": replies.clock()}
    pressed = decline_place(replies.ann.id, replies.event.id, actor=ledger.VISITOR, **given)
    done = await asyncio.gather(replies.take("DECLINED"), pressed, replies.take("DECLINED"), return_exceptions=True)
    assert [fault for fault in done if fault is not None and not isinstance(fault, StaleReply)] == []
    assert await standing(replies.ann, replies.event) == "declined"
    assert len(await letters_to(replies.ann, "interest/place_given_up")) == 1


async def test_r4_16_the_same_answer_twice_at_once_is_taken_once(replies: Replies) -> None:
    done = await asyncio.gather(*(replies.take("TENTATIVE") for _ in range(5)), return_exceptions=True)
    assert [type(fault) for fault in done if fault is not None] == [StaleReply] * 4
    assert await LedgerEntry.count().where(LedgerEntry.deed == "invite.answered") == 1


async def test_the_place_that_an_answer_frees_goes_to_one_person_only(replies: Replies) -> None:
    waiting = [await replies.cast.interested(replies.event, f"Person{number} X") for number in range(3)]
    ids = [row["id"] for row in await _interests(replies.event)]
    until = replies.clock() + timedelta(days=3)
    await offer_places(
        replies.event, ids, until=until, actor="olive", stationery=replies.cast.stationery, now=replies.clock()
    )
    await replies.take("DECLINED")
    assert sorted([await standing(person, replies.event) for person in waiting]) == [
        "offered",
        "waitlisted",
        "waitlisted",
    ]


async def _interests(event: Event) -> list[dict[str, Any]]:
    return await execute("SELECT id FROM interest WHERE event = {}", event.id)
