"""Closing the loop: everybody credited hears once how it ended, together with the publication or not at all."""

import asyncio
from typing import Any

import pytest

from eventsite.closing.rules import NobodyLeft, NoSuchPassage, Plan, PlanChanged
from eventsite.closing.services import publish_and_tell, settle_question, tie_passage, untie_passage
from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.questions.answer_services import answer_question
from eventsite.questions.queries import get_question
from eventsite.questions.rules import AlreadyModerated, Moderator, NotPossibleNow
from eventsite.questions.stage_queries import latest_steps
from eventsite.questions.stage_services import Hand, open_stage, step_back
from eventsite.questions.states import Deed, QuestionState
from eventsite.questions.tables import Question
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.rules import ChangedMeanwhile, NotPublished
from eventsite.writeups.tables import Writeup
from tests.closing.factories import Evening, written_to
from tests.organisers.factories import make_organiser
from tests.questions.factories import letters_to, make_panel, make_question

ANN, BEN, CARA, DEV = (f"{name}@example.org" for name in ("ann", "ben", "cara", "dev"))


async def answer(evening: Evening, question: Question) -> int:
    saw = Moderator(evening.olive, QuestionState.NOT_REACHED)
    return await answer_question(
        question.id, "Both sign.", saw, stationery=evening.stationery, now=evening.clock.move(minutes=1)
    )


async def change(evening: Evening, **given: Any) -> None:
    values: dict[Any, Any] = dict(given)
    await Writeup.update(values).where(Writeup.id == evening.writeup.id)


async def told_at(question: Question) -> list[object]:
    rows = await execute("SELECT told_at FROM passage WHERE question = {}", question.id)
    return [row["told_at"] for row in rows]


@pytest.mark.parametrize(("deed", "state"), [(Deed.ASK, "asked"), (Deed.LEAVE_OUT, "not_reached")])
async def test_what_nobody_said_in_the_room_is_said_afterwards_and_taken_back_like_what_was_said_there(
    evening: Evening, deed: Deed, state: str
) -> None:
    question, saw = (
        await evening.asked_by(ANN, state="shortlisted"),
        Moderator(evening.olive, QuestionState.SHORTLISTED),
    )
    now = evening.clock()

    await settle_question(question.id, deed, saw, now=now)
    with pytest.raises(AlreadyModerated):
        await settle_question(question.id, deed, saw, now=now)

    stands = await get_question(question.id)
    assert (stands.state, stands.asked_at) == (state, now if deed is Deed.ASK else None)
    stage = await open_stage(evening.session.id, evening.olive, now=now)
    (step,) = await latest_steps(evening.session.id)
    await step_back(stage, Hand(evening.olive, ""), step.id, now=now)
    (row,) = await execute("SELECT state, asked_at FROM question")
    assert row == {"state": "shortlisted", "asked_at": None}


async def test_what_was_answered_is_not_settled_any_more(evening: Evening) -> None:
    question = await evening.asked_by(ANN, state="answered")

    with pytest.raises(NotPossibleNow):
        await settle_question(
            question.id, Deed.ASK, Moderator(evening.olive, QuestionState.ANSWERED), now=evening.clock()
        )


async def test_everybody_credited_is_led_to_the_very_passages(evening: Evening) -> None:
    question = await evening.asked_by(ANN, BEN, CARA, text="Who signs, and when?")
    await evening.tie(question, 1)
    await evening.tie(question, 0)
    assert [one.to.email for one in (await evening.plan()).notices] == [ANN, BEN, CARA]

    await evening.publish()

    slug = (await get_writeup(evening.writeup.id)).slug
    for address in (ANN, BEN, CARA):
        (letter,) = await letters_to(address)
        places = [letter.text.index(f"/writeups/{slug}#{anchor}") for anchor in evening.anchors[:2]]
        assert places == sorted(places)
        assert "Who signs, and when?" not in letter.text + letter.html
    assert None not in await told_at(question)


async def test_what_was_not_reached_is_said_in_honest_words(evening: Evening) -> None:
    await evening.asked_by(DEV, state="not_reached")

    await evening.publish()

    (letter,) = await letters_to(DEV)
    assert "/writeups/what-was-said" in letter.text
    assert "#" not in letter.text.split("/writeups/what-was-said")[1].split()[0]


async def test_nobody_is_written_to_of_what_nobody_has_said_the_end_of(evening: Evening) -> None:
    for state in ("asked", "shortlisted", "approved", "pending", "held", "rejected", "withdrawn"):
        await evening.asked_by(f"{state}@example.org", state=state)
    assert (await evening.publish()).notices == ()
    assert await written_to() == []


@pytest.mark.parametrize("between", ["nothing", "an edit", "another tie"])
async def test_publishing_again_writes_to_nobody_again(evening: Evening, between: str) -> None:
    taken = await evening.asked_by(ANN, BEN)
    await evening.asked_by(DEV, state="not_reached")
    await evening.tie(taken)
    await evening.publish()
    await evening.retract()
    if between == "an edit":
        await change(evening, body="Other words altogether.", revision=evening.writeup.revision + 1)
    if between == "another tie":
        await evening.tie(taken, 2)

    evening.clock.move(days=60)
    assert (await evening.publish()).notices == ()
    assert await written_to() == [ANN, BEN, DEV]


async def test_two_who_publish_at_once_write_once(evening: Evening) -> None:
    question = await evening.asked_by(ANN, BEN, CARA)
    await evening.tie(question)
    omar = (await make_organiser(password=None, name="Omar Organiser")).id

    results = await asyncio.gather(evening.publish(), evening.publish(by=omar), return_exceptions=True)

    assert sum(isinstance(result, Plan) for result in results) == 1
    assert await written_to() == [ANN, BEN, CARA]


async def test_other_letters_than_were_shown_are_not_sent_and_nothing_is_published(evening: Evening) -> None:
    await evening.tie(await evening.asked_by(ANN))
    shown = (await evening.plan()).digest
    await evening.tie(await evening.asked_by(BEN))

    with pytest.raises(PlanChanged):
        await evening.publish(shown)

    assert (await get_writeup(evening.writeup.id)).state == "draft"
    assert await written_to() == []


async def test_what_was_edited_meanwhile_is_not_published_and_nobody_is_told(evening: Evening) -> None:
    question = await evening.asked_by(ANN)
    await evening.tie(question)
    plan = (await evening.plan()).digest
    with pytest.raises(ChangedMeanwhile):
        await publish_and_tell(
            evening.writeup.id,
            seen=evening.writeup.revision + 1,
            plan=plan,
            actor=evening.olive,
            stationery=evening.stationery,
            now=evening.clock(),
        )
    assert await written_to() == []
    assert await told_at(question) == [None]


async def test_a_tie_after_publication_tells_its_askers_alone_and_once(evening: Evening) -> None:
    await evening.tie(await evening.asked_by(ANN))
    await evening.publish()
    later = await evening.asked_by(BEN)
    await evening.tie(later, 2)
    assert await written_to() == [ANN]

    plan = await evening.plan()
    assert [one.to.email for one in plan.notices] == [BEN]
    await evening.tell()
    assert await written_to() == [ANN, BEN]
    with pytest.raises(NobodyLeft):
        await evening.tell(plan.digest)
    assert await written_to() == [ANN, BEN]


async def test_two_who_tell_the_rest_at_once_tell_once(evening: Evening) -> None:
    await evening.publish()
    await evening.tie(await evening.asked_by(ANN, BEN))
    plan = (await evening.plan()).digest
    results = await asyncio.gather(evening.tell(plan), evening.tell(plan), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["NobodyLeft", "Plan"]
    assert await written_to() == [ANN, BEN]


async def test_nobody_is_told_of_a_draft(evening: Evening) -> None:
    await evening.tie(await evening.asked_by(ANN))
    with pytest.raises(NotPublished):
        await evening.tell()
    assert await written_to() == []


async def test_who_has_a_written_answer_is_not_told_that_time_ran_out(evening: Evening) -> None:
    question = await evening.asked_by(ANN, state="not_reached")
    assert await answer(evening, question) == 1
    assert (await evening.publish()).notices == ()
    assert await written_to() == [ANN]


async def test_what_was_not_reached_may_be_answered_afterwards(evening: Evening) -> None:
    question = await evening.asked_by(ANN, state="not_reached")
    await evening.publish()
    evening.clock.move(days=1)
    assert await answer(evening, question) == 1
    letters = await letters_to(ANN)
    assert "written answer" in letters[0].header("Subject").lower()


async def test_a_tie_names_a_passage_there_is_and_a_question_everybody_can_read(evening: Evening) -> None:
    question = await evening.asked_by(ANN)
    with pytest.raises(NoSuchPassage):
        await tie_passage(evening.writeup.id, question.id, "p-00000000", actor=evening.olive, now=evening.clock())
    for state in ("held", "pending", "rejected", "withdrawn", "merged"):
        with pytest.raises(NotFound):
            await evening.tie(await evening.asked_by(BEN, state=state))
    assert await evening.tie(question)
    assert not await evening.tie(question)
    assert await told_at(question) == [None]


async def test_untying_takes_the_letter_out_of_the_plan(evening: Evening) -> None:
    question = await evening.asked_by(ANN)
    await evening.tie(question)
    [row] = await execute("SELECT id FROM passage")
    for _ in range(2):
        later = evening.clock.move(minutes=1)
        await untie_passage(evening.writeup.id, row["id"], actor=evening.olive, now=later)
    assert (await evening.plan()).notices == ()
    entered = await execute("SELECT deed FROM ledger_entry WHERE subject_id = {} ORDER BY at, id", question.id)
    assert [entry["deed"] for entry in entered] == ["question.tied", "question.untied"]


async def test_only_the_write_up_of_its_own_panel_says_that_a_question_was_not_reached(evening: Evening) -> None:
    await evening.asked_by(ANN, state="not_reached")
    _, elsewhere = await make_panel()
    await make_question(elsewhere, state="not_reached")
    await change(evening, session=None)
    assert (await evening.plan()).notices == ()


async def test_one_plan_takes_as_many_queries_for_thirty_questions_as_for_one(evening: Evening) -> None:
    from eventsite.database import recorded_statements

    async def statements() -> int:
        with recorded_statements() as recorded:
            await evening.plan()
        return len(recorded)

    await evening.tie(await evening.asked_by(ANN))
    one = await statements()
    for number in range(29):
        await evening.tie(await evening.asked_by(f"{number}@example.org"))
    assert await statements() == one
