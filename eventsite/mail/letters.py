"""A letter, and its finished bytes: `Letter` in, RFC 5322 out. Rooms compose letters; this file knows none of them."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from jinja2 import Environment

from eventsite.mail.mime import (
    CRLF,
    GOAL_WIDTH,
    BrokenLetter,
    base64_part,
    encode_phrase,
    encode_words,
    ensure_fit_for_header,
    ensure_intact,
    multipart,
    part,
    text_part,
)

LONGEST_UNSUBSCRIBE = 400
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SPEC = re.compile(r"[^\x00-\x20\x7f-\U0010ffff<>()\[\]\\,;:\"@]{1,64}@[A-Za-z0-9.-]{1,253}")
_FILENAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_PARAMETER = re.compile(r'[A-Za-z0-9._"-]+')
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that comes along. `params` are those of its Content-Type, such as `(("charset", "utf-8"),)`."""

    filename: str
    media_type: str
    content: bytes
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar object with a METHOD (RFC 6047): the last alternative of the body, and a file with the same bytes."""

    method: str
    content: bytes
    as_file: bool = True


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said to one person. `kind` names the template, `to` is an address without a name.

    `in_reply_to` and `references` are Message-IDs with their angle brackets; `unsubscribe` is an address for RFC 8058.
    `sender` is the address the letter comes from where that is not MAIL_FROM: an invitation comes from its ORGANIZER.
    A letter that failed is not tried again after `useful_until` (aware): an invitation is worth nothing once it began.
    """

    kind: str
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    invitation: Invitation | None = None
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    unsubscribe: str = ""
    sender: str = ""
    useful_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from: an address of ours, the name shown with it, and where answers go if elsewhere."""

    address: str
    name: str = ""
    reply_to: str = ""


def render_letter(templates: Environment, folder: str, context: Mapping[str, object]) -> tuple[str, str, str]:
    """Subject, text and HTML from `folder/{subject.txt,body.txt,body.html}`, such as `interest/letters/received`.

    Control characters are left out; the subject is one line, and known to both bodies as `subject`. Raises
    jinja2.UndefinedError for a missing name.
    """
    subject = " ".join(_filled(templates, f"{folder}/subject.txt", context).split())
    known = {**context, "subject": subject}
    return subject, _filled(templates, f"{folder}/body.txt", known), _filled(templates, f"{folder}/body.html", known)


def _filled(templates: Environment, name: str, context: Mapping[str, object]) -> str:
    return _CONTROLS.sub("", templates.get_template(name).render(context))


def finish(letter: Letter, *, sender: Sender, message_id: str, date: datetime) -> bytes:
    """The whole message, the same bytes for the same arguments: 7-bit, CRLF, one recipient.

    `date` is aware; `message_id` has its angle brackets. Raises UnfitForHeader for what people may have typed
    and BrokenLetter for a fault of ours.
    """
    content_type, body = _body(letter, hashlib.blake2b(message_id.encode(), digest_size=9).hexdigest())
    headers = [*_headers(letter, sender, message_id, date), ("Content-Type", content_type)]
    message = part(headers, body)
    ensure_intact(message, [name for name, _ in headers])
    return message


def _headers(letter: Letter, sender: Sender, message_id: str, date: datetime) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(sender)
    yield "To", _checked(_SPEC, letter.to)
    yield "Subject", encode_words(letter.subject, taken=len("Subject: "))
    yield "Date", format_datetime(date)
    yield "Message-ID", _checked(_MESSAGE_ID, message_id)
    yield from _answering(letter, sender)
    yield "MIME-Version", "1.0"
    yield "Content-Language", "en-GB"
    yield "Auto-Submitted", "auto-generated"
    # Exchange answers a letter from a machine with "out of office" unless it is asked not to.
    yield "X-Auto-Response-Suppress", "All"
    if letter.unsubscribe:
        yield "List-Unsubscribe", _unsubscribe(letter.unsubscribe)
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _answering(letter: Letter, sender: Sender) -> Iterator[tuple[str, str]]:
    reply_to = letter.reply_to or sender.reply_to
    if reply_to:
        yield "Reply-To", _checked(_SPEC, reply_to)
    if letter.in_reply_to:
        yield "In-Reply-To", _checked(_MESSAGE_ID, letter.in_reply_to)
    if letter.references:
        yield "References", f"{CRLF} ".join(_checked(_MESSAGE_ID, reference) for reference in letter.references)


def _body(letter: Letter, seed: str) -> tuple[str, bytes]:
    alternative = [text_part("plain", letter.text), text_part("html", letter.html)]
    files = [base64_part(_content_type(a), _checked(_FILENAME, a.filename), a.content) for a in letter.attachments]
    if invitation := letter.invitation:
        method = _checked(_PARAMETER, invitation.method)
        alternative.append(
            base64_part(f'text/calendar; charset="utf-8"; method="{method}"', "", invitation.content),
        )
        if invitation.as_file:
            # Not a second text/calendar with a method: a client would show two invitations.
            files.append(base64_part('application/ics; name="invite.ics"', "invite.ics", invitation.content))
    content_type, body = multipart("alternative", f"=_a{seed}", alternative)
    if not files:
        return content_type, body
    return multipart("mixed", f"=_m{seed}", [part([("Content-Type", content_type)], body), *files])


def _content_type(attachment: Attachment) -> str:
    params = "".join(f"; {_checked(_PARAMETER, k)}={_checked(_PARAMETER, v)}" for k, v in attachment.params)
    return _checked(_MEDIA_TYPE, attachment.media_type) + params


def _mailbox(sender: Sender) -> str:
    address = _checked(_SPEC, sender.address)
    return f"{encode_phrase(sender.name)}{CRLF} <{address}>" if sender.name else address


def _unsubscribe(address: str) -> str:
    # Whole, and on one line, whatever its length: Gmail and Outlook do not put an address together again (RFC 8058).
    ensure_fit_for_header(address)
    if len(address) > LONGEST_UNSUBSCRIBE or not re.fullmatch(r"https?://[!-;=?-~]+", address):
        raise BrokenLetter(f"a List-Unsubscribe address has at most {LONGEST_UNSUBSCRIBE} characters")
    fits = len("List-Unsubscribe: <>") + len(address) <= GOAL_WIDTH
    return f"<{address}>" if fits else f"{CRLF} <{address}>"


def _checked(shape: re.Pattern[str], value: str) -> str:
    ensure_fit_for_header(value)
    if not shape.fullmatch(value):
        raise BrokenLetter(f"{value[:40]!r} has not the shape its header needs")
    return value
