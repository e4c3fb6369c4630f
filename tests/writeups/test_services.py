"""What is done to write-ups, and what two organisers at once cannot do to each other."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eventsite import ledger
from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.tables import Event, Part
from eventsite.organisers.tables import Organiser
from eventsite.writeups.desk_queries import get_revision, get_writeup, savings_of
from eventsite.writeups.queries import get_public_writeup, speakers_of
from eventsite.writeups.rules import (
    AlreadyPublished,
    ChangedMeanwhile,
    NotADraft,
    NotPublished,
    NotReady,
    Panellist,
    WriteupEdit,
)
from eventsite.writeups.services import (
    create_writeup,
    delete_draft,
    publish_writeup,
    retract_writeup,
    save_writeup,
)
from eventsite.writeups.tables import Writeup, WriteupRevision, WriteupState
from tests.factories import make_speaker
from tests.organisers.factories import make_organiser
from tests.writeups.factories import DRAWING, make_draft, make_picture, make_writeup, seat

pytestmark = pytest.mark.usefixtures("database")

WORDS = WriteupEdit("How do we deploy AI safely?", "Four voices.", "It began.", drawing=DRAWING, image_alt="A circle")


@pytest.fixture
async def olive(database: None) -> Organiser:
    return await make_organiser(name="Olive Organiser", password=None)


async def deeds() -> list[tuple[str, str, str]]:
    """What the ledger says was done to write-ups, in order: the deed, who did it, the details."""
    rows = await execute("SELECT deed, actor, details FROM ledger_entry WHERE subject = 'writeup' ORDER BY at, id")
    return [(row["deed"], row["actor"], row["details"]) for row in rows]


async def test_a_write_up_goes_from_draft_to_site_and_every_step_is_in_the_ledger(
    olive: Organiser, now: datetime
) -> None:
    draft = await create_writeup(WriteupEdit(), actor=olive.id, now=now)
    revision = await save_writeup(draft.id, WORDS, seen=1, actor=olive.id, now=now)
    slug = await publish_writeup(draft.id, seen=revision, actor=olive.id, now=now)

    writeup = await get_public_writeup("how-do-we-deploy-ai-safely")
    assert (slug, writeup.id, writeup.published_at) == ("how-do-we-deploy-ai-safely", draft.id, now)
    assert (writeup.title, writeup.standfirst, writeup.body) == (WORDS.title, WORDS.standfirst, WORDS.body)
    assert await deeds() == [
        ("writeup.created", olive.id, ""),
        ("writeup.saved", olive.id, '{"revision": 2}'),
        ("writeup.published", olive.id, ""),
    ]


async def test_every_saving_is_kept_with_its_author(olive: Organiser, now: datetime) -> None:
    draft = await create_writeup(replace(WORDS, body="First"), deed="imported", actor=ledger.OPERATOR, now=now)
    await save_writeup(draft.id, replace(WORDS, body="Second"), seen=1, actor=olive.id, now=now + timedelta(minutes=1))

    assert [(saving.number, saving.who) for saving in await savings_of(draft.id)] == [(2, "Olive Organiser"), (1, "")]
    assert (await get_revision(draft.id, 1)).body == "First"
    assert (await get_revision(draft.id, 2)).body == "Second"
    with pytest.raises(NotFound):
        await get_revision(draft.id, 3)


async def test_what_stood_there_before_the_first_saving_is_kept_too(olive: Organiser, now: datetime) -> None:
    loaded = await make_writeup(revision=0, body="As it was loaded")

    await save_writeup(loaded.id, WORDS, seen=0, actor=olive.id, now=now)

    assert [saving.number for saving in await savings_of(loaded.id)] == [1, 0]
    assert (await get_revision(loaded.id, 0)).body == "As it was loaded"


async def test_of_two_who_save_at_once_one_wins_and_the_other_is_told(olive: Organiser, now: datetime) -> None:
    draft = await make_draft()

    answers = await asyncio.gather(
        *(
            save_writeup(draft.id, replace(WORDS, title=name), seen=1, actor=olive.id, now=now)
            for name in ("Olive’s", "Omar’s")
        ),
        return_exceptions=True,
    )

    assert sorted(map(type, answers), key=repr) == sorted([int, ChangedMeanwhile], key=repr)
    winner = ("Olive’s", "Omar’s")[answers.index(2)]
    assert (await get_writeup(draft.id)).title == winner
    assert (await savings_of(draft.id))[0].title == winner
    assert [deed for deed, *_ in await deeds()] == ["writeup.saved"]


async def test_nothing_is_half_written_when_a_saving_is_refused(olive: Organiser, now: datetime) -> None:
    ada, draft = await make_speaker(), await make_draft()
    await seat(draft, ada.id)

    with pytest.raises(ChangedMeanwhile):
        await save_writeup(draft.id, WORDS, seen=7, actor=olive.id, now=now)

    assert (await get_writeup(draft.id)).title == draft.title
    assert [speaker.name for speaker in await speakers_of(draft.id)] == ["Ada Marlowe"]
    assert not await WriteupRevision.exists()
    assert await deeds() == []


async def test_the_panel_is_kept_in_its_order_with_each_ones_part(olive: Organiser, now: datetime) -> None:
    ada, ben = await make_speaker(), await make_speaker(name="Ben Okri")
    draft = await make_draft()
    await seat(draft, ada.id)

    panel = (Panellist(ben.id, Part.CHAIR), Panellist(ada.id, Part.PANELLIST))
    await save_writeup(draft.id, replace(WORDS, speakers=panel), seen=1, actor=olive.id, now=now)

    shown = [(speaker.name, speaker.part) for speaker in await speakers_of(draft.id)]
    assert shown == [("Ben Okri", "chair"), ("Ada Marlowe", "panellist")]


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"title": ""}, "title"),
        ({"standfirst": ""}, "standfirst"),
        ({"body": ""}, "body"),
        ({"drawing": ""}, "image"),
        ({"image_alt": ""}, "image_alt"),
    ],
)
async def test_what_lacks_anything_is_not_published(
    lacking: dict[str, str], field: str, olive: Organiser, now: datetime
) -> None:
    draft = await make_draft(**lacking)

    with pytest.raises(NotReady) as caught:
        await publish_writeup(draft.id, seen=1, actor=olive.id, now=now)

    assert [field for field, _ in caught.value.missing] == [field]
    assert (await get_writeup(draft.id)).state == WriteupState.DRAFT


async def test_what_is_on_the_site_cannot_be_saved_without_what_it_needs(olive: Organiser, now: datetime) -> None:
    writeup = await make_writeup()

    with pytest.raises(NotReady):
        await save_writeup(writeup.id, replace(WORDS, image_alt=""), seen=1, actor=olive.id, now=now)

    assert (await get_writeup(writeup.id)).image_alt == writeup.image_alt


async def test_an_address_is_made_of_the_title_once_and_stays(olive: Organiser, now: datetime) -> None:
    draft = await make_draft(title="First title")
    await publish_writeup(draft.id, seen=1, actor=olive.id, now=now)
    await save_writeup(draft.id, replace(WORDS, title="Second title"), seen=1, actor=olive.id, now=now)
    await retract_writeup(draft.id, actor=olive.id, now=now)
    with pytest.raises(NotFound):
        await get_public_writeup("first-title")

    slug = await publish_writeup(draft.id, seen=2, actor=olive.id, now=now + timedelta(days=9))

    writeup = await get_public_writeup("first-title")
    assert (slug, writeup.title, writeup.published_at) == ("first-title", "Second title", now)


async def test_a_second_write_up_of_the_same_title_gets_the_year_of_its_event(
    olive: Organiser, now: datetime, north: Event
) -> None:
    first, second, third = [await make_draft(title="On trust", event=north.id) for _ in range(3)]

    slugs = [await publish_writeup(draft.id, seen=1, actor=olive.id, now=now) for draft in (first, second, third)]

    assert slugs == ["on-trust", "on-trust-2025", "on-trust-2"]


async def test_two_of_the_same_title_published_at_once_both_get_an_address(olive: Organiser, now: datetime) -> None:
    drafts = [await make_draft(title="On trust") for _ in range(4)]

    slugs = await asyncio.gather(*(publish_writeup(draft.id, seen=1, actor=olive.id, now=now) for draft in drafts))

    assert sorted(slugs) == ["on-trust", "on-trust-2", "on-trust-3", "on-trust-4"]


async def test_what_somebody_else_changed_is_not_published_unseen(olive: Organiser, now: datetime) -> None:
    draft = await make_draft()
    await save_writeup(draft.id, WORDS, seen=1, actor=olive.id, now=now)

    with pytest.raises(ChangedMeanwhile):
        await publish_writeup(draft.id, seen=1, actor=olive.id, now=now)

    assert (await get_writeup(draft.id)).state == WriteupState.DRAFT


async def test_each_decision_can_be_taken_once(olive: Organiser, now: datetime) -> None:
    writeup, draft = await make_writeup(), await make_draft()

    with pytest.raises(AlreadyPublished):
        await publish_writeup(writeup.id, seen=1, actor=olive.id, now=now)
    with pytest.raises(NotPublished):
        await retract_writeup(draft.id, actor=olive.id, now=now)
    with pytest.raises(NotADraft):
        await delete_draft(writeup.id, seen=1, actor=olive.id, now=now)
    with pytest.raises(ChangedMeanwhile):
        await delete_draft(draft.id, seen=0, actor=olive.id, now=now)
    with pytest.raises(NotFound):
        await publish_writeup("0123456789abcdef", seen=1, actor=olive.id, now=now)
    assert await Writeup.count() == 2
    assert await deeds() == []


async def test_a_deleted_draft_leaves_nothing_but_its_line_in_the_ledger(olive: Organiser, now: datetime) -> None:
    ada, own, shared = await make_speaker(), await make_picture(colour="red"), await make_picture(colour="blue")
    kept = await make_writeup(picture=shared.id)
    draft = await make_draft(picture=own.id, body=f"![](/pictures/{shared.digest[:32]}.webp)")
    words = replace(WORDS, picture=own.id, speakers=(Panellist(ada.id),))
    await save_writeup(draft.id, words, seen=1, actor=olive.id, now=now)

    await delete_draft(draft.id, seen=2, actor=olive.id, now=now)

    assert [row["id"] for row in await Writeup.select(Writeup.id)] == [kept.id]
    assert [row["id"] for row in await execute("SELECT id FROM picture")] == [shared.id]
    assert not await WriteupRevision.exists()
    assert await speakers_of(draft.id) == []
    assert [deed for deed, *_ in await deeds()] == ["writeup.saved", "writeup.deleted"]
