"""Credit for a question that several ask: each who agreed to be named is named, once; the others are counted."""

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.database import recorded_statements
from eventsite.events.queries import get_session
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.questions.credits import Credits, credits_of
from eventsite.questions.tables import Question
from tests.panel.factories import add_voice, published, somebody
from tests.questions.factories import make_panel, make_question, path_of


@pytest.fixture
async def panel(database: None) -> tuple[Event, ProgrammeSession]:
    return await make_panel(slug="ai-safety")


async def merged(head: Question, name: str = "", *, anonymous: bool = False, **given: object) -> Question:
    """A question that stands with another one."""
    session = await get_session(str(head.session))
    where = {"state": "merged", "merged_into": head.id, "name": name, "anonymous": anonymous}
    return await make_question(session, **where, **given)


async def test_those_who_agreed_to_be_named_are_and_nobody_else(
    panel: tuple[Event, ProgrammeSession], client: httpx2.AsyncClient
) -> None:
    event, session = panel
    head = await published(session, name="Ann Archer", anonymous=False)
    ben = await merged(head, "Ben <b>Bright</b>")
    await merged(ben, "Cleo Clark")
    await merged(head, "Mallory", anonymous=True)
    await merged(head)
    await add_voice(head, None, "somebody")

    page = BeautifulSoup((await client.get(path_of(event, session))).text, "html.parser")

    facts = page.select_one(f"#question-{head.id} .question-facts span")
    assert facts is not None
    said = " ".join(facts.get_text().split())
    assert said == "Asked by Ann Archer, also by Ben <b>Bright</b> and Cleo Clark, and 3 others asked this"
    assert "Mallory" not in page.get_text()


async def test_where_the_first_asker_is_not_named_the_others_are(
    panel: tuple[Event, ProgrammeSession], client: httpx2.AsyncClient
) -> None:
    event, session = panel
    head = await published(session, name="Ann Archer", anonymous=True)
    await merged(head, "Ben Bright")

    page = BeautifulSoup((await client.get(path_of(event, session))).text, "html.parser").get_text(" ", strip=True)

    assert "Asked without a name, also by Ben Bright" in " ".join(page.split())
    assert "Ann Archer" not in page


async def test_nobody_is_named_twice_or_by_a_question_asked_without_a_name(
    panel: tuple[Event, ProgrammeSession],
) -> None:
    ann, ben = await somebody("Ann Archer", ""), await somebody("Ben Bright", "")
    head = await published(panel[1], name="Ann Archer", anonymous=True, person=ann.id)
    await merged(head, "Ann Archer", person=ann.id)
    await merged(head, "Ben Bright", person=ben.id)
    await merged(head, "B. Bright", person=ben.id)
    await merged(head, "ben bright")

    assert (await credits_of([head.id]))[head.id].also == ("Ben Bright",)


async def test_what_any_of_them_added_is_kept_with_it(panel: tuple[Event, ProgrammeSession]) -> None:
    head = await published(panel[1], clarification="First.")
    await merged(head, clarification="Second.")
    other = await published(panel[1])

    with recorded_statements() as statements:
        credits = await credits_of([head.id, other.id])

    assert credits == {head.id: Credits(added=("First.", "Second.")), other.id: Credits()}
    assert len(statements) == 1
    assert await credits_of([]) == {}
