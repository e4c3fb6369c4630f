"""What is done to people on stage."""

from datetime import datetime

import pytest

from eventsite.errors import NotFound
from eventsite.events import queries
from eventsite.events.drafts import SpeakerDraft, StageDraft
from eventsite.events.stage_services import (
    AlreadyOnStage,
    add_speaker,
    edit_speaker,
    move_up_on_stage,
    put_on_stage,
    take_off_stage,
)
from eventsite.events.tables import Part, ProgrammeSession
from eventsite.ledger.tables import LedgerEntry
from tests.factories import make_event, make_session, make_speaker

pytestmark = pytest.mark.usefixtures("database")

OLIVE = "olive00000000000"
ADA = SpeakerDraft("Ada Marlowe", "Nurse", "Example Trust")


async def on_stage(session: ProgrammeSession) -> list[tuple[str, str]]:
    people = await queries.people_on_stage([session.id])
    return [(person.name, person.part) for person in people[session.id]]


async def deeds() -> list[str]:
    return sorted(row["deed"] for row in await LedgerEntry.select())


async def test_the_very_same_person_is_added_once(now: datetime) -> None:
    first = await add_speaker(ADA, actor=OLIVE, now=now)
    second = await add_speaker(ADA, actor=OLIVE, now=now)
    other = await add_speaker(SpeakerDraft("Ada Marlowe", "Doctor", "Example Trust"), actor=OLIVE, now=now)

    assert (first.id == second.id, first.id == other.id) == (True, False)
    assert await deeds() == ["speaker.added", "speaker.added"]


async def test_a_person_is_changed_in_every_session(now: datetime) -> None:
    session = await make_session(await make_event())
    speaker = await make_speaker(session)

    await edit_speaker(speaker, ADA, actor=OLIVE, now=now)

    changed = await queries.get_speaker(speaker.id)
    assert (changed.name, changed.job_title, changed.updated_at) == ("Ada Marlowe", "Nurse", now)
    assert await on_stage(session) == [("Ada Marlowe", "panellist")]


async def test_people_known_and_new_go_on_stage_one_after_the_other(now: datetime) -> None:
    session, known = await make_session(await make_event()), await make_speaker(name="Zoe")

    await put_on_stage(session, StageDraft(Part.CHAIR, known.id), actor=OLIVE, now=now)
    await put_on_stage(session, StageDraft(Part.PANELLIST, newcomer=ADA), actor=OLIVE, now=now)

    assert await on_stage(session) == [("Zoe", "chair"), ("Ada Marlowe", "panellist")]
    changed = await queries.get_session(session.id)
    assert (changed.updated_at, changed.sequence) == (now, 0)
    assert await deeds() == ["session.speaker_added", "session.speaker_added", "speaker.added"]


async def test_nobody_is_on_one_stage_twice(now: datetime) -> None:
    session = await make_session(await make_event())
    speaker = await make_speaker(session)
    with pytest.raises(AlreadyOnStage):
        await put_on_stage(session, StageDraft(Part.CHAIR, speaker.id), actor=OLIVE, now=now)
    assert await on_stage(session) == [("Ada Marlowe", "panellist")]
    assert await deeds() == []


async def test_nobody_unknown_goes_on_stage(now: datetime) -> None:
    session = await make_session(await make_event())
    with pytest.raises(NotFound):
        await put_on_stage(session, StageDraft(Part.CHAIR, "nobody"), actor=OLIVE, now=now)


async def test_a_person_is_taken_off_stage_and_stays_known(now: datetime) -> None:
    session = await make_session(await make_event())
    speaker = await make_speaker(session)

    await take_off_stage(session, speaker.id, actor=OLIVE, now=now)
    with pytest.raises(NotFound):
        await take_off_stage(session, speaker.id, actor=OLIVE, now=now)

    assert await on_stage(session) == []
    assert (await queries.get_speaker(speaker.id)).id == speaker.id
    assert await deeds() == ["session.speaker_removed"]


async def test_a_person_moves_up_one_place_at_a_time(now: datetime) -> None:
    session = await make_session(await make_event())
    people = [await make_speaker(session, name=name) for name in ("A", "B", "C")]

    await move_up_on_stage(session, people[2].id, actor=OLIVE, now=now)
    assert [name for name, _ in await on_stage(session)] == ["A", "C", "B"]

    await move_up_on_stage(session, people[0].id, actor=OLIVE, now=now)
    assert [name for name, _ in await on_stage(session)] == ["A", "C", "B"]

    with pytest.raises(NotFound):
        await move_up_on_stage(session, "nobody", actor=OLIVE, now=now)
