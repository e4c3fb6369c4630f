"""A message that came home, from its bytes to what it is: an answer by calendar, a bounce, a complaint, or neither.

Nothing in it is believed yet: that is the summit's business (`replies`).
"""

import asyncio
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from eventsite.mail.parts import Headers, Part, UnreadableMessage, take_apart
from eventsite.mail.reports import Report, find_report
from eventsite.mail.tables import InboundKind

__all__ = ["InboundMessage", "UnreadableMessage", "in_time", "read_message"]

LARGEST_MESSAGE = 5_000_000
LARGEST_CALENDAR = 256 * 1024
SECONDS = 1.0
"""How much of a processor's time reading a message may take."""
LONGEST_WAIT = 15
"""How many times as long it may take by the clock: a machine may have other things to do."""

_CALENDAR_TYPES = {"text/calendar", "application/ics"}
_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@[A-Za-z0-9.-]{1,189}")
_IN_ANGLES = re.compile(r"<([^<>]*)>")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
# Whom a message came to, as mail servers write it down; what its sender wrote comes last.
_RECIPIENT_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
# Octets that one octet of a calendar may take on the wire, in quoted-printable.
_LONGEST_ENCODING = 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class InboundMessage:
    """What a message says of itself.

    `sender` is the one address in From, casefolded; empty where there is none, or more than one. `recipients` are the
    addresses it may have come to, the likeliest first. `calendars` are different calendar objects.
    """

    headers: Headers
    sender: str
    recipients: tuple[str, ...]
    is_automatic: bool
    calendars: tuple[bytes, ...]
    report: Report | None

    @property
    def kind(self) -> InboundKind:
        """What it is, as far as its form says."""
        if self.report is not None:
            return InboundKind.COMPLAINT if self.report.is_complaint else InboundKind.BOUNCE
        return InboundKind.REPLY if self.calendars else InboundKind.OTHER


def read_message(content: bytes) -> InboundMessage:
    """Any bytes as what they are. Raises UnreadableMessage, and nothing else."""
    try:
        return _read(content)
    except UnreadableMessage:
        raise
    except Exception:  # whatever the standard library may still stumble over
        # Without its cause: that quotes the message, and would stand in a log.
        raise UnreadableMessage("The message is broken.") from None


async def in_time(read: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """The result of reading something, in a thread; raises UnreadableMessage where it takes longer than a second."""
    stopwatch: list[Callable[[], float]] = []

    def run() -> T:
        stopwatch.append(_time_of_this_thread())
        return read()

    reading = asyncio.ensure_future(asyncio.to_thread(run))
    for _ in range(LONGEST_WAIT):
        if (await asyncio.wait([reading], timeout=seconds))[0]:
            return reading.result()
        if stopwatch and stopwatch[0]() >= seconds:
            break
    # A thread cannot be stopped, but nobody waits for it any more.
    reading.cancel()
    raise UnreadableMessage(f"Reading the message took longer than {seconds:g} s.")


def _time_of_this_thread() -> Callable[[], float]:
    """What tells others how much of a processor's time this thread has had since now; by the clock on other systems."""
    if not hasattr(time, "pthread_getcpuclockid"):
        started = time.monotonic()
        return lambda: time.monotonic() - started
    clock = time.pthread_getcpuclockid(threading.get_ident())
    begun = time.clock_gettime(clock)
    return lambda: time.clock_gettime(clock) - begun


def _read(content: bytes) -> InboundMessage:
    if len(content) > LARGEST_MESSAGE:
        raise UnreadableMessage("The message is larger than 5 MB.")
    headers, parts = take_apart(content)
    report = find_report(headers, parts)
    return InboundMessage(
        headers=headers,
        sender=_sender(headers),
        recipients=tuple(_addresses(headers, *_RECIPIENT_FIELDS)),
        is_automatic=_is_automatic(headers),
        calendars=() if report else _calendars(parts),
        report=report,
    )


def _sender(headers: Headers) -> str:
    found = _addresses(headers, "from")
    return found[0].casefold() if len(found) == 1 else ""


def _addresses(headers: Headers, *names: str) -> list[str]:
    """The addresses in some fields, without names: what stands in quotes or is an encoded word is a name."""
    values = [value for name in names for value in headers.all(name)]
    return [address for value in values for address in _addresses_in(_QUOTED.sub("", value))]


def _addresses_in(value: str) -> list[str]:
    return [found for piece in _IN_ANGLES.findall(value) or value.split(",") for found in _ADDRESS.findall(piece)]


def _is_automatic(headers: Headers) -> bool:
    """Whether a machine wrote it (RFC 3834 section 5), such as an absence note."""
    said = headers.first("auto-submitted").partition(";")[0].strip().lower()
    # Postfix writes its own name where the envelope has no sender.
    return said not in {"", "no"} or headers.first("return-path").lower() in {"<>", "<mailer-daemon>"}


def _calendars(parts: list[Part]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(_calendar(part) for part in parts if _is_calendar(part)))


def _is_calendar(part: Part) -> bool:
    return part.media_type in _CALENDAR_TYPES or part.filename.lower().endswith(".ics")


def _calendar(part: Part) -> bytes:
    if len(part.body) <= LARGEST_CALENDAR * _LONGEST_ENCODING:
        content = part.decoded()
        if len(content) <= LARGEST_CALENDAR:
            return content
    raise UnreadableMessage("The calendar in the message is larger than 256 kB.")
