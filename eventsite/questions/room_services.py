"""What the desk settles for a panel in the room: its links, votes and length, and messages to its chair."""

from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.questions.stage_services import open_stage
from eventsite.questions.tables import PanelStage

VOTES = "UPDATE panel_stage SET takes_votes = {} WHERE id = {} AND takes_votes <> {} RETURNING id"
LENGTH = "UPDATE panel_stage SET minutes = {} WHERE id = {} AND minutes <> {} RETURNING id"
RENEW = "UPDATE panel_stage SET link_version = link_version + 1 WHERE id = {} AND link_version = {} RETURNING id"
SEND = "INSERT INTO chair_message (id, session, words, sent_by, sent_at) VALUES ({}, {}, {}, {}, {})"
SEE = "UPDATE chair_message SET seen_at = {} WHERE id = {} AND session = {} AND seen_at IS NULL RETURNING id"
SENT = "SELECT id FROM chair_message WHERE id = {} AND session = {}"


class LinksRenewed(Refusal):
    """Somebody else made new links before you. The ones that stand here now are theirs."""


async def switch_votes(session_id: str, organiser_id: str, *, on: bool, now: datetime) -> None:
    """Opens or closes the audience's votes for a panel's questions. The same again does nothing."""
    async with transaction():
        stage = await open_stage(session_id, organiser_id, now=now)
        if await execute(VOTES, on, stage.id, on):
            await _enter("votes_opened" if on else "votes_closed", session_id, organiser_id, now)


async def set_length(session_id: str, minutes: int, organiser_id: str, *, now: datetime) -> None:
    """Says how many minutes a panel has for questions."""
    async with transaction():
        stage = await open_stage(session_id, organiser_id, now=now)
        if await execute(LENGTH, minutes, stage.id, minutes):
            await _enter("length_set", session_id, organiser_id, now, {"minutes": minutes})


async def renew_links(stage: PanelStage, organiser_id: str, *, now: datetime) -> None:
    """Ends the links of chair and screen that were given out; there are new ones. Raises LinksRenewed."""
    async with transaction():
        if not await execute(RENEW, stage.id, stage.link_version):
            raise LinksRenewed
        await _enter("links_renewed", stage.session, organiser_id, now)


async def send_message(session_id: str, words: str, organiser_id: str, *, now: datetime) -> str:
    """Sends a line to the chair of a panel; its id. The ledger does not hold the words."""
    async with transaction():
        await open_stage(session_id, organiser_id, now=now)
        message_id = new_id()
        await execute(SEND, message_id, session_id, words, organiser_id, now)
        await _enter("message_sent", session_id, organiser_id, now, {"message": message_id})
    return message_id


async def note_message(session_id: str, message_id: str, *, now: datetime) -> None:
    """Says that the chair has seen a message. The same again does nothing; NotFound for one of another panel."""
    async with transaction():
        if await execute(SEE, now, message_id, session_id):
            await _enter("message_seen", session_id, ledger.CHAIR, now, {"message": message_id})
        elif not await execute(SENT, message_id, session_id):
            raise NotFound


async def _enter(
    deed: str, session_id: str, actor: str, now: datetime, details: dict[str, object] | None = None
) -> None:
    await ledger.record(f"session.{deed}", subject=("session", session_id), actor=actor, now=now, details=details)
