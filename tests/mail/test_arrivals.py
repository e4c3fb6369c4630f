"""What came home is listed for organisers, pages at a time."""

from datetime import datetime, timedelta

import pytest

from eventsite.database import recorded_statements, transaction
from eventsite.errors import NotFound
from eventsite.mail.arrivals import (
    LARGEST_KEPT,
    add_arrival,
    arrival_of,
    digest_of,
    get_inbound,
    quarantined,
    quarantined_count,
    settle_arrival,
)
from eventsite.mail.tables import InboundKind, InboundOutcome

pytestmark = pytest.mark.usefixtures("database")
US = "rsvp+token@events.example.org"


async def arrive(message: bytes, outcome: InboundOutcome, now: datetime, reason: str = "A reason.") -> str | None:
    digest = digest_of(message, US)
    async with transaction():
        arrival_id = await add_arrival(digest, recipient=US, sender="ann@x.example", kind=InboundKind.REPLY, now=now)
        if arrival_id:
            await settle_arrival(arrival_id, outcome, reason, message)
    return arrival_id


async def test_what_was_put_aside_is_listed_the_newest_first(now: datetime) -> None:
    for number in range(5):
        await arrive(b"%d" % number, InboundOutcome.QUARANTINED, now + timedelta(minutes=number), f"Reason {number}.")
    await arrive(b"done", InboundOutcome.APPLIED, now, "")
    await arrive(b"nothing", InboundOutcome.IGNORED, now)
    assert [line.reason for line in await quarantined(1, length=2)] == ["Reason 4.", "Reason 3."]
    assert [line.reason for line in await quarantined(3, length=2)] == ["Reason 0."]
    assert await quarantined_count() == 5


@pytest.mark.parametrize("number", [1, 30])
async def test_a_page_is_one_statement(now: datetime, number: int) -> None:
    for each in range(number):
        await arrive(b"%d" % each, InboundOutcome.QUARANTINED, now)
    with recorded_statements() as statements:
        assert len(await quarantined()) == number
    assert len(statements) == 1


async def test_one_message_is_shown_with_its_bytes_while_it_is_in_quarantine(now: datetime) -> None:
    kept = await arrive(b"\x00\xff odd bytes", InboundOutcome.QUARANTINED, now)
    gone = await arrive(b"applied", InboundOutcome.APPLIED, now, "")
    assert kept is not None
    assert gone is not None
    shown = await get_inbound(kept)
    assert (shown.content, shown.recipient, shown.sender_key, shown.received_at) == (
        b"\x00\xff odd bytes",
        US,
        "ann@x.example",
        now,
    )
    assert (await get_inbound(gone)).content is None


async def test_of_a_large_one_the_beginning_is_kept(now: datetime) -> None:
    kept = await arrive(b"x" * (LARGEST_KEPT + 1), InboundOutcome.QUARANTINED, now)
    assert kept is not None
    assert (await get_inbound(kept)).content == b"x" * LARGEST_KEPT


async def test_the_same_message_to_the_same_address_is_one_and_to_another_is_not(now: datetime) -> None:
    assert await arrive(b"same", InboundOutcome.APPLIED, now)
    assert await arrive(b"same", InboundOutcome.QUARANTINED, now) is None
    line = await arrival_of(digest_of(b"same", US.upper()))
    assert line is not None
    assert line.outcome is InboundOutcome.APPLIED
    assert await arrival_of(digest_of(b"same", "rsvp+other@events.example.org")) is None


async def test_what_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        await get_inbound("0" * 16)
