"""Piccolo's queries give the same rows on both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.database.things import Shelf, Thing

pytestmark = pytest.mark.usefixtures("things")

MOMENT = datetime(2027, 3, 10, 12, 30, 15, 123456, tzinfo=UTC)


async def test_a_saved_row_keeps_its_own_id_and_its_values() -> None:
    thing = Thing(name="cup", amount=3, broken=True, seen_at=MOMENT)
    chosen = thing.id
    await thing.save()
    assert thing.id == chosen
    assert await Thing.select().first() == {
        "id": chosen,
        "name": "cup",
        "shelf": None,
        "amount": 3,
        "broken": True,
        "note": "",
        "seen_at": MOMENT,
    }


async def test_a_moment_from_another_zone_is_the_same_moment() -> None:
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=5)))
    await Thing(name="cup", seen_at=elsewhere).save()
    found = await Thing.objects().get(Thing.seen_at == elsewhere)
    assert found is not None
    assert found.seen_at == MOMENT
    assert found.seen_at.utcoffset() == timedelta(0)


async def test_saving_again_changes_the_row() -> None:
    thing = Thing(name="cup")
    await thing.save()
    thing.amount = 7
    await thing.save()
    assert await Thing.select(Thing.amount) == [{"amount": 7}]


async def test_inserting_several_returns_their_ids_in_order() -> None:
    cup, jug = Thing(name="cup"), Thing(name="jug")
    assert await Thing.insert(cup, jug) == [{"id": cup.id}, {"id": jug.id}]


async def test_an_update_can_return_whom_it_changed() -> None:
    cup = Thing(name="cup")
    await Thing.insert(cup, Thing(name="jug"))
    changed = await Thing.update({Thing.amount: 1}).where(Thing.name == "cup", Thing.amount == 0).returning(Thing.id)
    again = await Thing.update({Thing.amount: 1}).where(Thing.name == "cup", Thing.amount == 0).returning(Thing.id)
    assert (changed, again) == ([{"id": cup.id}], [])


async def test_a_delete_can_return_whom_it_took() -> None:
    cup = Thing(name="cup")
    await cup.save()
    assert await Thing.delete().where(Thing.name == "cup").returning(Thing.id, Thing.name) == [
        {"id": cup.id, "name": "cup"}
    ]
    assert await Thing.exists().where(Thing.name == "cup") is False


async def test_get_or_create_creates_once() -> None:
    first = await Shelf.objects().get_or_create(Shelf.name == "top")
    second = await Shelf.objects().get_or_create(Shelf.name == "top")
    assert first.id == second.id
    assert await Shelf.count() == 1


async def test_rows_can_bring_along_what_they_stand_on() -> None:
    shelf = Shelf(name="top")
    await shelf.save()
    await Thing(name="cup", shelf=shelf.id).save()
    assert await Thing.select(Thing.name, Thing.shelf.name) == [{"name": "cup", "shelf.name": "top"}]
    found = await Thing.objects(Thing.shelf).first()
    assert found is not None
    assert found.shelf.name == "top"


async def test_a_row_cannot_stand_on_nothing() -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await Thing(name="cup", shelf="0000000000000000").save()
