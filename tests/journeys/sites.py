"""Sites as an operator starts them: commands in processes of their own, on free ports, with letters to be read."""

import asyncio
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from eventsite.settings import Settings

SECRET = "a secret of the journeys, long enough to be one"
SECONDS_TO_START = 30


@dataclass(frozen=True)
class Site:
    """A running site: where it is, and the environment in which its operator gives commands."""

    url: str
    environment: dict[str, str]
    letters: Callable[[], list[EmailMessage]]
    password: str = ""

    def run(self, *words: str) -> str:
        """Gives a command (`eventsite …`) on this site's database; returns what it prints, or fails."""
        command = [sys.executable, "-m", "eventsite", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def letter(self, to: str, about: str, *, within: float = 2) -> EmailMessage:
        """The newest letter to an address with these words in its subject, once it lies in the mailbox."""
        last = time.monotonic() + within
        while True:
            found = [letter for letter in self.letters() if letter["To"] == to and about in letter["Subject"]]
            if found:
                return found[-1]
            assert time.monotonic() < last, f"no letter to {to} about {about!r} within {within} seconds"
            time.sleep(0.05)


@contextlib.contextmanager
def demonstration(folder: Path, database_url: str | None) -> Iterator[Site]:
    """`eventsite demo`, with nothing configured but perhaps a database."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    named = {"DATABASE_URL": database_url} if database_url else {}
    with running(["demo", "--port", str(port), "--data", str(folder)], folder, plain_environment(**named), url):
        environment = plain_environment(
            DATABASE_URL=database_url or f"sqlite:///{folder}/eventsite.sqlite",
            SITE_URL=url,
            SECRET_KEY=(folder / "secret").read_text().strip(),
            MAIL_FROM="events@hpn.example",
        )
        yield Site(url, environment, lambda: caught(url), (folder / "organiser-password").read_text().strip())


@contextlib.contextmanager
def deployment(folder: Path, database_url: str | None) -> Iterator[Site]:
    """A new deployment: an empty database, `migrate`, then `serve`, and a mail server to take its letters."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with mail_server() as catcher:
        environment = plain_environment(
            DATABASE_URL=database_url or f"sqlite:///{folder}/eventsite.sqlite",
            SITE_URL=url,
            SECRET_KEY=SECRET,
            SMTP_URL=f"smtp://127.0.0.1:{catcher.port}",
            MAIL_FROM="events@events.example.org",
        )
        site = Site(url, environment, catcher.read)
        site.run("migrate")
        with running(["serve", "--port", str(port)], folder, environment, url):
            yield site


@contextlib.contextmanager
def running(words: list[str], folder: Path, environment: dict[str, str], url: str) -> Iterator[None]:
    """A command that runs for as long as the block lasts. Entered when it answers."""
    with (folder / "output").open("w+") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "eventsite", *words], env=environment, cwd=folder, stdout=output, stderr=output
        )
        try:
            wait_for(url + "/livez", process, folder / "output")
            yield
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    """Returns once the address answers; fails with what the process said."""
    last = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < last:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.05)
    raise AssertionError(f"{address} does not answer: {output.read_text()}")


def plain_environment(**named: str) -> dict[str, str]:
    """What a command finds around it: of the project's own settings only those that are named."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in Settings.model_fields}
    return {**kept, **named}


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def caught(url: str) -> list[EmailMessage]:
    """Every letter in a demonstration's mailbox, the oldest first."""
    listed = json.loads(_bytes_at(f"{url}/dev/mailbox.json"))
    in_order = sorted(listed, key=lambda line: str(line["received_at"]))
    return [_letter(_bytes_at(f"{url}/dev/mailbox/{line['id']}.eml")) for line in in_order]


@dataclass
class Catcher:
    """A mail server's memory."""

    port: int
    contents: list[bytes] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.original_content, bytes)
        self.contents.append(envelope.original_content)
        return "250 OK"

    def read(self) -> list[EmailMessage]:
        """Every letter, the oldest first."""
        return [_letter(content) for content in self.contents]


@contextlib.contextmanager
def mail_server() -> Iterator[Catcher]:
    """A mail server on this machine, in a thread of its own."""
    catcher = Catcher(free_port())
    controller = Controller(catcher, hostname="127.0.0.1", port=catcher.port)
    controller.start()
    try:
        yield catcher
    finally:
        controller.stop()


@contextlib.contextmanager
def own_database(server_url: str, name: str) -> Iterator[str]:
    """A new PostgreSQL database beside the one that is named, for as long as the block lasts."""
    _command(server_url, f"CREATE DATABASE {name}")
    try:
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
    finally:
        _command(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def _command(server_url: str, statement: str) -> None:
    # In a thread: while Playwright lives, this one has a running event loop.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, _execute(server_url, statement)).result()


async def _execute(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(server_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def text_of(letter: EmailMessage) -> str:
    """A letter's plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    """A letter's HTML."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def calendars_of(letter: EmailMessage) -> list[bytes]:
    """The calendar files attached to a letter."""
    contents = [part.get_payload(decode=True) for part in letter.iter_attachments()]
    return [content for content in contents if isinstance(content, bytes)]


def link_in(letter: EmailMessage, path: str) -> str:
    """The address in a letter's text whose path starts like this."""
    found = re.search(rf"https?://[^/\s]+{re.escape(path)}\S*", text_of(letter))
    assert found, f"no link to {path} in: {text_of(letter)}"
    return found[0]


def _letter(content: bytes) -> EmailMessage:
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def _bytes_at(address: str) -> bytes:
    with urllib.request.urlopen(address) as answer:
        content: bytes = answer.read()
        return content
