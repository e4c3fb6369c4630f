"""Who was told how a question ended. Each piece of news reaches each of those credited with a question once.

Letters leave a table empty after a month; that somebody was told is kept beside them, for as long as it may matter.
"""

from collections.abc import Iterable
from datetime import datetime

from eventsite.database import execute, new_id
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.recalls import fall_silent
from eventsite.mail.tables import Cause
from eventsite.questions.queries import Correspondent
from eventsite.questions.tables import News
from eventsite.stationery import Stationery

REMEMBER = """
    INSERT INTO question_notice (id, question, person, news, told_at) VALUES ({}, {}, {}, {}, {})
    ON CONFLICT (question, person, news) DO NOTHING RETURNING id
"""
FORGET = "DELETE FROM question_notice WHERE question = {} AND person = {} AND news = {}"
TOLD = "SELECT question, person, news FROM question_notice WHERE question IN (WANTED)"

Told = frozenset[tuple[str, str, str]]
"""Question, person and news, as often as somebody was told something."""


async def tell(
    question_id: str,
    to: Correspondent,
    news: News,
    letter: Letter,
    *,
    stationery: Stationery,
    now: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Writes to somebody how a question ended, unless they were told so before. Part of the caller's transaction.

    What waits of older news to them about that question is taken back.
    """
    notice = new_id()
    if not await execute(REMEMBER, notice, question_id, to.person_id, news.value, now):
        return False
    return await enqueue(
        letter,
        key=f"question:{question_id}:{news}:{notice}",
        cause=Cause.ORGANISER,
        now=now,
        settings=stationery.settings,
        thread=_thread(question_id, to.person_id),
        not_before=not_before,
    )


async def take_back(question_id: str, people: Iterable[Correspondent], news: News) -> None:
    """Takes back the letters that have not left yet: whom they were for counts as not told."""
    for one in people:
        if await fall_silent(_thread(question_id, one.person_id)) is None:
            await execute(FORGET, question_id, one.person_id, news.value)


async def told_of(question_ids: Iterable[str]) -> Told:
    """Who was told what about some questions. One query, or none."""
    wanted = list(question_ids)
    if not wanted:
        return frozenset()
    rows = await execute(TOLD.replace("WANTED", ", ".join("{}" for _ in wanted)), *wanted)
    return frozenset((row["question"], row["person"], row["news"]) for row in rows)


def _thread(question_id: str, person_id: str) -> str:
    return f"told:{question_id}:{person_id}"
