"""What no browser sends: bytes straight onto the wire of a real server, which answers, keeps its size and goes on."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from tests.servers import ServerProcess, servers

FORM = b"Host: events.example.org\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /interest HTTP/1.1\r\n" + FORM
CHUNK = b"x" * 65_536
SIXTY_MEGABYTES = 60_000_000
MANY = SIXTY_MEGABYTES // len(CHUNK)
FAST = 5.0
MORE = 16  # megabytes by which a server may grow


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def one(migrated: None, database_url: str) -> AsyncIterator[ServerProcess]:
    async with servers(1, database_url) as (running,):
        async with httpx2.AsyncClient() as reader:
            await reader.get(running.address)
        yield running


async def answer_to(server: ServerProcess, start: bytes, rest: Iterable[bytes] = ()) -> tuple[int, bytes]:
    """The status and the whole answer; the rest is sent for as long as the server takes it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(server.address.rpartition(":")[2]))
    try:
        async with asyncio.timeout(FAST):
            await _send(writer, start, rest)
            said = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"\r\ncontent-length: (\d+)", said)
            said += await reader.readexactly(int(length[1])) if length else b""
    finally:
        writer.close()
    return int(said.split(b" ", 2)[1]), said


async def _send(writer: asyncio.StreamWriter, start: bytes, rest: Iterable[bytes]) -> None:
    try:
        for part in (start, *rest):
            writer.write(part)
            await writer.drain()
    except ConnectionError:
        return


def megabytes(server: ServerProcess) -> int:
    """The resident memory of a server."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


def is_in_words(said: bytes) -> bool:
    return b"Traceback" not in said and (b"<!doctype html>" in said or b"Invalid HTTP request" in said)


@pytest.mark.parametrize("path", [b"/interest", b"/complaints", b"/my", b"/organise/writeups/import"])
async def test_sixty_megabytes_are_refused_fast_and_kept_nowhere(one: ServerProcess, path: bytes) -> None:
    before, begun = megabytes(one), time.perf_counter()
    start = b"POST %b HTTP/1.1\r\n" % path + FORM
    announced, _ = await answer_to(one, start + b"Content-Length: %d\r\n\r\n" % SIXTY_MEGABYTES, [CHUNK] * MANY)
    pieces = [b"%x\r\n%b\r\n" % (len(CHUNK), CHUNK)] * MANY
    chunked, said = await answer_to(one, start + b"Transfer-Encoding: chunked\r\n\r\n", pieces)
    assert announced == 413
    assert chunked == (403 if path.startswith(b"/organise") else 413)
    assert is_in_words(said)
    assert time.perf_counter() - begun < FAST
    assert megabytes(one) - before < MORE


async def test_who_asks_before_sending_is_told_before_sending(one: ServerProcess) -> None:
    status, _ = await answer_to(one, POST + b"Expect: 100-continue\r\nContent-Length: 60000000\r\n\r\n")
    assert status == 413


@pytest.mark.parametrize(
    "request_",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"BREW /tea HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nNo colon here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        POST + b"Content-Length: -5\r\n\r\nabcdef",
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: x\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    ],
    ids=lambda request: request[:60].decode("latin-1"),
)
async def test_what_is_not_http_is_refused(one: ServerProcess, request_: bytes) -> None:
    status, said = await answer_to(one, request_)
    assert (status, is_in_words(said)) == (400, True), said


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"TRACE / HTTP/1.1\r\nHost: x\r\nCookie: a=secret\r\n\r\n", 405),
        (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        (b"GET http://evil.example/nothing/ HTTP/1.1\r\nHost: evil.example\r\n\r\n", 404),
        (b"PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n", 405),
    ],
)
async def test_what_the_site_does_not_do_it_says_in_words(one: ServerProcess, request_: bytes, expected: int) -> None:
    status, said = await answer_to(one, request_)
    assert (status, is_in_words(said)) == (expected, True)
    assert b"secret" not in said
    assert b"evil" not in said


@pytest.mark.parametrize(
    "fields",
    [
        b"X-Long: " + b"a" * 1_000_000 + b"\r\n",
        b"".join(b"X-%d: a\r\n" % number for number in range(10_000)),
        b"Cookie: " + b"a=b; " * 50_000 + b"\r\n",
        b"Accept-Encoding: " + b"gzip;q=0, " * 50_000 + b"\r\n",
        b"If-None-Match: " + b'"x", ' * 50_000 + b"\r\n",
        b"Accept-Language: " + b"en;q=0.1, " * 50_000 + b"\r\n",
        b"Host: \xff\xfe\r\nX-Odd: \xc3\x28\r\n",
    ],
    ids=lambda fields: fields[:20].decode("latin-1"),
)
async def test_fields_of_any_size_and_number_keep_nobody_else_waiting(one: ServerProcess, fields: bytes) -> None:
    before = megabytes(one)
    status, said = await answer_to(one, b"GET / HTTP/1.1\r\n" + fields + b"\r\n")
    assert status in {200, 400, 431}
    assert b"Traceback" not in said
    assert megabytes(one) - before < MORE
    assert (await answer_to(one, b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"))[0] == 200


async def test_who_hangs_up_in_the_middle_of_a_form_is_no_fault_of_ours(database: None, database_url: str) -> None:
    async with servers(1, database_url) as (running,):
        _, writer = await asyncio.open_connection("127.0.0.1", int(running.address.rpartition(":")[2]))
        writer.write(POST + b"Content-Length: 60\r\n\r\nname=Ann")
        await writer.drain()
        await asyncio.sleep(0.2)
        writer.close()
        await writer.wait_closed()
        assert (await answer_to(running, b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"))[0] == 200
        running.process.terminate()
        said, _ = await running.process.communicate()
    assert b"Traceback" not in said, said.decode()
