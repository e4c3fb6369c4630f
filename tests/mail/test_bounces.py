"""A bounce gives its letter up and may stop its address, once it has proved which letter of ours it is about."""

from datetime import datetime
from typing import Any

import pytest
import pytest_asyncio

from eventsite.database import execute
from eventsite.mail import queries
from eventsite.mail.arrivals import bounces_of
from eventsite.mail.bounces import (
    NothingToDo,
    ReportedLetter,
    UnknownLetter,
    reported_letter,
    take_bounce,
    take_complaint,
)
from eventsite.mail.homecoming import home_address
from eventsite.mail.inbound import read_message
from eventsite.mail.reports import Report
from eventsite.mail.suppression import is_suppressed, suppressions
from eventsite.mail.tables import LetterState, OutboxLetter, SuppressionReason
from eventsite.settings import Settings
from eventsite.tokens import Purpose
from tests import incoming
from tests.mail.conftest import PostBox

ANN = "ann@trust.example"


class Sent:
    """A letter that was sent to Ann."""

    def __init__(self, row: dict[str, Any], settings: Settings, now: datetime) -> None:
        self.id, self.message_id, self.path = str(row["id"]), str(row["message_id"]), str(row["sender"])
        self.settings, self.now = settings, now

    async def found(self, content: bytes, came_for: str | None = None) -> ReportedLetter:
        return await reported_letter(report(content), came_for=came_for, settings=self.settings)

    async def take(self, content: bytes) -> bool:
        return await take_bounce(report(content), ReportedLetter(self.id, ANN), now=self.now)

    async def state(self) -> tuple[LetterState, str | None]:
        letter = await queries.letter(self.id)
        return letter.state, letter.last_error


def report(content: bytes) -> Report:
    found = read_message(content).report
    assert found is not None
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def sent(postbox: PostBox, settings: Settings, now: datetime) -> Sent:
    await postbox.post("one", to="Ann@trust.example")
    await execute("UPDATE outbox_letter SET state = 'sent', attempts = 1, sent_at = {}", now)
    (row,) = await OutboxLetter.select()
    return Sent(row, settings, now)


async def test_r5_18_a_letter_s_own_path_back_names_it(sent: Sent) -> None:
    assert sent.path == home_address(sent.settings, Purpose.BOUNCE, sent.id)


@pytest.mark.parametrize("style", incoming.STYLES)
async def test_r5_19_the_token_comes_first(sent: Sent, style: str) -> None:
    bounce = incoming.bounce(style, sent.path, about="forwarded@elsewhere.example", message_id="<x@y.example>")
    assert await sent.found(bounce, came_for=sent.id) == ReportedLetter(sent.id, ANN)


async def test_r5_19_the_token_may_stand_in_the_letter_that_comes_along(sent: Sent) -> None:
    bounce = incoming.bounce("postfix", sent.path, about="forwarded@elsewhere.example")
    assert await sent.found(bounce) == ReportedLetter(sent.id, ANN)


async def test_r5_19_the_message_id_comes_second_with_the_address(sent: Sent) -> None:
    bounce = incoming.bounce(
        "gmail", "events@events.example.org", about="ANN@trust.example", message_id=sent.message_id
    )
    assert await sent.found(bounce) == ReportedLetter(sent.id, ANN)


@pytest.mark.parametrize(
    ("about", "message_id"),
    [
        (ANN, "<x@y.example>"),
        (ANN, "<0000000000000000@events.example.org>"),
        ("bob@trust.example", "OURS"),
        (ANN, "ELSEWHERE"),
    ],
)
async def test_r5_19_a_forged_bounce_is_about_no_letter(sent: Sent, about: str, message_id: str) -> None:
    named = {"OURS": sent.message_id, "ELSEWHERE": sent.message_id.replace("@", "@evil.")}
    bounce = incoming.bounce("gmail", "bounce@evil.example", about=about, message_id=named.get(message_id, message_id))
    with pytest.raises(UnknownLetter):
        await sent.found(bounce)


async def test_a_letter_that_has_been_deleted_since_is_left_alone(sent: Sent) -> None:
    with pytest.raises(NothingToDo, match="deleted"):
        await sent.found(incoming.bounce("postfix", sent.path), came_for="0" * 16)


async def test_r5_19_an_address_that_does_not_exist_is_stopped_and_its_letter_given_up(sent: Sent) -> None:
    assert await sent.take(incoming.bounce("exchange", sent.path))
    assert await is_suppressed(ANN)
    assert await sent.state() == (LetterState.DEAD, incoming.NO_SUCH_USER)
    (line,) = await bounces_of(ANN)
    assert (line.letter, line.action, line.status, line.words, line.is_hard, line.bounced_at) == (
        sent.id,
        "failed",
        "5.1.1",
        incoming.NO_SUCH_USER,
        True,
        sent.now,
    )


async def test_r5_19_a_full_mailbox_gives_the_letter_up_and_not_the_address(sent: Sent) -> None:
    assert not await sent.take(incoming.bounce("postfix", sent.path, status="5.2.2", diagnosis="552 5.2.2 Full"))
    assert await sent.state() == (LetterState.DEAD, "552 5.2.2 Full")
    assert not await is_suppressed(ANN)


async def test_r5_19_a_delay_is_noted_and_the_letter_stays_sent(sent: Sent) -> None:
    await sent.take(incoming.bounce("postfix", sent.path, action="delayed", status="4.4.1"))
    assert await sent.state() == (LetterState.SENT, None)
    assert [line.action for line in await bounces_of(ANN)] == ["delayed"]


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
async def test_a_notice_that_it_arrived_is_nothing_to_act_on(sent: Sent, action: str) -> None:
    with pytest.raises(NothingToDo, match="arrived"):
        await sent.take(incoming.bounce("postfix", sent.path, action=action, status="2.0.0"))
    assert await bounces_of(ANN) == []


async def test_of_several_addresses_ours_counts(sent: Sent) -> None:
    others = b"Action: failed\r\nFinal-Recipient: rfc822; bob@x.example\r\nStatus: 5.1.1\r\n\r\nFinal-Recipient:"
    content = incoming.bounce("gmail", sent.path, action="delayed").replace(b"Final-Recipient:", others, 1)
    await sent.take(content)
    assert (await sent.state())[0] is LetterState.SENT


async def test_a_letter_that_is_queued_again_is_left_to_its_next_attempt(sent: Sent) -> None:
    await execute("UPDATE outbox_letter SET state = 'waiting'")
    await sent.take(incoming.bounce("postfix", sent.path))
    assert (await sent.state())[0] is LetterState.WAITING


async def test_r5_20_a_complaint_stops_letters_to_the_address(sent: Sent) -> None:
    complaint = report(incoming.complaint("abuse@events.example.org", path=sent.path))
    await take_complaint(complaint, ReportedLetter(sent.id, ANN), now=sent.now)
    (stopped,) = await suppressions()
    assert (stopped.address_key, stopped.reason) == (ANN, SuppressionReason.COMPLAINED)
    assert stopped.words == "Marked as junk by the reader (abuse)."
