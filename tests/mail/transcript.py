"""A mail server that says just what it is told to, and writes down every line it hears."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

USUAL = {"EHLO": "250 mail.localhost", "DATA": "354 go on", "QUIT": "221 goodbye", "AUTH": "235 welcome"}


@dataclass
class Transcript:
    """Where the server listens, and all it has heard: commands, then the lines of letters up to the dot."""

    port: int = 0
    heard: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def commands(self, verb: str) -> list[str]:
        """Those that begin with a verb."""
        return [line for line in self.heard if line.upper().startswith(verb)]


@asynccontextmanager
async def transcript(
    *, extensions: tuple[str, ...] = (), answer: Callable[[str], str | None] = lambda line: None, drip: float = 0
) -> AsyncIterator[Transcript]:
    """A server with these lines in its answer to EHLO. `answer` may say something else than usual to a line.

    With `drip` it takes so many seconds for each octet of an answer to a recipient.
    """
    record = Transcript()
    greeting = "".join(f"250-{each}\r\n" for each in ("mail.localhost", *extensions)) + "250 HELP"

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.localhost\r\n")
        try:
            while raw := await reader.readline():
                line = raw.decode().rstrip("\r\n")
                record.heard.append(line)
                verb = line[:4].upper()
                reply = answer(line) or (greeting if verb == "EHLO" else USUAL.get(verb, "250 fine"))
                await say(writer, reply, drip if verb == "RCPT" else 0)
                if verb == "DATA" and reply.startswith("354"):
                    await take_letter(reader, record)
                    writer.write(b"250 taken\r\n")
                if verb == "QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    record.port = server.sockets[0].getsockname()[1]
    try:
        yield record
    finally:
        server.close()


async def say(writer: asyncio.StreamWriter, reply: str, drip: float) -> None:
    text = f"{reply}\r\n".encode()
    if not drip:
        writer.write(text)
        return
    for octet in text:
        writer.write(bytes([octet]))
        await writer.drain()
        await asyncio.sleep(drip)


async def take_letter(reader: asyncio.StreamReader, record: Transcript) -> None:
    while (line := (await reader.readline()).decode().rstrip("\r\n")) != ".":
        record.heard.append(line)
