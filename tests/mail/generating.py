"""Letters as nasty as people, and programs, can make them; and what each of them must be once it is finished."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, select_autoescape

from eventsite.errors import Refusal
from eventsite.mail.addresses import normalise_address
from eventsite.mail.letters import Attachment, Invitation, Letter, Sender, finish, render_letter
from tests.mail.plain_reader import read

MESSAGE_ID = "<0123456789abcdef@events.example.org>"
ALWAYS = ["From", "To", "Subject", "Date", "Message-ID"]
SENT_BY_A_PROGRAM = ["MIME-Version", "Content-Language", "Auto-Submitted", "X-Auto-Response-Suppress"]
ONE_CLICK = ["List-Unsubscribe", "List-Unsubscribe-Post"]
TEMPLATES = Environment(
    loader=DictLoader(
        {
            "room/letters/any/subject.txt": "About {{ name }}\n",
            "room/letters/any/body.txt": "Dear {{ name }},\n\n{{ said }}\n",
            "room/letters/any/body.html": "<title>{{ subject }}</title><p>Dear {{ name }},<p>{{ said }}",
        }
    ),
    autoescape=select_autoescape(["html"]),
)

_ATTACKS = st.sampled_from(
    [
        "\r\nBcc: mallory@evil.example",
        "\nTo: mallory@evil.example",
        "\r\n\r\n<script>",
        "=?utf-8?q?a=0D=0ABcc:_m@evil.example?=",
        "=?iso-8859-1?b?DQpCY2M6IGVAeA==?= ",
        "\x00\x0b\x0c\x1c\x85\u2028\u2029",
        '", <mallory@evil.example>, "',
        "\r\n.\r\nMAIL FROM:<mallory@evil.example>\r\n",
        "--=_a0123456789abcdef01--\r\n",
        "\u202eelpmaxe\u202c 👩‍⚕️ e\u0301 ﷽ ",
        "word " * 60,
        "x" * 400,
        "=3D=\r\n=20 \t\r\n",
    ]
)
_WORDS = st.text(st.characters(codec="utf-8"), max_size=60)
NASTY = st.lists(st.one_of(_WORDS, _WORDS, _ATTACKS), max_size=5).map("".join)
_NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=90)
_ATOMS = st.text("abcxyzABC0123456789!#$%&'*+-/=?^_`{|}~.", min_size=1, max_size=30)
_DOMAINS = st.sampled_from(
    [
        "trust.example",
        "NHS.Example",
        "exämple.org",
        "straße.example",
        "日本語.example",
        "a-b.c.example",
        "xn--p1ai.example",
    ]
)
TYPED = st.one_of(
    st.builds("{}@{}".format, _ATOMS, _DOMAINS),
    st.builds('"{}" <{}@{}>'.format, _WORDS, _ATOMS, _DOMAINS),
    st.builds("{}@{}{}".format, _ATOMS, _DOMAINS, _ATTACKS),
)
_FILES = st.builds(
    Attachment,
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", fullmatch=True),
    st.sampled_from(["text/calendar", "application/pdf"]),
    st.binary(max_size=300),
)
_INVITATIONS = st.builds(Invitation, st.sampled_from(["REQUEST", "CANCEL"]), st.binary(max_size=300), st.booleans())
_MESSAGE_IDS = st.from_regex(r"<[0-9a-z]{16}@events\.example\.org>", fullmatch=True)


@dataclass(frozen=True)
class Written:
    """A letter, whom it is from and when, and its finished bytes; no bytes where it was refused in words."""

    letter: Letter
    sender: Sender
    date: datetime
    content: bytes


@st.composite
def letters(draw: st.DrawFn) -> Written | None:
    """Any letter; None where an address or a header was refused."""
    try:
        to = str(normalise_address(draw(TYPED)))
        subject, text, html = render_letter(TEMPLATES, "room/letters/any", {"name": draw(NASTY), "said": draw(NASTY)})
        letter = Letter(
            kind="room/any",
            to=to,
            subject=subject,
            text=text,
            html=html,
            attachments=tuple(draw(st.lists(_FILES, max_size=2))),
            invitation=draw(st.none() | _INVITATIONS),
            in_reply_to=draw(st.just("") | _MESSAGE_IDS),
            references=tuple(draw(st.lists(_MESSAGE_IDS, max_size=3))),
            unsubscribe=draw(st.just("") | st.from_regex(r"https://[a-z.]{4,200}/u/[0-9a-zA-Z_-]{38}", fullmatch=True)),
        )
        sender = Sender("events@events.example.org", draw(_NAMES), draw(st.just("") | st.just("office@example.org")))
        date = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 10**8)))
        return Written(letter, sender, date, finish(letter, sender=sender, message_id=MESSAGE_ID, date=date))
    except Refusal:
        return None


def ensure_as_meant(written: Written) -> None:
    """Reads the bytes with the standard library, and with a reader of our own, and compares all of it."""
    message = message_from_bytes(written.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    _ensure_headers(written, message)
    _ensure_bytes(written)
    _ensure_parts(written, message)


def intended_headers(letter: Letter, sender: Sender) -> list[str]:
    """The names that must be there, each once, and no others."""
    return [
        *ALWAYS,
        *(["Reply-To"] if sender.reply_to else []),
        *(["In-Reply-To"] if letter.in_reply_to else []),
        *(["References"] if letter.references else []),
        *SENT_BY_A_PROGRAM,
        *(ONE_CLICK if letter.unsubscribe else []),
        "Content-Type",
    ]


def _ensure_headers(written: Written, message: EmailMessage) -> None:
    letter, sender = written.letter, written.sender
    assert message.keys() == intended_headers(letter, sender)
    assert [name for name, _ in read(written.content).headers] == message.keys()
    assert [address.addr_spec for address in message["To"].addresses] == [letter.to]
    assert [address.addr_spec for address in message["From"].addresses] == [sender.address]
    assert str(message["Subject"]).split() == letter.subject.split()
    assert parsedate_to_datetime(message["Date"]) == written.date
    assert message["Message-ID"] == MESSAGE_ID
    assert (message["Reply-To"] or "") == sender.reply_to
    assert (message["In-Reply-To"] or "").strip() == letter.in_reply_to
    assert (message["References"] or "").split() == list(letter.references)
    assert (message["List-Unsubscribe"] or "").strip() == (f"<{letter.unsubscribe}>" if letter.unsubscribe else "")
    head = written.content.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    assert {line.partition(b":")[0] for line in head if b"=?" in line} <= {b"From", b"Subject"}


def _ensure_bytes(written: Written) -> None:
    lines = written.content.split(b"\r\n")
    assert written.content.isascii()
    assert written.content.count(b"\n") == written.content.count(b"\r") == len(lines) - 1
    assert max(len(line) for line in lines if not line.startswith(b" <https://")) <= 78


def _ensure_parts(written: Written, message: EmailMessage) -> None:
    letter = written.letter
    files = [attachment.content for attachment in letter.attachments]
    kinds = ["text/plain", "text/html"]
    if letter.invitation:
        kinds.append("text/calendar")
        files += [letter.invitation.content] if letter.invitation.as_file else []
    leaves = [part for part in message.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in leaves[: len(kinds)]] == kinds
    assert [part.get_payload(decode=True) for part in leaves[len(kinds) :]] == files
    assert _lines(leaves[0].get_payload(decode=True)) == _lines(letter.text.encode())
    assert _lines(leaves[1].get_payload(decode=True)) == _lines(letter.html.encode())
    if letter.invitation:
        assert leaves[2].get_payload(decode=True) == letter.invitation.content
        assert leaves[2]["Content-Type"].params["method"] == letter.invitation.method


def _lines(content: object) -> list[str]:
    """What a reader sees: blanks at the ends of lines, and empty lines at the end, are nothing."""
    assert isinstance(content, bytes)
    text = content.decode().replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).rstrip("\n").split("\n")
