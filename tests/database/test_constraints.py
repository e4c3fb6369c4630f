"""Composite constraints mean the same on both engines, though SQLite has to be told in other words."""

import pytest

from eventsite.database import is_unique_violation, savepoint, transaction
from eventsite.database.constraints import translate
from tests.database.things import Shelf, Thing


async def refusal_of(thing: Thing) -> Exception:
    with pytest.raises(Exception) as refused:
        async with transaction(), savepoint():
            await thing.save()
    return refused.value


@pytest.mark.usefixtures("things")
async def test_a_combination_comes_once() -> None:
    top, bottom = Shelf(name="top"), Shelf(name="bottom")
    await Shelf.insert(top, bottom)
    await Thing(name="cup", shelf=top.id).save()
    await Thing(name="cup", shelf=bottom.id).save()
    assert is_unique_violation(await refusal_of(Thing(name="cup", shelf=top.id)))


@pytest.mark.usefixtures("things")
async def test_a_check_holds_for_new_rows_and_for_changes() -> None:
    refused = await refusal_of(Thing(name="cup", amount=-1))
    assert not is_unique_violation(refused)
    await Thing(name="cup", amount=0).save()
    with pytest.raises(Exception, match="amount_is_not_negative"):
        await Thing.update({Thing.amount: -5}).where(Thing.name == "cup")
    assert await Thing.select(Thing.amount) == [{"amount": 0}]


@pytest.mark.usefixtures("things")
async def test_a_dropped_constraint_no_longer_holds() -> None:
    await Thing.alter().drop_constraint("amount_is_not_negative")
    await Thing.alter().drop_constraint("one_name_a_shelf")
    shelf = Shelf(name="top")
    await shelf.save()
    await Thing.insert(Thing(name="cup", shelf=shelf.id, amount=-1), Thing(name="cup", shelf=shelf.id))
    assert await Thing.count() == 2


@pytest.mark.usefixtures("things")
async def test_on_conflict_finds_the_combination() -> None:
    shelf = Shelf(name="top")
    await shelf.save()
    for amount in (1, 2):
        await Thing.insert(Thing(name="cup", shelf=shelf.id, amount=amount)).on_conflict(
            target=(Thing.name, Thing.shelf), action="DO UPDATE", values=[Thing.amount]
        )
    assert await Thing.select(Thing.name, Thing.amount) == [{"name": "cup", "amount": 2}]


def test_a_check_speaks_of_the_new_row_but_not_inside_text() -> None:
    insert, update = translate(
        "ALTER TABLE \"cup\" ADD CONSTRAINT \"ok\" CHECK (length(kind) > 0 AND kind <> 'it''s kind')", {"cup": ["kind"]}
    )
    condition = """(length(NEW."kind") > 0 AND NEW."kind" <> 'it''s kind') IS FALSE"""
    assert f'CREATE TRIGGER "ok_insert" BEFORE INSERT ON "cup" WHEN {condition} ' in insert
    assert f'CREATE TRIGGER "ok_update" BEFORE UPDATE ON "cup" WHEN {condition} ' in update


def test_what_sqlite_cannot_keep_is_refused() -> None:
    with pytest.raises(ValueError, match="no counterpart"):
        translate("ALTER TABLE cup ADD CONSTRAINT c EXCLUDE USING gist (a WITH =)", {})
    with pytest.raises(ValueError, match="NULLs"):
        translate("ALTER TABLE cup ADD CONSTRAINT c UNIQUE NULLS NOT DISTINCT (a)", {})


def test_other_statements_are_left_as_they_are() -> None:
    assert translate("ALTER TABLE cup ADD COLUMN a TEXT", {}) == ["ALTER TABLE cup ADD COLUMN a TEXT"]
