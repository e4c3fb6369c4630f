"""Reads about a panel in the room: how it is run, by whose link, and what was said last of its questions."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.questions.tables import ChairMessage, PanelStage
from eventsite.tokens import Purpose, is_valid_token, read_row_id

# A bulk deed of the desk is undone on the desk. What has moved on since cannot be taken back here.
STEPS = """
    SELECT step.id, step.question, step.deed, step.state_before, step.state_after, step.done_at
    FROM moderation AS step JOIN question ON question.id = step.question
    WHERE question.session = {} AND step.deed IN ('ask', 'leave out') AND step.undone_at IS NULL
        AND step.batch IS NULL AND question.state = step.state_after
    ORDER BY step.done_at DESC, step.id DESC LIMIT 50
"""


@dataclass(frozen=True)
class Step:
    """Something said of a question in the room: that it was put to the panel, or that there was no time for it."""

    id: str
    question: str
    deed: str
    state_before: str
    state_after: str
    done_at: datetime


async def stage_of(session_id: str) -> PanelStage | None:
    """How a panel is run in the room; None before anybody made links for it."""
    return await PanelStage.objects().get(PanelStage.session == session_id)


async def get_stage_of_link(secret: str, purpose: Purpose, token: str) -> PanelStage:
    """The stage that a link of the chair or the screen belongs to; NotFound for a wrong, foreign or revoked one."""
    stage = await PanelStage.objects().get(PanelStage.id == (read_row_id(token) or ""))
    if stage is None or not is_valid_token(secret, purpose, token, stage.link_version):
        raise NotFound
    return stage


async def latest_steps(session_id: str) -> list[Step]:
    """What was said last of a panel's questions and can be taken back, the latest first."""
    return [Step(**row) for row in await execute(STEPS, session_id)]


async def messages_to_chair(session_id: str) -> list[ChairMessage]:
    """What the desk wrote to the chair of a panel, the latest first."""
    return (
        await ChairMessage.objects()
        .where(ChairMessage.session == session_id)
        .order_by(ChairMessage.sent_at, ascending=False)
        .order_by(ChairMessage.id, ascending=False)
        .limit(20)
    )
