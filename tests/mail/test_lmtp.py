"""Mail servers hand over by LMTP: each recipient is answered, strangers' mail is refused, trouble means "later"."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from eventsite.mail.inbound import LARGEST_MESSAGE
from eventsite.mail.lmtp import ensure_can_listen, lmtp_listener
from tests.servers import free_port

ANN, BEN = "rsvp+ann@events.example.org", "rsvp+ben@events.example.org"


@dataclass
class Door:
    """Whom we take mail for, and what has come. `trouble` is for whom something goes wrong."""

    port: int
    arrived: list[tuple[bytes, str]] = field(default_factory=list)
    trouble: set[str] = field(default_factory=set)

    def accepts(self, address: str) -> bool:
        return address in {ANN, BEN}

    async def deliver(self, content: bytes, address: str) -> None:
        if address in self.trouble:
            raise RuntimeError("the database is away")
        self.arrived.append((content, address))


class Client:
    """A mail server that speaks to us, line by line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def hears(self, replies: int = 1) -> list[str]:
        """So many replies, those of several lines as one."""
        heard: list[str] = []
        while len(heard) < replies:
            line = (await asyncio.wait_for(self.reader.readline(), 10)).decode().rstrip("\r\n")
            if line[3:4] != "-":
                heard.append(line)
        return heard

    async def says(self, line: str, replies: int = 1) -> list[str]:
        self.writer.write(line.encode() + b"\r\n")
        await self.writer.drain()
        return await self.hears(replies)

    async def sends(self, content: bytes, *recipients: str) -> list[str]:
        """Hands one message over; the answers after its end."""
        await self.says("MAIL FROM:<>")
        for recipient in recipients:
            await self.says(f"RCPT TO:<{recipient}>")
        assert (await self.says("DATA"))[0].startswith("354")
        self.writer.write(content + b"\r\n")
        return await self.says(".", len(recipients))


@asynccontextmanager
async def client(address: str | tuple[str, int]) -> AsyncIterator[Client]:
    opened = asyncio.open_unix_connection(address) if isinstance(address, str) else asyncio.open_connection(*address)
    reader, writer = await opened
    try:
        speaker = Client(reader, writer)
        assert (await speaker.hears())[0].startswith("220")
        await speaker.says("LHLO mx.example.org")
        yield speaker
    finally:
        writer.close()


@pytest_asyncio.fixture(loop_scope="session")
async def door() -> AsyncIterator[Door]:
    door = Door(free_port())
    async with lmtp_listener(("127.0.0.1", door.port), accepts=door.accepts, deliver=door.deliver):
        yield door


async def test_a_message_is_taken_in_as_it_came(door: Door) -> None:
    content = b"Subject: x\r\n\r\n..a dot first\r\nand \xff\r\n"
    async with client(("127.0.0.1", door.port)) as mx:
        assert await mx.sends(content.removesuffix(b"\r\n"), ANN) == ["250 2.0.0 Taken in"]
    assert door.arrived == [(content.replace(b"\r\n..", b"\r\n."), ANN)]


async def test_only_addresses_of_ours_are_taken(door: Door) -> None:
    async with client(("127.0.0.1", door.port)) as mx:
        await mx.says("MAIL FROM:<mallory@evil.example>")
        for stranger in ("mallory@evil.example", "postmaster@events.example.org", "rsvp+forged@events.example.org"):
            assert await mx.says(f"RCPT TO:<{stranger}>") == ["550 5.1.1 There is no such address here"]
        assert (await mx.says("DATA"))[0].startswith("503")
    assert door.arrived == []


async def test_each_recipient_is_answered_in_turn(door: Door) -> None:
    door.trouble.add(ANN)
    async with client(("127.0.0.1", door.port)) as mx:
        assert await mx.sends(b"x", ANN, BEN) == ["451 4.3.0 Try again later", "250 2.0.0 Taken in"]
        # And the conversation goes on.
        assert await mx.sends(b"y", BEN) == ["250 2.0.0 Taken in"]
    assert [address for _, address in door.arrived] == [BEN, BEN]


async def test_r4_17_a_message_that_is_too_large_is_refused_for_each_recipient(door: Door) -> None:
    async with client(("127.0.0.1", door.port)) as mx:
        refused = await mx.sends(b"x" * 998 + (b"\r\n" + b"x" * 998) * (LARGEST_MESSAGE // 1000), ANN, BEN)
        assert refused == ["552 Error: Too much mail data"] * 2
        assert await mx.sends(b"small", BEN) == ["250 2.0.0 Taken in"]
    assert [content for content, _ in door.arrived] == [b"small\r\n"]


async def test_more_than_twenty_recipients_come_in_another_round(door: Door) -> None:
    async with client(("127.0.0.1", door.port)) as mx:
        await mx.says("MAIL FROM:<>")
        answers = [(await mx.says(f"RCPT TO:<{ANN}>"))[0][:3] for _ in range(21)]
    assert answers == ["250"] * 20 + ["452"]


@pytest.mark.parametrize("greeting", ["HELO", "EHLO"])
async def test_it_is_no_smtp_server(door: Door, greeting: str) -> None:
    async with client(("127.0.0.1", door.port)) as mx:
        assert (await mx.says(f"{greeting} mx.example.org"))[0].startswith("500")


async def test_it_ends_although_somebody_is_still_there() -> None:
    door = Door(free_port())
    async with lmtp_listener(("127.0.0.1", door.port), accepts=door.accepts, deliver=door.deliver):
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        await reader.readline()
    assert await asyncio.wait_for(reader.read(), 5) == b""
    writer.close()
    with pytest.raises(ConnectionError):
        await asyncio.open_connection("127.0.0.1", door.port)


async def test_two_workers_share_a_port() -> None:
    door, other = Door(free_port()), Door(0)
    address = ("127.0.0.1", door.port)
    async with (
        lmtp_listener(address, accepts=door.accepts, deliver=door.deliver),
        lmtp_listener(address, accepts=other.accepts, deliver=other.deliver),
        client(address) as mx,
    ):
        assert await mx.sends(b"x", ANN) == ["250 2.0.0 Taken in"]
    assert len(door.arrived + other.arrived) == 1


async def test_a_socket_is_one_that_another_user_may_use_and_is_gone_at_the_end(tmp_path: Path) -> None:
    door, path = Door(0), str(tmp_path / "lmtp")
    async with lmtp_listener(path, accepts=door.accepts, deliver=door.deliver), client(path) as mx:
        assert os.stat(path).st_mode & 0o777 == 0o666
        assert await mx.sends(b"x", ANN) == ["250 2.0.0 Taken in"]
    assert not os.path.exists(path)


async def test_a_worker_that_takes_over_a_socket_keeps_it_when_the_other_ends(tmp_path: Path) -> None:
    door, path = Door(0), str(tmp_path / "lmtp")
    async with AsyncExitStack() as other_worker:
        await other_worker.enter_async_context(lmtp_listener(path, accepts=door.accepts, deliver=door.deliver))
        async with lmtp_listener(path, accepts=door.accepts, deliver=door.deliver):
            await other_worker.aclose()
            async with client(path) as mx:
                assert await mx.sends(b"x", ANN) == ["250 2.0.0 Taken in"]


def test_where_nobody_can_listen_is_said_before(tmp_path: Path) -> None:
    ensure_can_listen(("127.0.0.1", free_port()))
    ensure_can_listen(str(tmp_path / "socket"))
    with pytest.raises(OSError, match="not there or not ours"):
        ensure_can_listen(str(tmp_path / "nowhere" / "socket"))
    with pytest.raises(OSError, match="annot assign requested address"):
        ensure_can_listen(("198.18.0.1", 2424))
