"""What mail servers report of a letter of ours: that it did not arrive (RFC 3464), or that its reader pressed "junk".

The latter is RFC 5965. Older servers of the Exim kind say it in a header field and a text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventsite.mail.parts import LARGEST_HEADER, Headers, Part, read_headers

MOST_RECIPIENTS = 20
LONGEST_WORDS = 500

_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@[A-Za-z0-9.-]{1,189}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")
_STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
_ORIGINAL_TYPES = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
_ACTIONS = {"failed", "delayed", "delivered", "relayed", "expanded"}


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What became of a letter at one address. `action` is `failed`, `delayed` or an RFC 3464 word for its arrival.

    `recipient` is casefolded, and empty where none is said; `status` is RFC 3463's, such as 5.1.1.
    """

    action: str
    status: str
    recipient: str
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """A server's word on one letter of ours.

    `return_paths` are the addresses that the letter is said to have been sent from, `message_ids` those of the letter.
    """

    is_complaint: bool
    statuses: tuple[DeliveryStatus, ...]
    return_paths: tuple[str, ...]
    message_ids: tuple[str, ...]


def find_report(headers: Headers, parts: Sequence[Part]) -> Report | None:
    """The report that a message is, if it is one. `headers` are its own."""
    original = _original(parts)
    for part in parts:
        if part.media_type in _STATUS_TYPES:
            statuses = _statuses(part.decoded()[:LARGEST_HEADER])
            return _report(headers, original, statuses) if statuses else None
        if part.media_type == "message/feedback-report":
            return _complaint(headers, original, read_headers(part.decoded()[:LARGEST_HEADER]))
    failed = _addresses(headers.all("x-failed-recipients"))
    return _report(headers, original, _in_plain_words(failed, parts)) if failed else None


def _report(headers: Headers, original: Headers, statuses: Sequence[DeliveryStatus]) -> Report:
    return Report(False, tuple(statuses), _addresses([original.first("return-path")]), _message_ids(headers, original))


def _complaint(headers: Headers, original: Headers, said: Headers) -> Report | None:
    kind = said.first("feedback-type").lower()
    if kind not in {"abuse", "fraud", "opt-out", "opt-out-list", "other"}:
        # `not-spam` takes a complaint back, `auth-failure` and `dmarc` are for whoever runs the domain.
        return None
    about = _addresses(said.all("original-rcpt-to")) or ("",)
    words = f"Marked as junk by the reader ({kind})."
    statuses = tuple(DeliveryStatus("failed", "", address, words) for address in about[:MOST_RECIPIENTS])
    paths = _addresses([said.first("original-mail-from"), original.first("return-path")])
    return Report(True, statuses, paths, _message_ids(headers, original))


def _original(parts: Sequence[Part]) -> Headers:
    """The header of the letter that a report is about, where it comes along."""
    enclosed = [part for part in parts if part.media_type in _ORIGINAL_TYPES]
    content = enclosed[-1].decoded()[:LARGEST_HEADER] if enclosed else b""
    return read_headers(_BLANK_LINE.split(content, maxsplit=1)[0])


def _statuses(content: bytes) -> list[DeliveryStatus]:
    """Blocks of fields: the first is about the message, each other about one recipient."""
    blocks = [read_headers(block) for block in _BLANK_LINE.split(content, maxsplit=MOST_RECIPIENTS + 2)]
    found = [_status_of(block) for block in blocks[: MOST_RECIPIENTS + 2]]
    return [status for status in found if status]


def _status_of(block: Headers) -> DeliveryStatus | None:
    action = block.first("action").partition(" ")[0].lower()
    if action not in _ACTIONS:
        return None
    diagnosis = _words(block.first("diagnostic-code").partition(";")[2] or block.first("diagnostic-code"))
    status = _STATUS.search(block.first("status"))
    # The address that we wrote to comes before the one that it was forwarded to.
    addresses = _addresses([_typed(block.first(name)) for name in ("original-recipient", "final-recipient")])
    return DeliveryStatus(
        action, _finer(status[1] if status else "", diagnosis), next(iter(addresses), ""), diagnosis or f"{action}"
    )


def _finer(status: str, diagnosis: str) -> str:
    """The status, or the one that the other server gave where this one says no more than "failed" (Exim, sendmail)."""
    if status and not status.endswith(".0.0"):
        return status
    said = [finer for finer in _STATUS.findall(diagnosis) if not status or finer[0] == status[0]]
    return said[0] if said else status


def _in_plain_words(failed: Sequence[str], parts: Sequence[Part]) -> list[DeliveryStatus]:
    text = next((part.decoded() for part in parts if part.media_type == "text/plain"), b"")[:20_000]
    said = _words(text.decode("utf-8", "replace"))
    status = _STATUS.search(said)
    # Without a better word: it failed, and the server says no more of why.
    return [
        DeliveryStatus("failed", status[1] if status else "5.0.0", address, said)
        for address in failed[:MOST_RECIPIENTS]
    ]


def _typed(value: str) -> str:
    """`rfc822; ann@trust.example` without its type."""
    return value.rpartition(";")[2]


def _addresses(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(found.casefold() for value in values for found in _ADDRESS.findall(value))


def _message_ids(headers: Headers, original: Headers) -> tuple[str, ...]:
    # Exchange may leave the letter out, and answers it by its Message-ID instead.
    values = [original.first("message-id"), headers.first("in-reply-to")]
    return tuple(dict.fromkeys(found for value in values for found in _MESSAGE_ID.findall(value)))


def _words(text: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LONGEST_WORDS]
