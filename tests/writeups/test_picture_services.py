"""Pictures are stored once, and forgotten when nothing shows them any more."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.picture_services import store_picture
from eventsite.writeups.pictures import UnreadablePicture
from eventsite.writeups.queries import get_picture, picture_address
from tests.factories import make_event, make_session
from tests.writeups.factories import make_draft, picture_file

pytestmark = pytest.mark.usefixtures("database")


async def stored() -> set[str]:
    return {row["id"] for row in await execute("SELECT id FROM picture")}


async def test_a_picture_is_found_by_the_name_it_is_served_under(now: datetime) -> None:
    picture = await store_picture(picture_file(size=(64, 32)), now=now)

    found = await get_picture(picture_address(picture.digest, picture.media_type).removeprefix("/pictures/"))

    assert (found.id, found.width, found.height, found.media_type) == (picture.id, 64, 32, "image/webp")
    assert bytes(found.content).startswith(b"RIFF")


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("webp", "png"), lambda name: name[1:]])
async def test_no_other_name_leads_to_it(change: Callable[[str], str], now: datetime) -> None:
    picture = await store_picture(picture_file(), now=now)

    with pytest.raises(NotFound):
        await get_picture(change(picture_address(picture.digest, picture.media_type).removeprefix("/pictures/")))


async def test_the_same_picture_twice_is_one(now: datetime) -> None:
    first = await store_picture(picture_file(), now=now)
    second = await store_picture(picture_file(), now=now + timedelta(hours=1))

    assert first.id == second.id
    assert await stored() == {first.id}


async def test_one_that_nothing_shows_is_forgotten_after_a_day(now: datetime) -> None:
    unused = await store_picture(picture_file(colour="red"), now=now)
    header = await store_picture(picture_file(colour="blue"), now=now)
    in_text = await store_picture(picture_file(colour="lime"), now=now)
    await make_draft(picture=header.id, body=f"![A lime](/pictures/{in_text.digest[:32]}.webp)")

    early = await store_picture(picture_file(colour="black"), now=now + timedelta(hours=23))
    assert await stored() == {unused.id, header.id, in_text.id, early.id}
    later = await store_picture(picture_file(colour="white"), now=now + timedelta(hours=25))

    assert await stored() == {header.id, in_text.id, early.id, later.id}


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
async def test_what_is_no_picture_is_not_stored(content: bytes, now: datetime) -> None:
    with pytest.raises(UnreadablePicture):
        await store_picture(content, now=now)

    assert await stored() == set()


async def test_a_write_up_outlives_what_it_refers_to(now: datetime) -> None:
    event = await make_event()
    picture = await store_picture(picture_file(), now=now)
    draft = await make_draft(picture=picture.id, event=event.id, session=(await make_session(event)).id)

    for table in ("picture", "programme_session", "event"):
        await execute(f"DELETE FROM {table}")

    left = await get_writeup(draft.id)
    assert [left.event, left.session, left.picture] == [None, None, None]
