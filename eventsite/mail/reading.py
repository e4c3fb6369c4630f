"""A finished letter taken apart again, to be shown: its headers, its two bodies, its files."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass(frozen=True, slots=True)
class File:
    """Something that came along with a letter."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter as its reader gets it. `headers` are decoded, in the order of the letter."""

    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    files: tuple[File, ...]

    def header(self, name: str) -> str:
        """A header by its name in any case; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def read_letter(content: bytes) -> ReadLetter:
    """Take apart any RFC 5322 message; what is missing comes back empty."""
    message = message_from_bytes(content, policy=policy.default)
    return ReadLetter(
        headers=tuple((name, str(value)) for name, value in message.items()),
        text=_body(message, "plain"),
        html=_body(message, "html"),
        files=tuple(_file(part) for part in message.walk() if _is_file(part)),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _is_file(part: EmailMessage) -> bool:
    # A calendar object among the alternatives has no file name, yet whoever looks at a letter wants to see it.
    return not part.is_multipart() and (part.is_attachment() or part.get_content_type() == "text/calendar")


def _file(part: EmailMessage) -> File:
    content = part.get_payload(decode=True)
    name = part.get_filename() or ("calendar.ics" if part.get_content_type() == "text/calendar" else "file")
    return File(name, part.get_content_type(), content if isinstance(content, bytes) else b"")
