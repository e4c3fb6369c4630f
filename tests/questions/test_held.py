"""What is held: who may see what of it, how it is released, and what is left when its time is up."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.database import execute, recorded_statements, transaction
from eventsite.questions.asking_services import withdraw_question
from eventsite.questions.held import findings_of, new_findings, shown_to, spans_of, without
from eventsite.questions.merge_services import leave, return_orphans
from eventsite.questions.patient_data import Finding
from eventsite.questions.purging import purge_held
from eventsite.questions.queries import get_question
from eventsite.questions.rules import Moderator, NotPossibleNow, PersonalDataInWording
from eventsite.questions.services import reject_question, release_question
from eventsite.questions.tables import QuestionState
from tests.questions.deciding import REASON, Desk, entries_of

NUMBER = "943 476 5919"
WORDS = f"Why was the record of {NUMBER} sent to pat@example.org?"


async def held(desk: Desk, text: str = WORDS) -> str:
    asked = await desk.asked_by("ann", text, clarification="It was Pat, pat@example.org.")
    await desk.hold(asked)
    return asked


async def codes_in_ledger(question_id: str, deed: str) -> str:
    rows = await execute("SELECT details FROM ledger_entry WHERE subject_id = {} AND deed = {}", question_id, deed)
    details: str = rows[-1]["details"]
    return details


async def test_it_is_held_for_what_is_found_in_its_words(desk: Desk) -> None:
    asked = await held(desk)

    row = await desk.row(asked)
    assert (row.state, row.held_reasons, row.held_at, row.purged_at) == (
        "held",
        "email,nhs_number",
        desk.clock(),
        None,
    )
    assert [WORDS[one.start : one.end] for one in findings_of(row.held_spans)] == [NUMBER, "pat@example.org"]
    assert await entries_of(asked) == ["held"]
    assert NUMBER not in str(await execute("SELECT details FROM ledger_entry"))


async def test_whoever_may_not_read_it_sees_its_words_covered_and_no_name(desk: Desk) -> None:
    asked = await held(desk)
    await desk.edit(asked, f"Why was {NUMBER} told?")
    question = await get_question(asked)

    covered, whole = shown_to(question, may_read=False), shown_to(question, may_read=True)

    assert covered.text == f"Why was {'█' * len(NUMBER)} told?"
    assert (covered.original_text, covered.clarification, covered.name, covered.is_masked) == (None, None, "", True)
    assert (whole.text, whole.original_text, whole.is_masked) == (f"Why was {NUMBER} told?", WORDS, False)


async def test_what_a_moderator_holds_of_their_own_accord_is_covered_as_a_whole(desk: Desk) -> None:
    asked = await desk.asked("Who is the lady on ward 7?")
    await desk.hold(asked, "named_person")

    assert set(shown_to(await get_question(asked), may_read=False).text) == {"█"}
    assert (await desk.row(asked)).held_reasons == "named_person"


async def test_released_it_is_published_and_what_it_first_said_is_gone(desk: Desk) -> None:
    asked = await held(desk)
    await desk.edit(asked, "Why are records sent by email?")

    await desk.release(asked)

    row = await desk.row(asked)
    assert (row.state, row.text, row.original_text, row.held_spans) == (
        "approved",
        "Why are records sent by email?",
        None,
        None,
    )
    assert row.purged_at == desk.clock()
    assert await codes_in_ledger(asked, "question.released") == '{"codes": ["email", "nhs_number"], "was": "held"}'
    assert await desk.post(after=5) == [("ann", "approved")]
    with pytest.raises(NotPossibleNow):
        await desk.release(asked)


async def test_an_approval_is_no_release(desk: Desk) -> None:
    asked = await held(desk)

    with pytest.raises(NotPossibleNow):
        await desk.approve(asked)
    assert await desk.state(asked) == "held"


async def test_a_release_undone_it_is_held_again_for_what_stands_in_it(desk: Desk) -> None:
    asked = await held(desk)
    since = desk.clock()
    desk.clock.move(days=2)
    await desk.release(asked)

    await desk.undo(asked)

    row = await desk.row(asked)
    assert (row.state, row.held_at, row.purged_at) == ("held", since, None)
    assert [one.code for one in findings_of(row.held_spans)] == ["nhs_number", "email"]
    assert await desk.post(after=3600) == []


async def test_a_mended_wording_stays_held_until_it_is_released(desk: Desk) -> None:
    asked = await held(desk)
    await desk.edit(asked, "Why are records sent by email?")

    row = await desk.row(asked)
    assert (row.state, row.held_spans, row.held_reasons) == ("held", "[]", "email,nhs_number")
    assert shown_to(await get_question(asked), may_read=False).text == "Why are records sent by email?"

    await desk.undo(asked)

    row = await desk.row(asked)
    assert [one.code for one in findings_of(row.held_spans)] == ["nhs_number", "email"]
    assert (row.text, row.original_text) == (WORDS, None)


@pytest.mark.parametrize("state", ["pending", "approved", "shortlisted"])
async def test_no_new_wording_brings_in_what_may_identify_somebody(desk: Desk, state: str) -> None:
    asked = await desk.asked("Who answers at help@example.org?", state=state)

    with pytest.raises(PersonalDataInWording):
        await desk.edit(asked, f"Who answers for {NUMBER}?")
    await desk.edit(asked, "Who answers you at help@example.org?")

    assert (await desk.row(asked)).text == "Who answers you at help@example.org?"


async def test_turned_down_what_was_held_of_it_goes_at_once(desk: Desk) -> None:
    asked = await held(desk)

    await desk.reject(asked)

    row = await desk.row(asked)
    assert row.text == "Why was the record of [removed: NHS number] sent to [removed: email address]?"
    assert row.clarification == "It was Pat, [removed: email address]."
    assert (row.held_spans, row.purged_at) == (None, desk.clock())


async def test_taken_back_what_was_held_of_it_goes_at_once(desk: Desk) -> None:
    asked = await held(desk)

    await withdraw_question(asked, stationery=desk.stationery, now=desk.clock())

    row = await desk.row(asked)
    assert row.state == "withdrawn"
    assert row.text == "Why was the record of [removed: NHS number] sent to [removed: email address]?"
    assert await execute("SELECT id FROM throttle_bucket WHERE key LIKE 'job: overwrite%'") == []


async def test_what_is_written_into_it_later_goes_as_well(desk: Desk) -> None:
    asked = await held(desk)
    await purge_held(desk.clock.move(days=7))
    assert (await desk.row(asked)).purged_at is not None

    await desk.edit(asked, f"Why was {NUMBER} told?")
    assert shown_to(await get_question(asked), may_read=False).text == f"Why was {'█' * len(NUMBER)} told?"
    await purge_held(desk.clock())

    assert (await desk.row(asked)).text == "Why was [removed: NHS number] told?"


async def test_the_jobs_ask_three_queries_when_nothing_is_due(desk: Desk) -> None:
    await held(desk)

    with recorded_statements() as asked:
        await purge_held(desk.clock())
        await return_orphans(desk.clock(), stationery=desk.stationery)

    assert len(asked) == 3


async def test_after_seven_days_what_was_found_is_deleted_for_good(desk: Desk) -> None:
    asked, other = await held(desk), await desk.asked(WORDS)

    assert await purge_held(desk.clock.move(days=7) - timedelta(seconds=1)) == 0
    assert await purge_held(desk.clock()) == 1
    assert await purge_held(desk.clock()) == 0

    row = await desk.row(asked)
    assert row.text == "Why was the record of [removed: NHS number] sent to [removed: email address]?"
    assert (row.state, row.original_text, row.held_spans, row.purged_at) == ("held", None, None, desk.clock())
    assert (await desk.row(other)).text == WORDS
    assert await codes_in_ledger(asked, "question.purged") == '{"codes": ["email", "nhs_number"]}'


async def test_after_seven_days_an_edited_one_loses_what_it_first_said(desk: Desk) -> None:
    asked = await held(desk)
    await desk.edit(asked, f"Why was {NUMBER} told?")

    await purge_held(desk.clock.move(days=7))

    row = await desk.row(asked)
    assert (row.text, row.original_text) == ("Why was [removed: NHS number] told?", None)


async def test_after_seven_days_what_nobody_can_point_to_goes_as_a_whole(desk: Desk) -> None:
    named, parked = await desk.asked("Who is the lady on ward 7?"), await desk.asked("What is this about?")
    await desk.hold(named, "named_person")
    await desk.hold(parked)

    await purge_held(desk.clock.move(days=7))

    assert (await desk.row(named)).text == "[removed: this question was held, and not released in time]"
    assert (await desk.row(parked)).text == "What is this about?"


async def test_an_edited_question_that_was_never_held_keeps_its_original(desk: Desk) -> None:
    asked = await desk.asked("Who sings?")
    await desk.edit(asked, "Who signs?")
    await desk.approve(asked)

    await purge_held(desk.clock.move(days=30))

    assert (await desk.row(asked)).original_text == "Who sings?"


@pytest.mark.only_on("sqlite")
async def test_of_what_was_purged_no_byte_is_left(desk: Desk, database_url: str) -> None:
    released, rejected, forgotten = [await held(desk, f"{WORDS} And {word}?") for word in ("why", "how", "who")]
    assert NUMBER.encode() in bytes_of(database_url)

    await desk.edit(released, "Why are records sent by email?")
    await desk.release(released)
    await desk.reject(rejected)
    assert NUMBER.encode() in bytes_of(database_url)
    await purge_held(desk.clock.move(days=8))

    assert NUMBER.encode() not in bytes_of(database_url)
    assert await desk.state(forgotten) == "held"


@pytest.mark.only_on("sqlite")
async def test_what_could_not_be_overwritten_at_once_the_job_overwrites(desk: Desk, database_url: str) -> None:
    asked = await held(desk)
    async with transaction():
        await withdraw_in(asked, desk)
    assert NUMBER.encode() in bytes_of(database_url)

    await purge_held(desk.clock())

    assert NUMBER.encode() not in bytes_of(database_url)
    assert await execute("SELECT id FROM throttle_bucket") == []


async def withdraw_in(question_id: str, desk: Desk) -> None:
    """What taking back does within its transaction, as if the light went out right after it."""
    await execute("UPDATE question SET state = 'withdrawn' WHERE id = {}", question_id)
    await leave(question_id, stationery=desk.stationery, now=desk.clock())


def bytes_of(database_url: str) -> bytes:
    path = Path(database_url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


async def test_holding_is_for_what_waits_or_is_published(desk: Desk) -> None:
    asked = await desk.asked(state="shortlisted")

    with pytest.raises(NotPossibleNow):
        await desk.hold(asked)
    assert await desk.state(asked) == "shortlisted"


async def test_of_two_who_release_and_reject_one_has_won(desk: Desk) -> None:
    asked = await held(desk)
    both = Moderator(desk.olive, QuestionState.HELD)
    release = release_question(asked, both, stationery=desk.stationery, now=desk.clock())
    reject = reject_question(asked, REASON, both, stationery=desk.stationery, now=desk.clock())

    results = await asyncio.gather(release, reject, return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["AlreadyModerated", "NoneType"]
    assert await desk.state(asked) in {"approved", "rejected"}


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5))
def test_whatever_was_found_nothing_of_it_is_left(text: str, ends: list[tuple[int, int]]) -> None:
    found = sorted((min(a, len(text)), min(b, len(text))) for a, b in ends)
    findings = [Finding(a, b, "email") for a, b in found if a < b]

    left = without(text, findings)

    kept = "".join(letter for place, letter in enumerate(text) if not any(f.start <= place < f.end for f in findings))
    assert left.replace("[removed: email address]", "") == kept
    assert findings_of(spans_of(findings)) == tuple(sorted(findings, key=lambda one: one.start))


def test_the_same_words_in_another_case_are_nothing_new() -> None:
    assert new_findings("Ask HELP@example.org", "Who is help@example.org?") == []
    assert [one.code for one in new_findings(f"Ask {NUMBER}", "Who?")] == ["nhs_number"]


async def test_what_was_held_by_hand_stays_covered_once_it_is_turned_down_or_taken_back(desk: Desk) -> None:
    turned_down, taken_back = await desk.asked("Who is the lady on ward 7?"), await desk.asked("What of the boy?")
    await desk.hold(turned_down)
    await desk.hold(taken_back)

    await desk.reject(turned_down)
    await withdraw_question(taken_back, stationery=desk.stationery, now=desk.clock())

    for asked in (turned_down, taken_back):
        assert set(shown_to(await get_question(asked), may_read=False).text) == {"█"}
        assert not shown_to(await get_question(asked), may_read=True).is_masked


async def test_held_a_second_time_and_all_of_it_undone_its_time_still_runs(desk: Desk) -> None:
    asked = await held(desk)
    await desk.release(asked)
    await desk.hold(asked)

    await desk.undo(asked)
    await desk.undo(asked)

    assert await desk.state(asked) == "held"
    assert await purge_held(desk.clock.move(days=7)) == 1
    assert NUMBER not in (await desk.row(asked)).text
