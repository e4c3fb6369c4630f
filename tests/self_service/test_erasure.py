"""Whoever asks to be erased is erased everywhere, provably, and nobody else is touched."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from eventsite.database import current_engine, execute
from eventsite.database.sqlite import SqliteEngine
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.tables import Interest, Invite, Seat
from eventsite.ledger import OPERATOR
from eventsite.mail import queries as outbox
from eventsite.organisers.services import disable_organiser
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import Erasing
from eventsite.people.services import PersonDraft
from eventsite.people.tables import Complaint, Consent, Person
from eventsite.piccolo_app import APP_CONFIG
from eventsite.presentation import stationery_for
from eventsite.questions.tables import Question
from eventsite.self_service.erasure import OrganiserInUse, digest_of, erase
from eventsite.self_service.held import find_held
from eventsite.settings import Settings
from tests.conftest import SECRET
from tests.organisers.factories import make_organiser, make_sign_in
from tests.self_service.factories import NAMES, address_of, hold_everything, make_person, post_letter

ANN = address_of("ann")
MALLORY = address_of("mallory")


async def tables_as_text() -> bytes:
    """Every value of every table: what whoever copies the database reads."""
    tables = [table._meta.tablename for table in APP_CONFIG.table_classes]
    values = [value for table in tables for row in await execute(f"SELECT * FROM {table}") for value in row.values()]
    return b"\n".join(bytes(value) if isinstance(value, bytes) else str(value).encode() for value in values)


async def everything_stored() -> bytes:
    """All there is: the tables, and on SQLite each byte of the file and of the journal beside it."""
    engine = current_engine()
    stored = [await tables_as_text()]
    if isinstance(engine, SqliteEngine):
        path = Path(engine.path)
        stored += [file.read_bytes() for file in (path, path.with_name(f"{path.name}-wal")) if file.exists()]
    return b"\n".join(stored)


async def erase_ann(now: datetime) -> dict[str, int]:
    return await erase(ANN, secret=SECRET, actor=OPERATOR, now=now)


@pytest.fixture
async def ann(event: Event, session: ProgrammeSession, settings: Settings, now: datetime) -> Person:
    """Ann with a row in every table, beside Mallory with the same."""
    await hold_everything("mallory", event, session, settings=settings, now=now)
    return await hold_everything("ann", event, session, settings=settings, now=now)


@pytest.mark.parametrize("trace", [ANN, NAMES["ann"], "Chief nurse ann", "Example Trust of ann"])
async def test_no_trace_is_left_in_any_byte(ann: Person, now: datetime, trace: str) -> None:
    assert trace.encode() in await everything_stored()
    await erase_ann(now)
    assert trace.encode() not in await everything_stored()


async def test_nobody_else_loses_a_row(ann: Person, now: datetime) -> None:
    before = (await find_held(MALLORY)).rows
    await erase_ann(now)
    assert (await find_held(MALLORY)).rows == before


async def test_the_bait_covers_every_table_that_erasure_must_reach(ann: Person) -> None:
    """A holding that can be erased and has no row here would make the tests above prove nothing about it."""
    found = set((await find_held(ANN)).rows)
    assert found | {"organiser", "sign_in", "desk_presence"} == {one.table for one in HOLDINGS if one.found}


async def test_it_says_how_many_rows_went(ann: Person, now: datetime) -> None:
    assert await erase_ann(now) == {
        "interest": 1,
        "seat": 1,
        "invite": 1,
        "question": 4,
        "voice": 1,
        "question_notice": 1,
        "consent": 1,
        "person": 1,
        "complaint": 1,
        "bounce": 1,
        "suppression": 1,
        "inbound_letter": 1,
        "outbox_letter": 2,
    }


async def test_a_published_question_keeps_its_words_and_nothing_of_its_asker(ann: Person, now: datetime) -> None:
    await Question.update({Question.text: "Whose safety case is it?"}).where(Question.person == ann.id)
    await erase_ann(now)
    (question,) = await Question.objects().where(Question.text == "Whose safety case is it?")
    assert [question.state, question.person, question.name, question.original_text] == ["approved", None, "", None]


async def test_the_link_to_a_published_question_ends(ann: Person, now: datetime) -> None:
    (before,) = await Question.objects().where((Question.person == ann.id) & (Question.state == "approved"))
    await erase_ann(now)
    after = await Question.objects().get(Question.id == before.id)
    assert after is not None
    assert after.link_version == before.link_version + 1


async def test_a_letter_to_the_organisers_about_their_complaint_goes_too(ann: Person, now: datetime) -> None:
    await erase_ann(now)
    (letter,) = await outbox.letters_to("office@events.example.org")
    assert NAMES["mallory"].encode() in (await outbox.letter(letter.id)).content


async def test_it_is_noted_without_saying_whom(ann: Person, now: datetime) -> None:
    await erase_ann(now)
    (noted,) = await execute("SELECT email_digest, erased_at FROM erasure")
    assert noted == {"email_digest": digest_of(ANN, SECRET), "erased_at": now}
    (entry,) = await execute("SELECT actor, subject_id FROM ledger_entry WHERE deed = 'person.erased'")
    assert entry == {"actor": OPERATOR, "subject_id": ""}


async def test_the_digest_cannot_be_made_without_the_secret() -> None:
    assert digest_of(ANN, SECRET) != digest_of(ANN, SECRET + "x")


async def test_erasing_again_finds_nothing_and_notes_nothing(ann: Person, now: datetime) -> None:
    await erase_ann(now)
    assert await erase_ann(now + timedelta(days=1)) == {}
    assert await execute("SELECT erased_at FROM erasure") == [{"erased_at": now}]


async def test_two_at_once_are_one(ann: Person, now: datetime) -> None:
    counts = await asyncio.gather(erase_ann(now), erase_ann(now))
    assert sorted(bool(count) for count in counts) == [False, True]
    assert len(await execute("SELECT id FROM ledger_entry WHERE deed = 'person.erased'")) == 1


async def test_whoever_comes_back_later_is_a_new_person(ann: Person, now: datetime) -> None:
    await erase_ann(now)
    again = await make_person("ann", now=now + timedelta(days=1))
    assert again.id != ann.id
    assert set((await find_held(ANN)).rows) == {"person"}


async def test_one_who_is_known_by_letters_alone_is_erased(settings: Settings, now: datetime, database: None) -> None:
    await post_letter(ANN, key="k", settings=settings, now=now)
    assert await erase_ann(now) == {"outbox_letter": 1}
    assert ANN.encode() not in await everything_stored()


async def test_an_account_in_use_is_refused_and_nothing_is_half_done(ann: Person, now: datetime) -> None:
    await make_organiser(email=ANN)
    before = await tables_as_text()
    with pytest.raises(OrganiserInUse, match="disable the account first"):
        await erase_ann(now)
    assert await tables_as_text() == before


async def test_a_closed_account_loses_its_name_and_what_it_decided_stays(ann: Person, now: datetime) -> None:
    await make_organiser(email="olive@trust.example")
    organiser = await make_organiser(email=ANN, name="Ann Archer")
    await make_sign_in(organiser, now=now)
    await Question.update({Question.decided_by: organiser.id}).where(Question.state == "approved")
    await disable_organiser(organiser, actor=OPERATOR, now=now)
    await erase_ann(now)
    assert ANN.encode() not in await everything_stored()
    assert await Question.count().where(Question.decided_by == organiser.id) == 4


async def test_an_address_is_no_pattern(event: Event, settings: Settings, now: datetime) -> None:
    """`_` and `%` may stand in an address and match nobody else."""
    await make_person("ann", now=now)
    for pattern in ("a_n@trust.example", "%@trust.example", "%"):
        assert await erase(pattern, secret=SECRET, actor=OPERATOR, now=now) == {}
    assert await Person.count() == 1


async def test_every_table_that_can_be_erased_is_empty_of_them(ann: Person, now: datetime) -> None:
    await erase_ann(now)
    for table in (Interest, Seat, Invite, Consent):
        assert await table.count().where(table.person == ann.id) == 0
    assert await Complaint.count().where(Complaint.email_key == ANN) == 0
    assert {one.erasing for one in HOLDINGS} == set(Erasing)
    assert quote(ANN).encode() not in await everything_stored()


async def test_forms_sent_while_their_sender_is_erased_count_before_it_or_after_it(
    ann: Person, event: Event, settings: Settings, now: datetime
) -> None:
    """None of them fails, and nobody is left without the interest they came with."""
    stationery = stationery_for(settings)
    form = InterestDraft(PersonDraft(ANN, ANN, NAMES["ann"]), [event], updates=False)
    for _ in range(20):
        registered = (register_interest(form, stationery=stationery, now=now) for _ in range(2))
        await asyncio.gather(erase_ann(now), *registered, erase_ann(now))
    left = await execute("SELECT p.id FROM person p WHERE NOT EXISTS (SELECT 1 FROM interest WHERE person = p.id)")
    assert left == []
