"""Which statements ran: for tests that hold a page to a fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recorded: ContextVar[list[str] | None] = ContextVar("recorded_statements", default=None)


@contextmanager
def recorded_statements() -> Iterator[list[str]]:
    """Collect the SQL text of every statement that this task, and tasks it starts, send while the block lasts."""
    statements: list[str] = []
    token = _recorded.set(statements)
    try:
        yield statements
    finally:
        _recorded.reset(token)


def record(statement: str) -> None:
    """Note a statement for whoever is recording."""
    statements = _recorded.get()
    if statements is not None:
        statements.append(statement)
