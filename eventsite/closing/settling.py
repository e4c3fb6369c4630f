"""Saying afterwards what became of a question in the room, where nobody said so while the panel ran."""

from datetime import datetime

from eventsite.database import transaction
from eventsite.questions.moderating import hold_panel_of, moderate
from eventsite.questions.rules import Moderator, ensure_can
from eventsite.questions.states import Deed


async def settle_question(question_id: str, deed: Deed, moderator: Moderator, *, now: datetime) -> None:
    """Marks a question as asked, or as not reached; raises NotPossibleNow, AlreadyModerated, NotFound."""
    ensure_can(deed, moderator.saw)
    async with transaction():
        await hold_panel_of(question_id)
        await moderate(question_id, moderator, deed, {"asked_at": now} if deed is Deed.ASK else {}, now=now)
