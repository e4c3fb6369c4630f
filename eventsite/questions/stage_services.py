"""The verbs of a panel in the room, from the chair's phone and the desk at once. Each is one transaction.

Whoever moves the panel on says which question they saw as the present one: if another one is, nothing is done.
"""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, for_update, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.questions.deeds import enter
from eventsite.questions.moderating import HOLD_PANEL, moment, note
from eventsite.questions.stage_queries import Step, latest_steps, stage_of
from eventsite.questions.states import Deed, QuestionState, after, can
from eventsite.questions.tables import PanelStage

TURN = "SELECT COALESCE(current_question, '') AS present, updated_at FROM panel_stage WHERE id = {}"
PRESENT = "UPDATE panel_stage SET current_question = {}, updated_at = {} WHERE id = {}"
STANDS = "SELECT state FROM question WHERE id = {} AND session = {}"
MOVE = "UPDATE question SET state = {}, asked_at = {}, dedupe_key = NULL WHERE id = {} AND state = {} RETURNING id"
TAKE_BACK = "UPDATE moderation SET undone_at = {} WHERE id = {} AND undone_at IS NULL RETURNING id"
OPEN = """
    INSERT INTO panel_stage (id, session, link_version, takes_votes, minutes, updated_at)
    VALUES ({}, {}, 0, {}, 45, {}) ON CONFLICT (session) DO NOTHING RETURNING id
"""
LISTED = "SELECT id FROM question WHERE session = {} AND state = 'shortlisted' ORDER BY shortlist_position, id"


class NotMoved(Refusal):
    """The panel was not moved on."""


class StageMoved(NotMoved):
    """Somebody else moved the panel on before you. What stands here now is theirs, and yours was not done."""


class NotOnTheList(NotMoved):
    """This question cannot be put to the panel any more: it was taken back, or taken off the list."""


class MoreThanShown(Refusal):
    """There are more questions on the list than the page before said. Nothing has been changed yet."""


@dataclass(frozen=True)
class Hand:
    """Who moves a panel on (None: its chair), and which question they saw as the present one (empty: none)."""

    organiser: str | None
    saw: str

    @property
    def actor(self) -> str:
        """Who it was, as the ledger says it."""
        return self.organiser or ledger.CHAIR


async def set_current(stage: PanelStage, question_id: str, hand: Hand, *, now: datetime) -> None:
    """Puts a question to the panel and on the screen, in the place of the one that is there.

    The same again does nothing. Raises StageMoved, NotOnTheList, NotFound.
    """
    async with transaction():
        present, _ = await _take_turn(stage)
        if question_id and present == question_id:
            return
        if present != hand.saw:
            raise StageMoved
        at = await _say(stage, question_id, Deed.ASK, hand, now)
        await execute(PRESENT, question_id, at or await moment(now), stage.id)
        if not at:
            await enter("shown", question_id, hand.actor, now)


async def mark_asked(stage: PanelStage, question_id: str, hand: Hand, *, now: datetime) -> None:
    """Says that a question has been asked: the present one leaves the screen, another one is ticked off the list.

    The same again does nothing. Raises NotOnTheList, NotFound.
    """
    async with transaction():
        present, _ = await _take_turn(stage)
        if question_id and present == question_id:
            await execute(PRESENT, None, await moment(now), stage.id)
            await enter("done", question_id, hand.actor, now)
        elif at := await _say(stage, question_id, Deed.ASK, hand, now):
            await execute(PRESENT, present or None, at, stage.id)


async def mark_not_reached(stage: PanelStage, question_id: str, hand: Hand, *, now: datetime) -> None:
    """Says that there was no time for a question. The same again does nothing. Raises NotOnTheList, NotFound."""
    async with transaction():
        present, _ = await _take_turn(stage)
        if at := await _say(stage, question_id, Deed.LEAVE_OUT, hand, now):
            await execute(PRESENT, present or None, at, stage.id)


async def step_back(stage: PanelStage, hand: Hand, last: str, *, now: datetime) -> None:
    """Takes back the last press: what was put on the screen leaves it, what left it comes back.

    `last` is the id of the step that they saw as the last one. Raises StageMoved where there is another one.
    """
    async with transaction():
        present, moved_at = await _take_turn(stage)
        steps = await latest_steps(stage.session)
        if present != hand.saw or not steps or steps[0].id != last:
            raise StageMoved
        step, asked = steps[0], [each.question for each in steps if each.deed == Deed.ASK and each.question != present]
        shown = asked[0] if asked else None
        if step.done_at < moved_at and present != step.question:
            # Since then only the screen has changed.
            await execute(PRESENT, shown, step.done_at, stage.id)
        else:
            await _take_back(step, await moment(now))
            stays = shown if present == step.question else present or None
            await execute(PRESENT, stays, steps[1].done_at if len(steps) > 1 else now, stage.id)
        await enter("stepped_back", step.question, hand.actor, now)


async def leave_out_rest(session_id: str, organiser_id: str, shown: frozenset[str], *, now: datetime) -> int:
    """Says of all that are still on a panel's list that there was no time for them, and empties its screen.

    One deed, undone as one. How many they were. Raises MoreThanShown where one of them was not on the page before.
    """
    async with transaction():
        stage = await open_stage(session_id, organiser_id, now=now)
        await _take_turn(stage)
        rest = [row["id"] for row in await execute(LISTED, session_id)]
        if not shown.issuperset(rest):
            raise MoreThanShown
        batch, hand = new_id(), Hand(organiser_id, "")
        for question_id in rest:
            await _say(stage, question_id, Deed.LEAVE_OUT, hand, now, batch)
        await execute(PRESENT, None, now, stage.id)
    return len(rest)


async def open_stage(session_id: str, organiser_id: str, *, now: datetime) -> PanelStage:
    """How a panel is run in the room, made where it was not yet; the links of chair and screen hold from then on."""
    async with transaction():
        new = await execute(OPEN, new_id(), session_id, False, now)
        if new:
            await _enter("stage_opened", session_id, organiser_id, now)
        stage = await stage_of(session_id)
    if stage is None:
        raise NotFound
    return stage


async def _take_turn(stage: PanelStage) -> tuple[str, datetime]:
    """Waits for whoever changes the panel's list just now; which question is the present one, and since when."""
    await execute(HOLD_PANEL + for_update(keeps_key=True), stage.session)
    for row in await execute(TURN + for_update(), stage.id):
        return row["present"], row["updated_at"]
    raise NotFound


async def _say(
    stage: PanelStage, question_id: str, deed: Deed, hand: Hand, now: datetime, batch: str | None = None
) -> datetime | None:
    """Moves a question of this panel as the deed says; the moment of it, None where it stands there already."""
    stands = await execute(STANDS + for_update(), question_id, stage.session)
    if not stands:
        raise NotFound
    before, state = QuestionState(stands[0]["state"]), after(deed)
    if before == state:
        return None
    if not can(deed, before):
        raise NotOnTheList
    await execute(MOVE, state.value, now if deed == Deed.ASK else None, question_id, before.value)
    done = await note(question_id, hand.organiser, deed, (before, state), now=now, batch=batch)
    await enter(state.value, question_id, hand.actor, done.at, {"was": before.value})
    return done.at


async def _take_back(step: Step, now: datetime) -> None:
    """Puts a question where it was before a step, if it still is where the step put it."""
    if not await execute(TAKE_BACK, now, step.id):
        raise StageMoved
    if not await execute(MOVE, step.state_before, None, step.question, step.state_after):
        raise StageMoved


async def _enter(deed: str, session_id: str, actor: str, now: datetime) -> None:
    await ledger.record(f"session.{deed}", subject=("session", session_id), actor=actor, now=now)
