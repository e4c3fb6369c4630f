"""Letters go out through a real Postfix, and what people's calendars and mail servers answer comes home through it.

The worker is a process of its own, and so is each `eventsite mail receive`, as in a deployment.
"""

import asyncio
import signal
import smtplib
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
import pytest_asyncio

from eventsite.backoffice.letter_samples import KINDS
from eventsite.backoffice.letter_samples_cast import cast_for
from eventsite.clock import utc_now
from eventsite.database import execute, transaction
from eventsite.events.tables import Event
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.mail.claims import STOPPED
from eventsite.mail.outbox import enqueue
from eventsite.mail.suppression import is_suppressed
from eventsite.mail.tables import Cause, InboundLetter, OutboxLetter
from eventsite.people.services import KnownPerson, PersonDraft
from eventsite.stationery import Stationery
from tests import incoming
from tests.answering import invitation_of, standing
from tests.conftest import SITE_URL
from tests.factories import make_event
from tests.interest.people import Cast
from tests.postfix import Postfix, postfix
from tests.servers import PATIENCE, deployment, free_port, run_eventsite
from tests.simulated_client import SimulatedClient
from tests.smtp_server import NO_SUCH_USER, Arrived, SmtpServer, smtp_server

PIPE_OR_LMTP = ["pipe", "lmtp"]
StartPostfix = Callable[..., Any]


class Circle:
    """The site, its worker, Postfix, and the rest of the world behind it."""

    cast: Cast
    relay: Postfix

    def __init__(self, world: SmtpServer, environment: dict[str, str]) -> None:
        self.world, self.environment = world, environment
        self.postponed = 0

    async def pipe(self, recipient: str, message: bytes) -> int:
        """What Postfix pipes to: the command itself, unless it is to ask for patience first."""
        if self.postponed:
            self.postponed -= 1
            return 75
        command = (sys.executable, "-m", "eventsite", "mail", "receive", "--recipient", recipient)
        process = await asyncio.create_subprocess_exec(*command, env=self.environment, stdin=PIPE)
        await process.communicate(message)
        assert process.returncode is not None
        return process.returncode

    async def send(self, message: bytes, *, sender: str, to: str) -> None:
        """Somebody's mail program hands a message to Postfix."""

        def hand_over() -> None:
            with smtplib.SMTP("127.0.0.1", self.relay.port, timeout=PATIENCE) as server:
                server.sendmail(sender, [to], message)

        await asyncio.to_thread(hand_over)

    def says(self, status: str, recipient: str) -> bool:
        """Whether Postfix has written down that a recipient's mail was `sent`, `deferred` or `bounced`."""
        return any(f"to=<{recipient}>" in line and f"status={status}" in line for line in self.relay.log().splitlines())

    def letters_to(self, person: KnownPerson) -> list[bytes]:
        return [letter.content for letter in self.world.letters if letter.recipients == (person.email,)]

    async def has_written_to(self, person: KnownPerson) -> bool:
        return bool(self.letters_to(person))

    def calendar_of(self, person: KnownPerson) -> SimulatedClient:
        """The person's calendar, which has taken every invitation that came."""
        calendar = SimulatedClient(person.email, open_files=False)
        for letter in self.letters_to(person):
            calendar.take_letter(letter)
        return calendar

    async def until(self, so: Callable[[], Awaitable[bool]], *, seconds: float = 2 * PATIENCE) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not await so():  # noqa: ASYNC110 -- what is waited for is a row or a letter
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"It did not come about. Postfix says:\n{self.relay.log()}") from None


@pytest.fixture(scope="session")
def start_postfix() -> StartPostfix:
    """Marks a test that needs Postfix: it is left out where there is none."""
    return postfix


@asynccontextmanager
async def worker(environment: dict[str, str]) -> AsyncIterator[None]:
    """`eventsite worker`, ended as a deployment ends it."""
    process = await run_eventsite("worker", environment=environment)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, b"Traceback" in said) == (0, False), said.decode()


@pytest_asyncio.fixture(loop_scope="session", scope="module", params=PIPE_OR_LMTP)
async def running(
    request: pytest.FixtureRequest, start_postfix: StartPostfix, migrated: None, database_url: str
) -> AsyncIterator[Circle]:
    """All of it, started once for the tests of one way home."""
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(smtp_server())
        environment = deployment(database_url, SITE_URL)
        circle = Circle(world, environment)
        home: dict[str, Any] = {"take_in": circle.pipe}
        if request.param == "lmtp":
            environment["LMTP_LISTEN"] = f"127.0.0.1:{free_port()}"
            home = {"lmtp": environment["LMTP_LISTEN"]}
        circle.relay = await stack.enter_async_context(start_postfix(port=free_port(), sink=world.port, **home))
        environment["SMTP_URL"] = circle.relay.url
        await stack.enter_async_context(worker(environment))
        yield circle


@pytest.fixture
def circle(running: Circle, database: None, stationery: Stationery) -> Circle:
    """The same with an empty database, now."""
    running.cast = Cast(stationery, utc_now())
    running.world.letters.clear()
    return running


async def coming_event(**given: Any) -> Event:
    day = utc_now().date() + timedelta(days=90)
    return await make_event(starts_on=day, ends_on=day + timedelta(days=1), **given)


def declined(letter: bytes, person: KnownPerson) -> tuple[bytes, str]:
    """The answer of a calendar that was sent an invitation, and the address that it goes to."""
    (invitation,) = [part for part in message_from_bytes(letter).walk() if part.get_content_type() == "text/calendar"]
    content = invitation.get_payload(decode=True)
    assert isinstance(content, bytes)
    lines = dict(line.split(":", 1) for line in content.replace(b"\r\n ", b"").decode().splitlines() if ":" in line)
    organizer = next(value for name, value in lines.items() if name.startswith("ORGANIZER")).removeprefix("mailto:")
    calendar = incoming.reply_calendar(
        lines["UID"], person.email, "DECLINED", sequence=int(lines["SEQUENCE"]), stamp=utc_now(), organizer=organizer
    )
    return incoming.answer(organizer, calendar, sender=person.email), organizer


async def test_r4_16_a_no_from_a_calendar_frees_the_place_and_the_entry_goes(circle: Circle) -> None:
    event = await coming_event(capacity=1)
    ann = await circle.cast.accepted(event, "Ann Archer")
    ben = await circle.cast.interested(event, "Ben Baker")
    await circle.cast.offer(event, ben)
    uid = (await invitation_of(ann, event)).row["uid"]

    async def has_entry() -> bool:
        return uid in circle.calendar_of(ann).entries

    await circle.until(has_entry)
    invitation = circle.letters_to(ann)[-1]
    answer, to = declined(invitation, ann)
    await circle.send(answer, sender=ann.email, to=to)

    async def has_no_entry() -> bool:
        return not await has_entry()

    await circle.until(has_no_entry)
    assert (await standing(ann, event), await standing(ben, event)) == ("declined", "offered")
    taken = await InboundLetter.select(InboundLetter.outcome, InboundLetter.recipient)
    assert taken == [{"outcome": "applied", "recipient": to}]

    async def ben_knows() -> bool:
        return any(b"place" in letter for letter in circle.letters_to(ben)[1:])

    await circle.until(ben_knows)


async def test_r5_19_a_letter_to_nobody_comes_back_and_stops_the_next(circle: Circle) -> None:
    event = await coming_event()
    circle.world.unknown.add("gone@trust.example")
    person = PersonDraft("gone@trust.example", "gone@trust.example", "Gone Goner")
    draft = InterestDraft(person, [event], updates=False)
    await register_interest(draft, stationery=circle.cast.stationery, now=circle.cast.now)

    async def is_stopped() -> bool:
        return await is_suppressed(person.email_key)

    await circle.until(is_stopped)
    (letter,) = await execute("SELECT state, last_error FROM outbox_letter WHERE recipient_key = {}", person.email_key)
    assert (letter["state"], letter["last_error"]) == ("dead", NO_SUCH_USER)
    (taken,) = await InboundLetter.select(InboundLetter.kind, InboundLetter.outcome)
    assert taken == {"kind": "bounce", "outcome": "applied"}

    another = replace(draft, events=[await coming_event(slug="hpn-north", name="HPN North")])
    await register_interest(another, stationery=circle.cast.stationery, now=utc_now())

    async def next_is_stopped() -> bool:
        errors = await execute("SELECT last_error FROM outbox_letter WHERE recipient_key = {}", person.email_key)
        return sorted((row["last_error"] or "").startswith(STOPPED) for row in errors) == [False, True]

    await circle.until(next_is_stopped)


@pytest.mark.parametrize("running", ["pipe"], indirect=True)
async def test_what_cannot_be_taken_in_comes_again(circle: Circle) -> None:
    event = await coming_event()
    ann = await circle.cast.accepted(event, "Ann Archer")
    invite = await invitation_of(ann, event)
    await circle.until(lambda: circle.has_written_to(ann))
    circle.postponed = 1
    await circle.send(invite.answer("TENTATIVE", stamp=utc_now()), sender=ann.email, to=invite.row["organizer"])

    async def is_written_down() -> bool:
        return bool((await invitation_of(ann, event)).row["partstat"] == "TENTATIVE")

    await circle.until(is_written_down)
    assert circle.says("deferred", invite.row["organizer"])


async def test_an_address_that_was_never_given_to_anybody_is_no_use(circle: Circle) -> None:
    """Over LMTP Postfix is told so at once; from a pipe it is put aside."""
    event = await coming_event()
    ann = await circle.cast.accepted(event, "Ann Archer")
    await circle.until(lambda: circle.has_written_to(ann))
    invite = await invitation_of(ann, event)
    forged = f"rsvp+{'0' * 42}@events.example.org"
    message = incoming.answer(forged, invite.calendar("DECLINED"), sender=ann.email)
    await circle.send(message, sender=ann.email, to=forged)

    async def is_settled() -> bool:
        put_aside = await InboundLetter.count().where(InboundLetter.outcome == "quarantined")
        return circle.says("bounced", forged) or put_aside == 1

    await circle.until(is_settled)
    assert await standing(ann, event) == "accepted"


@pytest.mark.parametrize("running", ["pipe"], indirect=True)
async def test_r5_1_every_kind_of_letter_arrives_as_it_was_written(circle: Circle) -> None:
    """Postfix puts its stamp on top, and changes nothing: signatures hold, calendars stay whole."""
    cast = cast_for(circle.cast.stationery, circle.cast.now)
    examples = [example for kinds in KINDS.values() for kind in kinds for example in kind.examples]
    async with transaction():
        for number, example in enumerate(examples):
            letter = replace(example.write(cast), to=f"ann-{number}@trust.example")
            given: dict[str, Any] = {"now": circle.cast.now, "settings": circle.cast.stationery.settings}
            await enqueue(letter, key=f"invite:sample:{number}", cause=Cause.SYSTEM, **given)

    sent_letters = await OutboxLetter.select()

    def arrived() -> dict[str, Arrived]:
        return {letter.recipients[0]: letter for letter in circle.world.letters}

    async def all_have_arrived() -> bool:
        return {sent["recipient"] for sent in sent_letters} <= set(arrived())

    await circle.until(all_have_arrived)
    for sent in sent_letters:
        came = arrived()[sent["recipient"]]
        stamp, separator, rest = came.content.partition(bytes(sent["content"]))
        assert (came.sender, separator != b"", rest) == (sent["sender"], True, b""), sent["kind"]
        assert [name for name, _ in message_from_bytes(stamp).items()] == ["Received"], sent["kind"]
    assert len(sent_letters) == len(examples) > 20
