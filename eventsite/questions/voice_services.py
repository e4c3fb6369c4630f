"""Adding one's voice to somebody else's question, instead of asking it again. One transaction."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.clock import london_date
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.events.queries import get_event_by_id, get_session
from eventsite.events.rules import ensure_takes_questions
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson, PersonDraft, find_or_add_person
from eventsite.questions.deeds import enter
from eventsite.questions.letters import voice_received
from eventsite.questions.queries import correspondents
from eventsite.questions.rules import is_public
from eventsite.questions.tables import QuestionState
from eventsite.stationery import Stationery
from eventsite.tokens import keyed_digest

STANDING = "SELECT id, session, state, merged_into FROM question WHERE id = {}"
ADD = """
    INSERT INTO voice (id, question, person, dedupe_key, added_at) VALUES ({}, {}, {}, {}, {})
    ON CONFLICT (dedupe_key) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class AddedVoice:
    """The question a voice went to (the one it stands with where it was merged), and whether this deed added it."""

    question_id: str
    is_new: bool


async def add_voice(
    session_id: str,
    question_id: str,
    person: PersonDraft | None,
    *,
    network: str,
    stationery: Stationery,
    now: datetime,
) -> AddedVoice:
    """Counts somebody as one more who asks a public question, and writes to them where they left an address.

    Once for each address, and not for whoever asked it themselves. Who leaves none is counted once a day for each
    network: readers have no cookie to be told apart by. Raises NotFound, and QuestionsClosed for a panel that is over.
    """
    async with transaction():
        head = await _public_head(session_id, question_id)
        session = await get_session(session_id)
        ensure_takes_questions(session, await get_event_by_id(session.event), now)
        known = await find_or_add_person(person, now=now) if person else None
        if known and any(one.person_id == known.id for one in await correspondents(head)):
            return AddedVoice(head, is_new=False)
        counted = f"address {person.email_key}" if person else f"network {network} {london_date(now).isoformat()}"
        key = keyed_digest(stationery.links.secret_key, "voice", f"{head}\n{counted}")
        voice_id = new_id()
        if not await execute(ADD, voice_id, head, known.id if known else None, key, now):
            return AddedVoice(head, is_new=False)
        await enter("voiced", head, ledger.VISITOR, now)
        if known:
            await _write(voice_id, head, known, stationery, now)
    return AddedVoice(head, is_new=True)


async def _public_head(session_id: str, question_id: str) -> str:
    """The question that one stands with, or itself: what somebody read may have been merged meanwhile."""
    while True:
        found = await execute(STANDING, question_id)
        if not found or found[0]["session"] != session_id:
            raise NotFound
        if found[0]["state"] != QuestionState.MERGED or not found[0]["merged_into"]:
            break
        question_id = found[0]["merged_into"]
    if not is_public(found[0]["state"]):
        raise NotFound
    return question_id


async def _write(voice_id: str, question_id: str, known: KnownPerson, stationery: Stationery, now: datetime) -> None:
    to = next(one for one in await correspondents(question_id) if one.person_id == known.id)
    letter, key = voice_received(to, stationery), f"voice:{voice_id}:received"
    await enqueue(letter, key=key, cause=Cause.VISITOR, now=now, settings=stationery.settings)
