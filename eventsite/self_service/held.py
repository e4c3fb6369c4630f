"""What is held on one address: found through the list in `people.holdings`, whatever room the rows are in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsite.database import execute, for_update
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import By, Holding

Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """Somebody as the tables know them. `address_key` is the address casefolded; ids are None where there is no row."""

    address_key: str
    person_id: str | None
    organiser_id: str | None

    def value(self, by: By) -> str | None:
        """What their rows are found by, in a column that leads to them in this way."""
        return {By.PERSON: self.person_id, By.ADDRESS: self.address_key, By.ORGANISER: self.organiser_id}.get(by)


@dataclass(frozen=True)
class Held:
    """The rows held on somebody, by holding, in the order of the list. Holdings without a row are left out."""

    subject: Subject
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        """The ids of all of them."""
        return [row["id"] for rows in self.rows.values() for row in rows]


async def find_subject(address_key: str, *, lock: bool = False) -> Subject:
    """Who an address (casefolded) is. With `lock`, inside a transaction, nobody can add rows to them meanwhile."""
    locked = for_update() if lock else ""
    person = await execute("SELECT id FROM person WHERE email_key = {}" + locked, address_key)  # noqa: S608 -- our own text
    organiser = await execute("SELECT id FROM organiser WHERE email_key = {}", address_key)
    return Subject(address_key, _id(person), _id(organiser))


async def find_held(address_key: str) -> Held:
    """Everything held on an address, and the ledger's lines about it."""
    held = Held(await find_subject(address_key))
    for holding in HOLDINGS:
        rows = await _rows(holding, held)
        if rows:
            held.rows[holding.table] = rows
    return held


async def _rows(holding: Holding, held: Held) -> list[Row]:
    if holding.found is None:
        return []
    column, by = holding.found
    values = held.ids if by is By.ROWS else [held.subject.value(by)]
    return await _select(holding, column, [value for value in values if value is not None])


async def _select(holding: Holding, column: str, values: Sequence[str]) -> list[Row]:
    if not values:
        return []
    columns, places = ", ".join(holding.columns), ", ".join("{}" for _ in values)
    names = f"SELECT {columns} FROM {holding.table} WHERE {column} IN ({places})"  # noqa: S608 -- names from our own list
    return await execute(f"{names} ORDER BY id", *values)


def _id(rows: Sequence[Row]) -> str | None:
    return rows[0]["id"] if rows else None
