"""Questions before a panel, and how they stand afterwards."""

from typing import Any

from eventsite.database import execute
from eventsite.events.tables import ProgrammeSession
from eventsite.people.tables import Person
from eventsite.questions.stage_queries import latest_steps
from eventsite.questions.tables import PanelStage, Question, QuestionState, Theme, Voice
from tests.questions.factories import ASKED_AT, make_question


async def published(session: ProgrammeSession, *themes: Theme, **given: Any) -> Question:
    """A question that everybody may read."""
    return await make_question(session, *themes, **{"state": QuestionState.APPROVED.value, **given})


async def listed(session: ProgrammeSession, place: int, *themes: Theme, **given: Any) -> Question:
    """A question on the list of its panel."""
    return await make_question(
        session, *themes, **{"state": QuestionState.SHORTLISTED.value, "shortlist_position": place, **given}
    )


async def somebody(name: str, job_title: str, organisation: str = "Canal Street NHS Trust") -> Person:
    """Somebody who asks, with a job."""
    email = f"{name.lower().replace(' ', '.')}@canal-street.example"
    person = Person(
        email=email,
        email_key=email,
        name=name,
        job_title=job_title,
        organisation=organisation,
        created_at=ASKED_AT,
        updated_at=ASKED_AT,
    )
    await person.save()
    return person


async def add_voice(question: Question, person: Person | None, key: str) -> None:
    """A voice for a question."""
    given = person.id if person else None
    await Voice(question=question.id, person=given, dedupe_key=key, added_at=ASKED_AT).save()


async def states(session: ProgrammeSession) -> dict[str, str]:
    """The states of the questions on the list or off it, by their words."""
    rows = await execute("SELECT text, state FROM question WHERE session = {} ORDER BY text", session.id)
    return {row["text"]: row["state"] for row in rows if row["text"].startswith("Question ")}


async def on_screen(stage: PanelStage) -> str:
    """The words that are on the screen; empty where there are none."""
    rows = await execute(
        "SELECT question.text FROM panel_stage JOIN question ON question.id = current_question "
        "WHERE panel_stage.id = {}",
        stage.id,
    )
    return str(rows[0]["text"]) if rows else ""


async def last_step(stage: PanelStage) -> str:
    """The id of the step that Back takes back next; empty where there is none."""
    steps = await latest_steps(stage.session)
    return steps[0].id if steps else ""


async def entered(like: str) -> list[str]:
    """What the ledger holds of deeds, the oldest first."""
    rows = await execute("SELECT deed FROM ledger_entry WHERE deed LIKE {} ORDER BY at, id", like)
    return [row["deed"] for row in rows]
