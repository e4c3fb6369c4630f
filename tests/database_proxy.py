"""A way to PostgreSQL that can be cut: a socket in a folder of its own, behind which the real server lies."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

SOCKET = ".s.PGSQL.5432"
Pair = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Way:
    """The way itself. `url` is the address of the database at its near end."""

    url: str
    folder: Path
    there: str
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    listening: asyncio.Server | None = None

    async def open(self) -> None:
        """Lets connections through."""
        self.listening = await asyncio.start_unix_server(self._carry, self.folder / SOCKET)

    async def cut(self) -> None:
        """Ends every connection and lets no new one through."""
        if self.listening is not None:
            self.listening.close()
        (self.folder / SOCKET).unlink(missing_ok=True)
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await self._connect()
        self.writers |= {writer, there_writer}
        await asyncio.gather(_pour(reader, there_writer), _pour(there_reader, writer))

    async def _connect(self) -> Pair:
        parts = urlsplit(self.there)
        host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
        if host.startswith("/"):
            return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{parts.port or 5432}")
        return await asyncio.open_connection(host, parts.port or 5432)


@asynccontextmanager
async def way_to(database_url: str) -> AsyncIterator[Way]:
    """An open way to the database of an address."""
    parts = urlsplit(database_url)
    who = parts.netloc.rpartition("@")[0] or "postgres"
    # Not in the test's own folder: the name of a socket may have a hundred characters at most.
    with tempfile.TemporaryDirectory(prefix="way-") as folder:
        way = Way(f"postgresql://{who}@{parts.path}?host={quote(folder, safe='')}", Path(folder), database_url)
        await way.open()
        try:
            yield way
        finally:
            await way.cut()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    writer.close()
