"""Bounces and complaints come home: letters to an address stop, and nobody else can stop them."""

from typing import Any

import pytest
import pytest_asyncio

from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.mail.arrivals import bounces_of, get_inbound
from eventsite.mail.suppression import is_suppressed
from eventsite.mail.tables import InboundKind, InboundOutcome
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.services import KnownPerson, switch_updates
from eventsite.stationery import Stationery
from tests import incoming
from tests.answering import Inbox, invitation_of, standing
from tests.conftest import StandingClock
from tests.factories import make_event
from tests.interest.people import Cast, all_delivered

APPLIED, IGNORED, QUARANTINED = InboundOutcome.APPLIED, InboundOutcome.IGNORED, InboundOutcome.QUARANTINED


class Returns(Inbox):
    """Ann has a place, wants news, and has been sent letters."""

    ann: KnownPerson
    event: Event

    async def letter(self) -> dict[str, Any]:
        rows = await execute("SELECT * FROM outbox_letter WHERE recipient_key = {} ORDER BY id DESC", self.ann.email)
        return rows[0]

    async def bounce(self, **given: str) -> bytes:
        return incoming.bounce("postfix", (await self.letter())["sender"], about=self.ann.email, **given)


@pytest_asyncio.fixture(loop_scope="session")
async def returns(database: None, stationery: Stationery, clock: StandingClock) -> Returns:
    cast = Cast(stationery, clock())
    returns = Returns(stationery, clock.move(hours=1))
    returns.event = await make_event()
    returns.ann = await cast.accepted(returns.event, "Ann Archer")
    await switch_updates(returns.ann.id, wanted=True, source="test", now=clock())
    await all_delivered()
    return returns


async def test_r5_19_a_hard_bounce_stops_letters_and_shows_with_the_letter(returns: Returns) -> None:
    taken = await returns.take(await returns.bounce())
    assert (taken.kind, taken.outcome, taken.reason) == (InboundKind.BOUNCE, APPLIED, "")
    assert await is_suppressed(returns.ann.email)
    letter = await returns.letter()
    assert (letter["state"], letter["last_error"]) == ("dead", incoming.NO_SUCH_USER)


async def test_r5_19_the_same_bounce_twice_is_noted_once(returns: Returns) -> None:
    bounce = await returns.bounce(status="5.2.2", diagnosis="552 5.2.2 Full")
    await returns.take(bounce)
    await returns.take(bounce)
    assert len(await bounces_of(returns.ann.email)) == 1


async def test_r5_19_the_envelope_s_recipient_is_enough(returns: Returns) -> None:
    bounce = incoming.bounce("exim", "undisclosed", about="elsewhere@x.example")
    await returns.take(bounce, (await returns.letter())["sender"])
    assert await is_suppressed(returns.ann.email)


@pytest.mark.parametrize("to", ["events@events.example.org", "bounce@events.example.org", "mallory@evil.example"])
async def test_r5_19_a_forged_bounce_stops_nothing_and_is_put_aside(returns: Returns, to: str) -> None:
    forged = incoming.bounce("postfix", to, about=returns.ann.email)
    taken = await returns.take(forged)
    assert (taken.outcome, taken.reason) == (
        QUARANTINED,
        "It is about no letter of ours, or does not prove that it is.",
    )
    assert (await get_inbound(taken.id)).content == forged
    assert not await is_suppressed(returns.ann.email)
    assert await bounces_of(returns.ann.email) == []


async def test_r5_19_the_token_of_an_invitation_proves_nothing_of_a_letter(returns: Returns) -> None:
    """An attendee knows the address they answer to; it must not let them stop letters to others."""
    address = (await invitation_of(returns.ann, returns.event)).row["organizer"]
    taken = await returns.take(incoming.bounce("postfix", address, about="bob@trust.example"))
    assert taken.outcome is QUARANTINED
    assert not await is_suppressed("bob@trust.example")


async def test_r5_19_a_delay_stops_nothing(returns: Returns) -> None:
    taken = await returns.take(await returns.bounce(action="delayed", status="4.4.1"))
    assert (taken.outcome, (await returns.letter())["state"]) == (APPLIED, "sent")
    assert not await is_suppressed(returns.ann.email)


async def test_a_notice_of_arrival_is_ignored_and_not_kept(returns: Returns) -> None:
    taken = await returns.take(await returns.bounce(action="delivered", status="2.0.0"))
    assert (taken.outcome, taken.reason) == (IGNORED, "It says that the letter arrived.")
    assert (await get_inbound(taken.id)).content is None


async def test_a_bounce_after_an_erasure_brings_nothing_back(returns: Returns) -> None:
    bounce = await returns.bounce()
    await execute("DELETE FROM outbox_letter WHERE recipient_key = {}", returns.ann.email)
    taken = await returns.take(bounce)
    assert (taken.outcome, taken.reason) == (IGNORED, "The letter it is about has been deleted since.")
    assert await bounces_of(returns.ann.email) == []


async def test_r5_18_what_is_no_report_does_nothing_at_a_bounce_address(returns: Returns) -> None:
    address = (await returns.letter())["sender"]
    away = await returns.take(incoming.words(address, "I am away.", Auto_Submitted="auto-replied"))
    words = await returns.take(incoming.words(address, "Please stop."))
    answer = (await invitation_of(returns.ann, returns.event)).answer("DECLINED")
    misled = await returns.take(answer, address)
    assert [taken.outcome for taken in (away, words, misled)] == [IGNORED, QUARANTINED, QUARANTINED]
    assert await standing(returns.ann, returns.event) == "accepted"


@pytest.mark.parametrize("by", ["path", "recipient", "message_id"])
async def test_r5_20_a_complaint_stops_letters_and_takes_the_consent_back(returns: Returns, by: str) -> None:
    letter = await returns.letter()
    known = {"path": letter["sender"], "message_id": letter["message_id"]}
    to = letter["sender"] if by == "recipient" else "abuse@events.example.org"
    given = {by: known[by]} if by in known else {}
    taken = await returns.take(incoming.complaint(to, about=returns.ann.email, **given))
    assert (taken.kind, taken.outcome) == (InboundKind.COMPLAINT, APPLIED)
    assert await is_suppressed(returns.ann.email)
    assert not await wants_updates(returns.ann.id)
    assert not await takes_announcements(returns.ann.id)
    # The place they have is another matter.
    assert await standing(returns.ann, returns.event) == "accepted"


async def test_r5_20_a_forged_complaint_stops_nothing(returns: Returns) -> None:
    taken = await returns.take(incoming.complaint("abuse@events.example.org", about=returns.ann.email))
    assert taken.outcome is QUARANTINED
    assert not await is_suppressed(returns.ann.email)
    assert await wants_updates(returns.ann.id)
