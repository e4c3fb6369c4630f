"""What comes home: an answer to an invitation, a bounce, a complaint. Applied, or put aside with a reason.

Nobody is ever answered (RFC 3834): not the sender of a forged message, not a machine. A letter that follows from the
deed, such as that a place is given up, goes to the person we know, as it would after the same deed on the web page.
"""

import logging
import re
import traceback
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eventsite.calendars.replies import Reply, UnreadableReply, read_reply
from eventsite.database import DatabaseUnavailable, savepoint, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.interest.reply_services import Invited, StaleReply, get_invited, take_reply
from eventsite.mail import bounces
from eventsite.mail.arrivals import ArrivalLine, add_arrival, arrival_of, digest_of, settle_arrival
from eventsite.mail.authentication import is_authenticated
from eventsite.mail.bounces import NothingToDo
from eventsite.mail.homecoming import Homecoming, read_home_address
from eventsite.mail.inbound import InboundMessage, UnreadableMessage, in_time, read_message
from eventsite.mail.reports import Report
from eventsite.mail.tables import InboundKind, InboundOutcome
from eventsite.people.queries import person_with_address
from eventsite.people.services import unsubscribe
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose

logger = logging.getLogger(__name__)

_NOT_PRINTABLE = re.compile("[^!-~]")

NOT_OURS = "It came to no address that we gave anybody, or to one that was forged."
NOT_INVITED = "It comes from an address that was not invited."
OTHER_ENTRY = "It answers for an entry that is not the one this address was made for."
OTHER_ORGANIZER = "It answers an invitation of somebody else."
NOT_PROVEN = "Our mail server could not tell that it comes from the domain it names."
TWO_ANSWERS = "It holds two answers that differ."
BY_HAND = "Somebody wrote to us instead of answering by calendar: a person must read it and reply."
BY_MACHINE = "A machine wrote it, such as an absence note."
GONE = "The invite it answers has been deleted since."
OUR_FAULT = "Something went wrong on our side while it was taken in. It can be read here, and must be seen to by hand."


class PutAside(Refusal):
    """Not acted on: a person should look at it."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A message as far as its bytes say. `fault` is a sentence where it could not be read as what it seems to be."""

    message: InboundMessage | None
    replies: tuple[Reply, ...] = ()
    fault: str = ""

    @property
    def kind(self) -> InboundKind:
        """What it seems to be."""
        return self.message.kind if self.message else InboundKind.OTHER

    @property
    def sender(self) -> str:
        """Whom it says it is from."""
        return self.message.sender if self.message else ""


async def receive(message: bytes, *, recipient: str | None, stationery: Stationery, now: datetime) -> ArrivalLine:
    """Takes in one message from a mail server and says what became of it; the same message twice is one.

    `recipient` is the envelope's, where it is known; otherwise the message's own header is asked. Raises
    DatabaseUnavailable, for the mail server to try again, and nothing else whatever the message is.
    """
    try:
        understood = await in_time(partial(_understand, message))
    except UnreadableMessage as error:
        understood = Understood(None, fault=str(error))
    address, home = _home(understood, recipient, stationery.settings)
    arrival = _Arrival(message, address, home, understood, stationery, now)
    try:
        return await arrival.take_in()
    except DatabaseUnavailable:
        raise
    except Exception as error:
        # The text of an exception may hold what somebody typed; where it was raised does not.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("A message could not be taken in: %s\n%s", type(error).__name__, where)
        return await arrival.put_aside(OUR_FAULT)


def _understand(content: bytes) -> Understood:
    """Runs in a thread, with a limit of time."""
    message = read_message(content)
    replies: list[Reply] = []
    faults: list[str] = []
    for calendar in message.calendars:
        try:
            replies.append(read_reply(calendar))
        except UnreadableReply as error:
            faults.append(str(error))
    distinct = tuple(dict.fromkeys(replies))
    if len(distinct) > 1:
        return Understood(message, fault=TWO_ANSWERS)
    return Understood(message, distinct, "" if distinct else next(iter(faults), ""))


def _home(understood: Understood, recipient: str | None, settings: Settings) -> tuple[str, Homecoming | None]:
    """The address that it came to and what that stands for: the first one that is ours."""
    told = [recipient] if recipient else []
    asked = [*told, *(understood.message.recipients if understood.message else ())]
    for address in asked:
        if home := read_home_address(settings, address):
            return address, home
    return _NOT_PRINTABLE.sub("?", next(iter(asked), "")), None


@dataclass(frozen=True, slots=True)
class _Arrival:
    message: bytes
    address: str
    home: Homecoming | None
    understood: Understood
    stationery: Stationery
    now: datetime

    async def take_in(self) -> ArrivalLine:
        """Row and deed together: a message is never acted on twice, nor written down as done when it was not."""
        async with transaction():
            arrival_id = await self._add()
            if arrival_id is not None:
                outcome, reason = await self._tried()
                await settle_arrival(arrival_id, outcome, reason, self.message)
            return await self._line()

    async def put_aside(self, reason: str) -> ArrivalLine:
        """Writes it down as not acted on, and why."""
        async with transaction():
            if arrival_id := await self._add():
                await settle_arrival(arrival_id, InboundOutcome.QUARANTINED, reason, self.message)
            return await self._line()

    async def _add(self) -> str | None:
        understood = self.understood
        return await add_arrival(
            self._digest(), recipient=self.address, sender=understood.sender, kind=understood.kind, now=self.now
        )

    async def _line(self) -> ArrivalLine:
        line = await arrival_of(self._digest())
        assert line is not None
        return line

    def _digest(self) -> str:
        return digest_of(self.message, self.address)

    async def _tried(self) -> tuple[InboundOutcome, str]:
        try:
            async with savepoint():
                await self._act()
        except (NothingToDo, StaleReply) as refusal:
            return InboundOutcome.IGNORED, str(refusal)
        except Refusal as refusal:
            return InboundOutcome.QUARANTINED, str(refusal)
        return InboundOutcome.APPLIED, ""

    async def _act(self) -> None:
        if self.understood.message is None:
            raise PutAside(self.understood.fault)
        if report := self.understood.message.report:
            await self._take_report(report)
        elif self.home is None:
            raise PutAside(NOT_OURS)
        elif self.understood.replies and self.home.purpose is Purpose.RSVP:
            await self._take_reply(self.home.row_id, self.understood.replies[0], self.understood.message)
        else:
            self._leave_to_a_person(self.understood.message)

    async def _take_reply(self, invite_id: str, reply: Reply, message: InboundMessage) -> None:
        answer = (reply.partstat, reply.sequence, reply.stamp)
        try:
            _ensure_answers(reply, message, await get_invited(invite_id))
            self._ensure_proven(message)
            await take_reply(invite_id, *answer, stationery=self.stationery, now=self.now)
        except NotFound:
            raise NothingToDo(GONE) from None

    def _ensure_proven(self, message: InboundMessage) -> None:
        authserv_id = self.stationery.settings.mail_authserv_id
        domain = message.sender.rpartition("@")[2]
        if authserv_id and not (domain and is_authenticated(message.headers, authserv_id=authserv_id, domain=domain)):
            raise PutAside(NOT_PROVEN)

    async def _take_report(self, report: Report) -> None:
        came_for = self.home.row_id if self.home and self.home.purpose is Purpose.BOUNCE else None
        settings = self.stationery.settings
        letter = await bounces.reported_letter(report, came_for=came_for, settings=settings)
        if not report.is_complaint:
            await bounces.take_bounce(report, letter, now=self.now)
            return
        await bounces.take_complaint(report, letter, now=self.now)
        if person := await person_with_address(letter.recipient_key):
            await unsubscribe(person.id, source="complaint", now=self.now)

    def _leave_to_a_person(self, message: InboundMessage) -> None:
        if self.understood.fault:
            raise PutAside(self.understood.fault)
        if message.is_automatic:
            raise NothingToDo(BY_MACHINE)
        raise PutAside(BY_HAND)


def _ensure_answers(reply: Reply, message: InboundMessage, invited: Invited) -> None:
    """That somebody who was invited answers this very invitation. Outlook leaves the organiser out."""
    if invited.attendee.casefold() not in {reply.attendee, message.sender}:
        raise PutAside(NOT_INVITED)
    if reply.uid != invited.uid:
        raise PutAside(OTHER_ENTRY)
    if reply.organizer not in {"", invited.organizer.casefold()}:
        raise PutAside(OTHER_ORGANIZER)
