"""What every deed on a question does beside its own row: the letter to its asker and the entry in the ledger."""

from collections.abc import Callable
from datetime import datetime
from typing import NoReturn

from eventsite import ledger
from eventsite.database import execute, new_id
from eventsite.errors import NotFound
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.questions.queries import Correspondent, correspondent
from eventsite.questions.rules import AlreadyModerated
from eventsite.questions.tables import ThemeSource
from eventsite.stationery import Stationery

ABOUT = """
    INSERT INTO question_theme (id, question, theme, source, words) VALUES ({}, {}, {}, {}, '')
    ON CONFLICT (question, theme) DO UPDATE SET source = excluded.source, words = ''
"""
SAID = "SELECT theme FROM question_theme WHERE question = {} AND source <> 'rule'"
NOT_ABOUT = "DELETE FROM question_theme WHERE question = {} AND theme = {}"
EXISTS = "SELECT id FROM question WHERE id = {}"

Composer = Callable[[Correspondent, Stationery], Letter]


async def write_to_asker(
    question_id: str, compose: Composer, key: str, cause: Cause, stationery: Stationery, now: datetime
) -> None:
    """Puts a letter to the asker into the outbox, where they left an address."""
    asker = await correspondent(question_id)
    if asker:
        letter = compose(asker, stationery)
        await enqueue(letter, key=key, cause=cause, now=now, settings=stationery.settings)


async def enter(
    deed: str, question_id: str, actor: str, now: datetime, details: dict[str, object] | None = None
) -> None:
    """Enters a deed on a question in the ledger, as `question.<deed>`."""
    await ledger.record(f"question.{deed}", subject=("question", question_id), actor=actor, now=now, details=details)


async def refuse_late(question_id: str) -> NoReturn:
    """Raises AlreadyModerated where somebody else was first, NotFound where there is no such question."""
    if not await execute(EXISTS, question_id):
        raise NotFound
    raise AlreadyModerated


async def add_themes(question_id: str, theme_ids: tuple[str, ...], source: ThemeSource) -> None:
    """Says that a question is about these themes, and who says so; what was only suggested is so from now on."""
    for theme_id in theme_ids:
        await execute(ABOUT, new_id(), question_id, theme_id, source.value)


async def replace_themes(question_id: str, theme_ids: tuple[str, ...]) -> bool:
    """Says that a question is about these themes and no others; whether that is news.

    What stays keeps its source, what is new is the organiser's, and what is suggested beside it stays suggested.
    """
    present = {row["theme"] for row in await execute(SAID, question_id)}
    for theme_id in sorted(present - set(theme_ids)):
        await execute(NOT_ABOUT, question_id, theme_id)
    new = tuple(theme_id for theme_id in theme_ids if theme_id not in present)
    await add_themes(question_id, new, ThemeSource.ORGANISER)
    return present != set(theme_ids)
