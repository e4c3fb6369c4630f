"""The floor: bare Starlette routes that return the same bytes, and one that parses the form and writes the same rows.

Run by uvicorn as `tests.benchmarks.bare:app`. FIXTURES names a folder with the bytes, DATABASE_URL the database.
"""

import asyncio
import os
import queue
import secrets
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

FIXTURES = Path(os.environ["FIXTURES"])
URL = os.environ["DATABASE_URL"]
SHARES_COMMITS = bool(os.environ.get("SHARES_COMMITS"))
LETTER = (FIXTURES / "letter.eml").read_bytes()
STATEMENTS = {
    "throttle_bucket": "key used ends_at",
    "person": "email email_key name job_title organisation link_version created_at updated_at",
    "interest": "person event state registered_at changed_at",
    "ledger_entry": "at actor deed subject subject_id details",
    "outbox_letter": "key kind message_id sender recipient recipient_key subject content cause state due_at attempts "
    "uncertain created_at",
}


def rows_of(form: Any) -> list[tuple[str, tuple[object, ...]]]:
    """The rows an interest in two events makes: table by table, each with an id of its own."""
    now: Any = datetime.now(UTC) if URL.startswith("postgres") else datetime.now(UTC).isoformat()
    person, email = secrets.token_hex(8), str(form["email"])
    said = (email, email, str(form["name"]), str(form["job_title"]), str(form["organisation"]))
    events = os.environ["EVENTS"].split(",")
    message_id = f"<{secrets.token_hex(8)}@example.org>"
    envelope = (message_id, "events@example.org", email, email, "Your interest", LETTER, "visitor", "waiting")
    return [
        *(("throttle_bucket", (secrets.token_hex(8), secrets.token_hex(32), 1, now)) for _ in range(2)),
        ("person", (person, *said, 0, now, now)),
        *(("interest", (secrets.token_hex(8), person, event, "interested", now, now)) for event in events),
        ("ledger_entry", (secrets.token_hex(8), now, "visitor", "interest.registered", "person", person, "{}")),
        ("outbox_letter", (secrets.token_hex(8), person, "interest/received", *envelope, now, 0, False, now)),
    ]


def insert(table: str, mark: str) -> str:
    """The INSERT of a table, with `?` or `$1` for its values."""
    columns = ["id", *STATEMENTS[table].split()]
    marks = [mark if mark == "?" else f"${number}" for number in range(1, len(columns) + 1)]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(marks)})"


class SqliteWriter:
    """One thread with one connection, FULL durability: a commit a form, or one for all that wait."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.waiting: queue.Queue[tuple[Any, asyncio.Future[None]]] = queue.Queue()
        self.inserts = {table: insert(table, "?") for table in STATEMENTS}
        threading.Thread(target=self.work, daemon=True).start()

    async def write(self, rows: Any) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.put((rows, done))
        await done

    def work(self) -> None:
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=15)
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON")
        while True:
            batch = [self.waiting.get()]
            while SHARES_COMMITS and not self.waiting.empty() and len(batch) < 32:
                batch.append(self.waiting.get())
            fault = self.commit(connection, [rows for rows, _ in batch])
            for _, done in batch:
                done.get_loop().call_soon_threadsafe(
                    *((done.set_exception, fault) if fault else (done.set_result, None))
                )

    def commit(self, connection: sqlite3.Connection, batch: list[Any]) -> Exception | None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            for rows in batch:
                for table, values in rows:
                    connection.execute(self.inserts[table], values)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            connection.execute("ROLLBACK")
            return error
        return None


class PostgresWriter:
    """A pool of eight connections, one transaction a form."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.inserts = {table: insert(table, "$") for table in STATEMENTS}

    async def write(self, rows: Any) -> None:
        async with self.pool.acquire() as connection, connection.transaction():
            for table, values in rows:
                await connection.execute(self.inserts[table], *values)


@asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Opens the database with its bare driver."""
    if URL.startswith("sqlite"):
        app.state.writer = SqliteWriter(URL.removeprefix("sqlite:///"))
        yield
    else:
        async with asyncpg.create_pool(URL, min_size=8, max_size=8) as pool:
            app.state.writer = PostgresWriter(pool)
            yield


async def register(request: Request) -> Response:
    """The same form, the same rows, the same answer."""
    await request.app.state.writer.write(rows_of(await request.form()))
    return RedirectResponse("/interest/thanks", status_code=303)


def fixed(name: str, media_type: str) -> Route:
    """A route that returns the bytes of a file."""
    body = (FIXTURES / name).read_bytes()

    async def answer(request: Request) -> Response:
        return Response(body, media_type=media_type)

    return Route(f"/{name}", answer)


app = Starlette(
    routes=[
        fixed("writeup", "text/html"),
        fixed("event", "text/html"),
        fixed("calendar", "text/calendar"),
        Route("/interest", register, methods=["POST"]),
    ],
    lifespan=lifespan,
)
