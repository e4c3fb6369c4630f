"""Lists taken along from the desk, each by those whose work it is, and noted in the ledger."""

import json
from datetime import datetime

import httpx2
import pytest

from eventsite.database import execute
from eventsite.organisers.tables import Role
from tests.factories import make_event, make_session
from tests.organisers.factories import signed_in
from tests.questions.factories import make_question
from tests.self_service.factories import make_interest, make_person

pytestmark = pytest.mark.usefixtures("database")

PAGE = "/organise/exports"


async def test_a_list_comes_as_a_file_and_the_ledger_knows(client: httpx2.AsyncClient, now: datetime) -> None:
    olive = await signed_in(client, now=now)
    event = await make_event(slug="hpn-midlands")
    await make_interest(await make_person("ann", now=now), event, now=now)

    answer = await client.post(f"{PAGE}/interests", data={"event": "hpn-midlands", "format": "json"})

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-store")
    assert answer.headers["content-disposition"] == 'attachment; filename="hpn-midlands-interests.json"'
    assert [row["email"] for row in answer.json()] == ["ann@trust.example"]
    (entry,) = await execute("SELECT actor, subject_id, details FROM ledger_entry WHERE deed = 'interests.exported'")
    assert (entry["actor"], entry["subject_id"]) == (olive.id, event.id)
    assert json.loads(entry["details"]) == {"format": "json", "rows": 1, "with_held": False}


async def test_held_words_stay_at_the_desk(client: httpx2.AsyncClient, now: datetime) -> None:
    await signed_in(client, now=now, role=Role.MODERATOR)
    event = await make_event(slug="hpn-midlands")
    await make_question(await make_session(event), text="Something secret", state="held", held_reasons="named_person")
    answer = await client.post(f"{PAGE}/questions", data={"event": "hpn-midlands", "format": "csv"})
    assert answer.status_code == 200
    assert "named_person" in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.OWNER, {"interests", "questions", "programme"}),
        (Role.EDITOR, {"interests", "programme"}),
        (Role.MODERATOR, {"questions"}),
        (Role.VIEWER, set()),
    ],
)
async def test_each_role_takes_along_what_it_works_with(
    client: httpx2.AsyncClient, now: datetime, role: Role, allowed: set[str]
) -> None:
    await signed_in(client, now=now, role=role)
    await make_event(slug="hpn-midlands", name="HPN Midlands")
    answers = {
        subject: (await client.post(f"{PAGE}/{subject}", data={"event": "hpn-midlands"})).status_code
        for subject in ("interests", "questions", "programme")
    }
    assert answers == {subject: 200 if subject in allowed else 403 for subject in answers}
    page = await client.get(PAGE)
    assert page.status_code == (200 if allowed else 403)
    assert {subject for subject in answers if f'action="{PAGE}/{subject}"' in page.text} == allowed


@pytest.mark.parametrize("said", [{"event": "nowhere"}, {"event": "hpn-midlands", "format": "exe"}])
async def test_what_is_not_there_is_not_found(client: httpx2.AsyncClient, now: datetime, said: dict[str, str]) -> None:
    await signed_in(client, now=now)
    await make_event(slug="hpn-midlands")
    assert (await client.post(f"{PAGE}/questions", data=said)).status_code == 404


async def test_an_empty_desk_says_so(client: httpx2.AsyncClient, now: datetime) -> None:
    await signed_in(client, now=now)
    assert "There is no event yet" in (await client.get(PAGE)).text
