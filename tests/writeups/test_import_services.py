"""A file that was read becomes a draft whose event, session and people are ours."""

from datetime import date, datetime

import pytest

from eventsite import ledger
from eventsite.database import execute
from eventsite.events.queries import all_speakers
from eventsite.events.tables import Event
from eventsite.writeups.desk_queries import savings_of
from eventsite.writeups.import_services import import_writeup
from eventsite.writeups.importing import DraftPanellist, DraftPicture, DraftWriteup, import_file
from eventsite.writeups.queries import speakers_of
from eventsite.writeups.tables import Writeup, WriteupState
from tests.factories import make_session, make_speaker
from tests.writeups.factories import picture_file

pytestmark = pytest.mark.usefixtures("database")


async def brought_in(draft: DraftWriteup, now: datetime) -> Writeup:
    return await import_writeup(draft, now=now, actor=ledger.OPERATOR)


def picture(content: bytes, *, is_header: bool = True, alt: str = "") -> DraftPicture:
    return DraftPicture(content, "image/png", alt, is_header, f"picture:{is_header}")


async def test_the_real_write_up_finds_its_event_its_session_and_its_panel(
    now: datetime, north: Event, source: bytes
) -> None:
    session = await make_session(north, title="How do we deploy AI safely?")
    lee = await make_speaker(
        name="Lee Rickles",
        job_title="Chief Information Officer",
        organisation="Humber Teaching Hospitals NHS Foundation Trust",
    )

    writeup = await brought_in(import_file("ai.txt", source), now)

    assert (writeup.state, writeup.event, writeup.session) == (WriteupState.DRAFT, north.id, session.id)
    panel = await speakers_of(writeup.id)
    assert [(person.name, person.part) for person in panel] == [
        ("David Walliker", "chair"),
        ("Lee Rickles", "panellist"),
        ("Jacqui Cooper", "panellist"),
        ("Holly Carr", "panellist"),
    ]
    assert panel[1].speaker_id == lee.id
    assert (panel[3].job_title, panel[3].organisation) == (
        "Chief Clinical Information Officer",
        "Stockport NHS Foundation Trust",
    )
    assert len(await all_speakers()) == 4


async def test_the_same_file_twice_adds_nobody_twice(now: datetime, north: Event, source: bytes) -> None:
    draft = import_file("ai.txt", source)

    first, second = await brought_in(draft, now), await brought_in(draft, now)

    assert first.id != second.id
    assert await speakers_of(first.id) == await speakers_of(second.id)
    assert len(await all_speakers()) == 4


async def test_an_event_that_is_not_known_is_left_open_with_a_note(now: datetime) -> None:
    first, last = date(2025, 3, 6), date(2025, 3, 7)
    line = "HPN North, 6-7 March 2025"

    writeup = await brought_in(DraftWriteup("On trust", event_line=line, event_dates=(first, last), body="It."), now)

    assert writeup.event is None
    assert "“HPN North, 6-7 March 2025” names no event that is known here" in writeup.import_notes


async def test_pictures_come_along_and_stand_where_they_stood(now: datetime) -> None:
    header, inside = picture(picture_file(), alt="A hall"), picture(picture_file(colour="red"), is_header=False)
    body = f"![Inside]({inside.placeholder})"

    writeup = await brought_in(DraftWriteup("On trust", body=body, pictures=(header, inside), header_alt="A hall"), now)

    rows = {row["id"]: row["digest"] for row in await execute("SELECT id, digest FROM picture")}
    inside_digest = next(digest for picture_id, digest in rows.items() if picture_id != writeup.picture)
    assert writeup.picture in rows
    assert writeup.image_alt == "A hall"
    assert writeup.body == f"![Inside](/pictures/{inside_digest[:32]}.webp)"


async def test_a_picture_that_cannot_be_read_is_left_out_and_said(now: datetime) -> None:
    broken = picture(b"\x89PNG but no more")

    writeup = await brought_in(DraftWriteup("On trust", body="It.", pictures=(broken,), header_alt="A hall"), now)

    assert (writeup.picture, writeup.image_alt) == (None, "")
    assert "Picture 1 of the file was left out: This file is not a picture" in writeup.import_notes


async def test_words_longer_than_a_page_has_room_for_are_cut_and_not_refused(now: datetime) -> None:
    endless = "word " * 200
    draft = DraftWriteup(endless, body="It.", panellists=(DraftPanellist(endless, endless, endless),))

    writeup = await brought_in(draft, now)

    (person,) = await speakers_of(writeup.id)
    assert [len(words) <= 160 for words in (writeup.title, person.name, person.job_title)] == [True] * 3
    assert writeup.title.endswith("word…")


async def test_what_came_in_is_the_first_revision_and_a_line_in_the_ledger(now: datetime) -> None:
    writeup = await brought_in(DraftWriteup("On trust", body="It.", notes=("Look\nat it", "Look at it")), now)

    assert [(saving.number, saving.who) for saving in await savings_of(writeup.id)] == [(1, "")]
    assert writeup.import_notes.split("\n")[0] == "Look at it"
    assert writeup.import_notes.count("Look at it") == 1
    entries = await execute("SELECT deed, actor, subject_id FROM ledger_entry")
    assert [tuple(entry.values()) for entry in entries] == [("writeup.imported", "operator", writeup.id)]
