"""Owners' pages on who may sign in."""

import re

import httpx2
import pytest

from eventsite.database import execute
from eventsite.organisers.tables import Role
from tests.conftest import SITE_URL, StandingClock
from tests.organisers.factories import make_organiser, signed_in

MO = {"name": "Mo Moderates", "email": "mo@example.org", "role": "moderator"}


@pytest.fixture
async def olive(client: httpx2.AsyncClient, clock: StandingClock) -> httpx2.AsyncClient:
    await signed_in(client, now=clock(), name="Olive Organiser")
    return client


async def test_an_owner_lets_somebody_in_who_sets_a_password_by_the_link_shown(olive: httpx2.AsyncClient) -> None:
    answer = await olive.post("/organise/people", data=MO)

    assert answer.status_code == 200
    link = link_on(answer)
    assert (await olive.post(link, data={"password": "seven pale kites at dusk"})).status_code == 303
    people = (await olive.get("/organise/people")).text
    assert "Mo Moderates" in people
    assert "Active" in people


async def test_the_link_is_on_no_other_page(olive: httpx2.AsyncClient) -> None:
    link = link_on(await olive.post("/organise/people", data=MO))

    for path in ("/organise/people", "/organise/ledger", "/organise/"):
        assert link.rpartition("/")[2] not in (await olive.get(path)).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Enter their full name"),
        ({"name": "x" * 10_000}, "Full name must be 120 characters or less"),
        ({"email": ""}, "Enter their email address"),
        ({"email": "a@b.org, c@d.org"}, "Enter an email address in the correct format"),
        ({"email": "=?utf-8?q?a=0D=0ABcc:x?=@example.org"}, "Enter an email address in the correct format"),
        ({"role": "king"}, "Choose what they may do"),
        ({"role": ""}, "Choose what they may do"),
    ],
)
async def test_words_that_cannot_be_used_are_kept_and_explained(
    changed: dict[str, str], sentence: str, olive: httpx2.AsyncClient
) -> None:
    answer = await olive.post("/organise/people", data=MO | changed)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Mo Moderates" in answer.text or "name" in changed
    assert await count() == 1


async def test_somebody_who_is_there_already_is_not_let_in_twice(olive: httpx2.AsyncClient) -> None:
    await make_organiser(email="mo@example.org", password=None)

    answer = await olive.post("/organise/people", data=MO)

    assert answer.status_code == 422
    assert "There is an organiser with that address already" in answer.text
    assert await count() == 2


async def test_an_owner_disables_and_lets_back_in(olive: httpx2.AsyncClient) -> None:
    mo = await make_organiser(name="Mo Moderates", role=Role.MODERATOR.value)

    disabled = await olive.post(f"/organise/people/{mo.id}/disabling")

    assert (disabled.status_code, disabled.headers["location"]) == (303, "/organise/people")
    people = (await olive.get("/organise/people")).text
    assert "Mo Moderates can no longer sign in." in people
    assert "Disabled" in people
    assert (await olive.get(link_on(await olive.post(f"/organise/people/{mo.id}/link")))).status_code == 200


async def test_the_last_owner_is_told_why_they_cannot_be_disabled(olive: httpx2.AsyncClient) -> None:
    [me] = await execute("SELECT id FROM organiser")

    answer = await olive.post(f"/organise/people/{me['id']}/disabling")

    assert answer.status_code == 422
    assert "Add another owner first" in answer.text


async def test_nobody_of_that_id_is_not_found(olive: httpx2.AsyncClient) -> None:
    assert (await olive.post("/organise/people/0000000000000000/disabling")).status_code == 404
    assert (await olive.post("/organise/people/0000000000000000/link")).status_code == 404


def link_on(answer: httpx2.Response) -> str:
    found = re.search(rf'value="({SITE_URL}/organise/password/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


async def count() -> int:
    return len(await execute("SELECT id FROM organiser"))
