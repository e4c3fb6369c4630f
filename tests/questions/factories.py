"""Questions and themes for tests, and what was written to whom."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail import queries as outbox
from eventsite.mail.reading import ReadLetter, read_letter
from eventsite.questions.tables import Question, QuestionTheme, Theme
from tests.factories import make_event, make_session

ASKED_AT = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
_numbers = count(1)


async def make_panel(**given: Any) -> tuple[Event, ProgrammeSession]:
    """A published event and a panel of it that takes questions; `given` is for the session."""
    event = await make_event()
    return event, await make_session(event, **given)


async def make_theme(label: str = "Clinical safety", **given: Any) -> Theme:
    """A theme whose slug is made from its label; each comes after those before it."""
    values: dict[str, Any] = {"slug": label.lower().replace(" ", "-"), "label": label, "position": next(_numbers)}
    theme = Theme(**values | given)
    await theme.save()
    return theme


async def make_question(session: ProgrammeSession, *themes: Theme, **given: Any) -> Question:
    """A question that waits, asked without a name and without an address."""
    values: dict[str, Any] = {
        "session": session.id,
        "text": f"Who signs the safety case? ({next(_numbers)})",
        "submitted_at": ASKED_AT,
    }
    question = Question(**values | given)
    await question.save()
    for theme in themes:
        await QuestionTheme(question=question.id, theme=theme.id).save()
    return question


def path_of(event: Event, session: ProgrammeSession) -> str:
    """The address of a panel's questions."""
    return f"/events/{event.slug}/sessions/{session.slug}/questions"


async def letters_to(address: str) -> list[ReadLetter]:
    """The letters to an address as their reader gets them, the newest first."""
    lines = await outbox.letters_to(address)
    return [read_letter((await outbox.letter(line.id)).content) for line in lines]


async def the_question() -> Question:
    """The only question there is, as it stands now."""
    (question,) = await Question.objects()
    return question
