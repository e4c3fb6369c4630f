"""What is past its date goes by itself, on the day the notice says and not before."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from eventsite.clock import LONDON
from eventsite.database import execute, transaction
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.jobs import jobs
from eventsite.ledger import OPERATOR, VISITOR, record
from eventsite.mail.tables import LetterState, OutboxLetter
from eventsite.organisers.services import disable_organiser
from eventsite.organisers.tables import Organiser
from eventsite.people.services import record_consent
from eventsite.people.tables import ConsentAction, Person
from eventsite.presentation import stationery_for
from eventsite.questions.public_ledger import public_ledger
from eventsite.questions.tables import Question, RejectionReason
from eventsite.self_service.erasure import erase
from eventsite.self_service.held import find_held
from eventsite.self_service.retention import daily_retention, retention
from eventsite.settings import Settings
from eventsite.web.tables import ThrottleBucket
from tests.conftest import SECRET
from tests.factories import make_event
from tests.organisers.factories import make_organiser, make_sign_in
from tests.self_service.factories import (
    address_of,
    hold_everything,
    make_complaint,
    make_interest,
    make_invite,
    make_person,
    make_question,
    make_returned_mail,
    make_seat,
    post_letter,
)

ANN = address_of("ann")
LAST_DAY = date(2027, 6, 27)
DAY = timedelta(days=1)


def days_after_the_event(days: int, hour: int = 12) -> datetime:
    """An hour in London so many days after the event's last day."""
    day = LAST_DAY + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON).astimezone(UTC)


async def run(now: datetime) -> dict[str, int]:
    return await retention(secret=SECRET, now=now)


async def test_an_interest_goes_six_months_after_the_event_and_the_person_with_it(event: Event, now: datetime) -> None:
    await make_interest(await make_person(now=now), event, now=now)
    assert await run(days_after_the_event(183, hour=23)) == {}
    assert await run(days_after_the_event(184, hour=1)) == {"interest": 1, "person": 1}


async def test_seats_and_what_calendars_were_told_go_with_the_interest(
    event: Event, session: ProgrammeSession, now: datetime
) -> None:
    person = await make_person(now=now)
    await make_interest(person, event, now=now)
    await make_seat(person, session, now=now)
    await make_invite(person, event, session, now=now)
    assert await run(days_after_the_event(183, hour=23)) == {}
    assert await run(days_after_the_event(184, hour=1)) == {"interest": 1, "seat": 1, "invite": 1, "person": 1}


async def test_mail_that_came_back_is_held_a_month_and_that_we_stopped_two_years(database: None, now: datetime) -> None:
    await make_returned_mail("ann", now=now)
    assert await run(now + 30 * DAY) == {}
    assert await run(now + 31 * DAY) == {"bounce": 1, "inbound_letter": 1}
    assert await run(now + 730 * DAY) == {}
    assert await run(now + 731 * DAY) == {"suppression": 1}


async def test_an_erased_address_that_came_back_with_a_bounce_alone_is_erased_again(
    settings: Settings, now: datetime, database: None
) -> None:
    await post_letter(ANN, key="k", settings=settings, now=now)
    await erase(ANN, secret=SECRET, actor=OPERATOR, now=now + DAY)
    await make_returned_mail("ann", now=now)
    await make_returned_mail("mallory", now=now)
    assert await run(now + 2 * DAY) == {"bounce": 1, "suppression": 1, "inbound_letter": 1}


async def test_a_person_stays_while_another_event_of_theirs_is_to_come(event: Event, now: datetime) -> None:
    later = await make_event(starts_on=date(2028, 6, 1), ends_on=date(2028, 6, 2))
    person = await make_person(now=now)
    for one in (event, later):
        await make_interest(person, one, now=now)
    assert await run(days_after_the_event(184)) == {"interest": 1}
    assert await Person.count() == 1


async def test_a_person_stays_while_they_want_news_and_at_most_two_years(database: None, now: datetime) -> None:
    person = await make_person(now=now)
    await record_consent(person.id, ConsentAction.GIVEN, source="own page", now=now)
    assert await run(now + 730 * DAY) == {}
    assert await run(now + 731 * DAY) == {"consent": 1, "person": 1}


async def test_a_person_who_wants_no_more_news_goes_at_once(database: None, now: datetime) -> None:
    person = await make_person(now=now)
    await record_consent(person.id, ConsentAction.GIVEN, source="own page", now=now)
    await record_consent(person.id, ConsentAction.WITHDRAWN, source="own page", now=now + DAY)
    assert await run(now + 2 * DAY) == {"person": 1}
    assert await execute("SELECT id FROM consent") == []


async def test_a_published_question_is_cut_from_its_asker_30_days_after_the_event(
    session: ProgrammeSession, now: datetime
) -> None:
    await make_question(await make_person(now=now), session, now=now, state="approved", original_text="As typed")
    assert await run(days_after_the_event(30, hour=23)) == {}
    assert await run(days_after_the_event(31, hour=1)) == {"question": 1, "person": 1}
    (question,) = await Question.objects()
    assert [question.text, question.name] == ["Who signs the safety case off?", ""]
    assert [question.person, question.original_text] == [None, None]


async def test_what_was_cut_is_not_cut_again_every_day(session: ProgrammeSession, now: datetime) -> None:
    await make_question(await make_person(now=now), session, now=now, state="approved")
    await run(days_after_the_event(31))
    assert await run(days_after_the_event(32)) == {}


async def test_a_name_without_an_address_is_cut_too(session: ProgrammeSession, now: datetime) -> None:
    await make_question(None, session, now=now, state="approved", name="Ann Archer", anonymous=False)
    assert await run(days_after_the_event(31)) == {"question": 1}


@pytest.mark.parametrize("state", ["pending", "rejected", "withdrawn"])
async def test_a_question_that_was_never_published_is_deleted(
    session: ProgrammeSession, now: datetime, state: str
) -> None:
    await make_question(None, session, now=now, state=state)
    assert await run(days_after_the_event(31)) == {"question": 1}
    assert await Question.count() == 0


async def test_the_public_numbers_stay_true_when_questions_go(session: ProgrammeSession, now: datetime) -> None:
    await RejectionReason(slug="advert", label="Advertising", words="No.").save()
    for given in (
        *({"state": "rejected", "rejected_for": "advert"},) * 2,
        {"state": "rejected"},
        {"state": "held", "held_reasons": "incident,postcode"},
        {"state": "held", "held_reasons": "incident"},
        {"state": "held"},
        {"state": "withdrawn"},
        {"state": "pending"},
        {"state": "approved"},
    ):
        await make_question(None, session, now=now, **given)
    asker = await make_person(now=now)
    await make_question(asker, session, now=now, state="rejected", rejected_for="advert")
    before = await public_ledger(session.id)

    await erase(ANN, secret=SECRET, actor=OPERATOR, now=now)
    assert await public_ledger(session.id) == before
    for days in (31, 32):
        await run(days_after_the_event(days))

    assert await Question.count() == 1
    after = await public_ledger(session.id)
    assert (before.received, before.waiting, before.undecided) == (10, 1, 0)
    assert after == replace(before, waiting=0, undecided=1)
    assert dict(after.held_back)["Advertising"] == 3


async def test_a_dry_run_counts_nothing(session: ProgrammeSession, now: datetime) -> None:
    await make_question(None, session, now=now, state="withdrawn")

    await retention(secret=SECRET, now=days_after_the_event(31), dry_run=True)

    assert (await public_ledger(session.id)).received == 1
    assert await execute("SELECT id FROM deleted_count") == []


async def test_a_letter_goes_30_days_after_it_was_sent(settings: Settings, now: datetime, database: None) -> None:
    for key in ("sent", "dead", "waiting"):
        await post_letter(ANN, key=key, settings=settings, now=now)
        await OutboxLetter.update({OutboxLetter.state: key}).where(OutboxLetter.key == key)
    assert await run(now + 30 * DAY) == {}
    assert await run(now + 31 * DAY) == {"outbox_letter": 2}
    assert [row["state"] for row in await OutboxLetter.select(OutboxLetter.state)] == [LetterState.WAITING.value]


async def test_complaints_ledger_and_erasures_go_after_two_years(database: None, now: datetime) -> None:
    await make_complaint(now=now)
    await make_person("mallory", now=now)
    await erase(address_of("mallory"), secret=SECRET, actor=OPERATOR, now=now)
    await record("test.done", subject=("test", "1"), actor=VISITOR, now=now)
    assert await run(now + 730 * DAY) == {}
    assert await run(now + 731 * DAY) == {"complaint": 1, "ledger_entry": 2, "erasure": 1}


async def test_what_has_ended_goes_the_next_time(database: None, now: datetime) -> None:
    await make_sign_in(await make_organiser(), now=now)
    await ThrottleBucket(key="k", used=1, ends_at=now + timedelta(hours=1)).save()
    assert await run(now) == {}
    assert await run(now + DAY) == {"sign_in": 1, "throttle_bucket": 1}


async def test_a_closed_account_loses_its_name_after_two_years(database: None, now: datetime) -> None:
    await make_organiser()
    former = await make_organiser(email=ANN)
    await disable_organiser(former, actor=OPERATOR, now=now)
    await execute("DELETE FROM ledger_entry")
    assert await run(now + 730 * DAY) == {}
    assert await run(now + 731 * DAY) == {"organiser": 1}
    assert await run(now + 732 * DAY) == {}
    assert sorted(row["email"] for row in await Organiser.select(Organiser.email))[0] == ""
    assert await Organiser.count() == 2


async def test_a_dry_run_counts_the_same_and_changes_nothing(
    event: Event, session: ProgrammeSession, settings: Settings, now: datetime
) -> None:
    await hold_everything("ann", event, session, settings=settings, now=now)
    then = days_after_the_event(184)
    expected = await retention(secret=SECRET, now=then, dry_run=True)
    assert await retention(secret=SECRET, now=then, dry_run=True) == expected
    assert len((await find_held(ANN)).rows) > 5
    assert await run(then) == expected
    assert {table: expected[table] for table in ("interest", "question")} == {"interest": 1, "question": 4}


async def test_an_erased_address_that_a_backup_brought_back_is_erased_again(
    event: Event, session: ProgrammeSession, settings: Settings, now: datetime
) -> None:
    await hold_everything("ann", event, session, settings=settings, now=now)
    await erase(ANN, secret=SECRET, actor=OPERATOR, now=now + DAY)
    await hold_everything("mallory", event, session, settings=settings, now=now)
    await hold_everything("ann", event, session, settings=settings, now=now)
    counts = await run(now + 2 * DAY)
    assert counts == {
        **{"interest": 1, "seat": 1, "invite": 1, "question": 4, "voice": 1, "consent": 1, "person": 1},
        "question_notice": 1,
        **{"complaint": 1, "bounce": 1, "suppression": 1, "inbound_letter": 1, "outbox_letter": 2},
    }
    assert (await find_held(ANN)).rows == {}
    assert len((await find_held(address_of("mallory"))).rows) == 14


async def test_whoever_registers_again_after_an_erasure_is_left_alone(event: Event, now: datetime) -> None:
    await make_person(now=now)
    await erase(ANN, secret=SECRET, actor=OPERATOR, now=now)
    later = now + timedelta(seconds=1)
    await make_interest(await make_person(now=later), event, now=later)
    assert await run(now + DAY) == {}


async def test_an_address_that_became_an_organisers_does_not_stop_the_rest(event: Event, now: datetime) -> None:
    await make_person(now=now)
    await erase(ANN, secret=SECRET, actor=OPERATOR, now=now + DAY)
    await make_organiser(email=ANN)
    await make_interest(await make_person(now=now), event, now=now)
    await make_person("mallory", now=now)
    assert await run(now + 2 * DAY) == {"person": 1}


async def test_it_runs_once_a_day_however_many_workers_ask(event: Event, now: datetime) -> None:
    answers = await asyncio.gather(*(daily_retention(now, secret=SECRET) for _ in range(5)))
    assert sum(answer is not None for answer in answers) == 1
    assert await daily_retention(now + timedelta(hours=23, minutes=59), secret=SECRET) is None
    assert await daily_retention(now + DAY, secret=SECRET) is not None


async def test_a_run_that_failed_is_not_counted(event: Event, now: datetime) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            await daily_retention(now, secret=SECRET)
            raise RuntimeError("the machine went down")
    assert await daily_retention(now, secret=SECRET) is not None


async def test_the_worker_is_given_it(settings: Settings, event: Event, now: datetime) -> None:
    await make_person(now=now)
    for job in jobs(stationery_for(settings)):
        await job(now)
    assert await Person.count() == 0
