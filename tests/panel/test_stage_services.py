"""A panel in the room: the chair and the desk press at once; every press is done once, or refused with a sentence."""

import asyncio
import json

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.organisers.tables import Organiser
from eventsite.questions.stage_queries import stage_of
from eventsite.questions.stage_services import (
    Hand,
    MoreThanShown,
    NotOnTheList,
    StageMoved,
    leave_out_rest,
    mark_asked,
    mark_not_reached,
    open_stage,
    set_current,
    step_back,
)
from eventsite.questions.tables import PanelStage, Question
from eventsite.questions.undo_services import undo_last
from eventsite.stationery import Stationery
from tests.conftest import StandingClock
from tests.organisers.factories import make_organiser
from tests.panel.conftest import Stage
from tests.panel.factories import entered, last_step, listed, on_screen, published, states
from tests.questions.factories import make_panel


def chair(saw: Question | None = None) -> Hand:
    return Hand(None, saw.id if saw else "")


@pytest.fixture
async def omar(database: None) -> Organiser:
    return await make_organiser(password=None, name="Omar Organiser")


async def test_asking_puts_a_question_on_the_screen_and_says_that_it_was_asked(
    stage: Stage, clock: StandingClock
) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())

    assert await on_screen(stage.row) == "Question 1?"
    assert await states(stage.panel.session) == {
        "Question 1?": "asked",
        "Question 2?": "shortlisted",
        "Question 3?": "shortlisted",
    }
    (step,) = await execute("SELECT deed, organiser, state_before, state_after, batch FROM moderation")
    assert step == {
        "deed": "ask",
        "organiser": None,
        "state_before": "shortlisted",
        "state_after": "asked",
        "batch": None,
    }
    (entry,) = await execute("SELECT actor, details FROM ledger_entry WHERE deed = 'question.asked'")
    assert (entry["actor"], json.loads(entry["details"])) == ("chair", {"was": "shortlisted"})


async def test_the_next_one_takes_the_place_of_the_present_one(stage: Stage, clock: StandingClock) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    await set_current(stage.row, stage.second.id, chair(stage.first), now=clock.move(minutes=4))

    assert await on_screen(stage.row) == "Question 2?"
    assert list((await states(stage.panel.session)).values()) == ["asked", "asked", "shortlisted"]


async def test_asked_takes_it_off_the_screen_and_ticks_off_what_was_not_on_it(
    stage: Stage, clock: StandingClock
) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    await mark_asked(stage.row, stage.second.id, chair(stage.first), now=clock.move(minutes=1))
    assert await on_screen(stage.row) == "Question 1?"

    await mark_asked(stage.row, stage.first.id, chair(stage.first), now=clock.move(minutes=1))

    assert await on_screen(stage.row) == ""
    assert list((await states(stage.panel.session)).values()) == ["asked", "asked", "shortlisted"]


async def test_a_second_press_of_the_same_button_does_nothing(stage: Stage, clock: StandingClock) -> None:
    for _ in range(2):
        await set_current(stage.row, stage.first.id, chair(), now=clock.move(seconds=1))
        await mark_not_reached(stage.row, stage.second.id, chair(stage.first), now=clock())
    for _ in range(2):
        await mark_asked(stage.row, stage.first.id, chair(stage.first), now=clock.move(seconds=1))

    assert await entered("question.%") == ["question.asked", "question.not_reached", "question.done"]
    assert len(await execute("SELECT id FROM moderation")) == 2


@pytest.mark.parametrize("round_", range(3))
async def test_of_two_who_press_at_once_one_is_refused_and_nothing_is_half_done(
    stage: Stage, clock: StandingClock, omar: Organiser, round_: int
) -> None:
    done = await asyncio.gather(
        set_current(stage.row, stage.first.id, chair(), now=clock()),
        set_current(stage.row, stage.second.id, Hand(omar.id, ""), now=clock()),
        return_exceptions=True,
    )

    (refusal,) = [each for each in done if each]
    assert isinstance(refusal, StageMoved)
    assert str(refusal).startswith("Somebody else moved the panel on before you.")
    said = await states(stage.panel.session)
    assert sorted(said.values()) == ["asked", "shortlisted", "shortlisted"]
    assert said[await on_screen(stage.row)] == "asked"
    assert len(await execute("SELECT id FROM moderation")) == 1


async def test_two_who_ask_the_same_at_once_have_asked_it_once(
    stage: Stage, clock: StandingClock, omar: Organiser
) -> None:
    hands = (chair(), Hand(omar.id, ""))
    await asyncio.gather(*(set_current(stage.row, stage.first.id, hand, now=clock()) for hand in hands))

    assert await entered("question.asked") == ["question.asked"]


async def test_back_takes_back_press_after_press(stage: Stage, clock: StandingClock) -> None:
    async def back(saw: Question | None) -> None:
        await step_back(stage.row, chair(saw), await last_step(stage.row), now=clock.move(seconds=5))

    await set_current(stage.row, stage.first.id, chair(), now=clock())
    await mark_asked(stage.row, stage.first.id, chair(stage.first), now=clock.move(minutes=5))
    await back(None)
    assert await on_screen(stage.row) == "Question 1?"

    await set_current(stage.row, stage.second.id, chair(stage.first), now=clock.move(minutes=1))
    await mark_not_reached(stage.row, stage.third.id, chair(stage.second), now=clock.move(minutes=1))
    await back(stage.second)
    assert (await states(stage.panel.session))["Question 3?"] == "shortlisted"
    assert await on_screen(stage.row) == "Question 2?"

    await back(stage.second)
    assert (await states(stage.panel.session))["Question 2?"] == "shortlisted"
    assert await on_screen(stage.row) == "Question 1?"

    await back(stage.first)
    assert set((await states(stage.panel.session)).values()) == {"shortlisted"}
    assert await on_screen(stage.row) == ""
    assert await Question.count().where(Question.asked_at.is_not_null()) == 0
    assert await execute("SELECT id FROM moderation WHERE undone_at IS NULL") == []
    with pytest.raises(StageMoved):
        await back(None)


async def test_a_tick_is_taken_back_without_showing_it(stage: Stage, clock: StandingClock) -> None:
    for question in (stage.first, stage.second):
        await mark_asked(stage.row, question.id, chair(), now=clock.move(minutes=1))

    for left in (1, 0):
        await step_back(stage.row, chair(), await last_step(stage.row), now=clock.move(seconds=1))
        assert await on_screen(stage.row) == ""
        assert list((await states(stage.panel.session)).values()).count("asked") == left


async def test_what_is_shown_again_leaves_the_screen_before_anything_is_unsaid(
    stage: Stage, clock: StandingClock
) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    await set_current(stage.row, stage.second.id, chair(stage.first), now=clock.move(minutes=1))
    await set_current(stage.row, stage.first.id, chair(stage.second), now=clock.move(minutes=1))

    await step_back(stage.row, chair(stage.first), await last_step(stage.row), now=clock.move(minutes=1))

    assert await on_screen(stage.row) == "Question 2?"
    assert list((await states(stage.panel.session)).values()) == ["asked", "asked", "shortlisted"]


async def test_back_is_refused_where_somebody_has_pressed_since(
    stage: Stage, clock: StandingClock, omar: Organiser
) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    seen = await last_step(stage.row)
    await mark_not_reached(stage.row, stage.third.id, Hand(omar.id, stage.first.id), now=clock.move(seconds=1))

    with pytest.raises(StageMoved):
        await step_back(stage.row, chair(stage.first), seen, now=clock.move(seconds=1))

    assert (await states(stage.panel.session))["Question 3?"] == "not_reached"


async def test_what_was_not_reached_can_be_asked_after_all(stage: Stage, clock: StandingClock) -> None:
    await mark_not_reached(stage.row, stage.first.id, chair(), now=clock())
    await set_current(stage.row, stage.first.id, chair(), now=clock.move(minutes=1))

    assert (await states(stage.panel.session))["Question 1?"] == "asked"


@pytest.mark.parametrize("state", ["pending", "held", "rejected", "withdrawn", "merged", "answered"])
async def test_what_nobody_may_see_or_was_settled_is_never_put_to_the_panel(
    state: str, stage: Stage, clock: StandingClock
) -> None:
    await Question.update({Question.state: state}, force=True).where(Question.id == stage.first.id)

    for deed in (set_current, mark_asked, mark_not_reached):
        with pytest.raises(NotOnTheList):
            await deed(stage.row, stage.first.id, chair(), now=clock())

    assert await on_screen(stage.row) == ""
    assert (await states(stage.panel.session))["Question 1?"] == state


async def test_a_question_to_another_panel_is_not_there(stage: Stage, clock: StandingClock) -> None:
    _, elsewhere = await make_panel()
    foreign = await listed(elsewhere, 1)

    for deed in (set_current, mark_asked, mark_not_reached):
        for question_id in (foreign.id, "x"):
            with pytest.raises(NotFound):
                await deed(stage.row, question_id, chair(), now=clock())

    assert await on_screen(stage.row) == ""


async def test_what_its_asker_takes_back_on_the_screen_makes_room_for_the_next(
    stage: Stage, clock: StandingClock
) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    await Question.update({Question.state: "withdrawn"}, force=True).where(Question.id == stage.first.id)

    await set_current(stage.row, stage.second.id, chair(stage.first), now=clock.move(minutes=1))

    assert await on_screen(stage.row) == "Question 2?"


async def test_the_rest_is_left_out_as_one_deed(stage: Stage, clock: StandingClock, omar: Organiser) -> None:
    await set_current(stage.row, stage.first.id, chair(), now=clock())
    shown = frozenset({stage.second.id, stage.third.id})

    number = await leave_out_rest(stage.panel.session.id, omar.id, shown, now=clock.move(minutes=30))

    assert number == 2
    assert await on_screen(stage.row) == ""
    assert list((await states(stage.panel.session)).values()) == ["asked", "not_reached", "not_reached"]
    rows = await execute("SELECT batch, organiser FROM moderation WHERE deed = 'leave out'")
    assert {row["organiser"] for row in rows} == {omar.id}
    assert len({row["batch"] for row in rows}) == 1
    assert rows[0]["batch"]


async def test_the_rest_is_not_more_than_was_shown(stage: Stage, clock: StandingClock, omar: Organiser) -> None:
    with pytest.raises(MoreThanShown):
        await leave_out_rest(stage.panel.session.id, omar.id, frozenset({stage.second.id}), now=clock())

    assert set((await states(stage.panel.session)).values()) == {"shortlisted"}


async def test_the_desk_can_undo_what_it_pressed_and_the_panel_goes_on(
    stage: Stage, clock: StandingClock, omar: Organiser, stationery: Stationery
) -> None:
    await set_current(stage.row, stage.first.id, Hand(omar.id, ""), now=clock())
    await undo_last(stage.first.id, omar.id, stationery=stationery, now=clock.move(seconds=2))

    await set_current(stage.row, stage.second.id, chair(stage.first), now=clock.move(seconds=2))

    assert await on_screen(stage.row) == "Question 2?"
    assert (await states(stage.panel.session))["Question 1?"] == "shortlisted"


async def test_a_stage_is_opened_once(clock: StandingClock, omar: Organiser) -> None:
    _, session = await make_panel()
    await published(session)
    assert await stage_of(session.id) is None

    stages = await asyncio.gather(*(open_stage(session.id, omar.id, now=clock()) for _ in range(3)))

    assert len({stage.id for stage in stages}) == await PanelStage.count() == 1
    assert stages[0].minutes == 45
    assert await entered("session.stage_opened") == ["session.stage_opened"]
