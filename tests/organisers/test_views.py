"""The door: signing in and out over HTTP, and the one-time link."""

import re

import httpx2
import pytest
from starlette.types import ASGIApp

from eventsite.database import execute
from eventsite.links import Links
from eventsite.organisers.guard import COOKIE
from eventsite.organisers.tables import Organiser
from tests.conftest import SECRET, SITE_URL, StandingClock, browser
from tests.organisers.factories import PASSWORD, bring, make_organiser, signed_in

NEW_PASSWORD = "seven pale kites at dusk"
SIGN_IN = "/organise/sign-in"


async def test_an_organiser_signs_in_and_stays_so(client: httpx2.AsyncClient) -> None:
    organiser = await make_organiser(name="Olive Oddfellow")

    answer = await client.post(SIGN_IN, data=said(organiser))

    assert (answer.status_code, answer.headers["location"]) == (303, "/organise/")
    page = await client.get("/organise/")
    assert page.status_code == 200
    assert "Olive Oddfellow" in page.text


async def test_the_cookie_is_the_hosts_own_and_no_script_can_read_it(client: httpx2.AsyncClient) -> None:
    answer = await client.post(SIGN_IN, data=said(await make_organiser()))

    [cookie] = answer.headers.get_list("set-cookie")
    token, *attributes = re.split(r"; ", cookie)
    assert token.startswith(f"{COOKIE}=")
    assert sorted(map(str.lower, attributes)) == ["httponly", "path=/", "samesite=lax", "secure"]


async def test_a_token_somebody_else_put_into_the_browser_is_not_used(client: httpx2.AsyncClient) -> None:
    bring(client, "planted" * 6)

    await client.post(SIGN_IN, data=said(await make_organiser()))

    assert "planted" * 6 not in client.cookies.values()


async def test_signing_in_leads_to_the_page_that_was_wanted(client: httpx2.AsyncClient) -> None:
    asked = await client.get("/organise/ledger?page=2")
    form = await client.get(asked.headers["location"])
    wanted = re.search(r'name="next" value="([^"]*)"', form.text)
    assert wanted is not None

    answer = await client.post(SIGN_IN, data={**said(await make_organiser()), "next": wanted[1]})

    assert answer.headers["location"] == "/organise/ledger?page=2"


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/organise", "/\\evil.example", "/events"])
async def test_signing_in_leads_nowhere_else(wanted: str, client: httpx2.AsyncClient) -> None:
    organiser = await make_organiser()

    posted = await client.post(SIGN_IN, data={**said(organiser), "next": wanted})
    visited = await client.get(SIGN_IN, params={"next": wanted})

    assert posted.headers["location"] == visited.headers["location"] == "/organise/"


async def test_unknown_disabled_and_wrong_are_answered_in_the_same_bytes(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    right = await make_organiser(email="known@example.org")
    disabled = await make_organiser(email="ended@example.org", disabled_at=clock())
    tries = [
        {"email": right.email, "password": "not this one, surely"},
        {"email": disabled.email, "password": PASSWORD},
        {"email": "never@example.org", "password": PASSWORD},
        {"email": "no-address-at-all", "password": PASSWORD},
    ]

    answers = [await client.post(SIGN_IN, data=words) for words in tries]

    assert {answer.status_code for answer in answers} == {422}
    pages = {answer.text.replace(words["email"], "…") for answer, words in zip(answers, tries, strict=True)}
    assert len(pages) == 1
    assert "The email address or the password is not right" in pages.pop()
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_the_address_is_kept_after_a_wrong_try_and_the_password_never(client: httpx2.AsyncClient) -> None:
    answer = await client.post(SIGN_IN, data={"email": "olive@example.org", "password": "my-mistyped-word"})

    assert 'value="olive@example.org"' in answer.text
    assert "my-mistyped-word" not in answer.text


@pytest.mark.parametrize(
    "words",
    [
        {"next": ""},
        {"email": "", "password": ""},
        {"email": "a@example.org"},
        {"email": "x" * 10_000, "password": "y" * 10_000},
        {"email": "a\0b@example.org", "password": "with\0nul"},
        {"email": "<script>@example.org", "password": "=?utf-8?q?a=0D=0ABcc:x?="},
        {"email": ["a@example.org", "b@example.org"], "password": "twice the address"},
    ],
)
async def test_a_form_that_cannot_be_used_is_shown_again(
    words: dict[str, str | list[str]], client: httpx2.AsyncClient
) -> None:
    answer = await client.post(SIGN_IN, data=words)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "<script>@" not in answer.text


async def test_too_many_wrong_tries_at_an_account_are_answered_429_even_with_the_right_password(
    client: httpx2.AsyncClient,
) -> None:
    organiser = await make_organiser()
    wrong = {"email": organiser.email, "password": "not this one, surely"}

    statuses = [(await client.post(SIGN_IN, data=wrong)).status_code for _ in range(21)]

    assert statuses == [422] * 20 + [429]
    locked = await client.post(SIGN_IN, data=said(organiser))
    assert locked.status_code == 429
    assert "retry-after" in locked.headers


async def test_wrong_tries_at_an_unknown_account_are_counted_like_any(client: httpx2.AsyncClient) -> None:
    wrong = {"email": "never@example.org", "password": "not this one, surely"}

    statuses = [(await client.post(SIGN_IN, data=wrong)).status_code for _ in range(21)]

    assert statuses == [422] * 20 + [429]


async def test_a_day_later_the_account_opens_again(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    organiser = await make_organiser()
    for _ in range(21):
        await client.post(SIGN_IN, data={"email": organiser.email, "password": "not this one, surely"})

    clock.move(hours=24)

    assert (await client.post(SIGN_IN, data=said(organiser))).status_code == 303


async def test_signing_in_rightly_is_not_counted(client: httpx2.AsyncClient) -> None:
    organiser = await make_organiser()

    statuses = {(await client.post(SIGN_IN, data=said(organiser))).status_code for _ in range(25)}

    assert statuses == {303}


async def test_a_network_that_tries_many_accounts_is_slowed_down_and_others_are_not(
    app: ASGIApp, client: httpx2.AsyncClient
) -> None:
    organiser = await make_organiser()
    for number in range(60):
        await client.post(SIGN_IN, data={"email": f"{number}@example.org", "password": "tried everywhere"})

    assert (await client.post(SIGN_IN, data=said(organiser))).status_code == 429
    async with browser(app, address="198.51.100.9") as elsewhere:
        assert (await elsewhere.post(SIGN_IN, data=said(organiser))).status_code == 303


async def test_signing_out_ends_the_sign_in_and_empties_the_cache(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    token = client.cookies[COOKIE]

    answer = await client.post("/organise/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
    assert answer.headers["clear-site-data"] == '"cache"'
    assert COOKIE not in client.cookies
    assert "You are signed out" in (await client.get(SIGN_IN)).text
    bring(client, token)
    assert (await client.get("/organise/")).status_code == 303


async def test_what_was_said_once_is_not_said_twice(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    await client.post("/organise/sign-out")

    first, second = await client.get(SIGN_IN), await client.get(SIGN_IN)

    assert "You are signed out" in first.text
    assert "You are signed out" not in second.text


async def test_whoever_is_signed_in_already_is_led_to_the_desk(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    answer = await client.get(SIGN_IN)

    assert (answer.status_code, answer.headers["location"]) == (303, "/organise/")


async def test_a_link_sets_the_password_once_and_looking_at_it_changes_nothing(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    organiser = await make_organiser(password=None, link_made_at=clock())
    path = link_of(organiser)
    before = await rows()
    for _ in range(3):
        page = await client.get(path)
        assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-store")
        assert (await client.head(path)).status_code == 200
    assert await rows() == before

    answer = await client.post(path, data={"password": NEW_PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, SIGN_IN)
    assert (await client.get(path)).status_code == 404
    assert (await client.post(path, data={"password": "another quiet lantern"})).status_code == 404
    words = {"email": organiser.email, "password": NEW_PASSWORD}
    assert (await client.post(SIGN_IN, data=words)).status_code == 303


@pytest.mark.parametrize("password", ["", "short", "password1234", "OliveOrganiser", "with\0a nul in it", "x" * 1001])
async def test_an_unfit_password_is_refused_and_never_shown_again(
    password: str, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    organiser = await make_organiser(password=None, link_made_at=clock())

    answer = await client.post(link_of(organiser), data={"password": password})

    assert answer.status_code == 422
    assert '<a href="#password">' in answer.text
    assert not password or f'"{password}"' not in answer.text
    assert (await client.get(link_of(organiser))).status_code == 200


@pytest.mark.parametrize("token", ["x", "0" * 38, "0" * 16 + "A" * 22, "é"])
async def test_a_link_made_up_is_not_found(token: str, client: httpx2.AsyncClient) -> None:
    answer = await client.get(f"/organise/password/{token}")

    assert answer.status_code == 404
    assert "Ask an owner for a new one" in answer.text


def said(organiser: Organiser) -> dict[str, str]:
    return {"email": organiser.email, "password": PASSWORD}


def link_of(organiser: Organiser) -> str:
    return Links("", SECRET).password(organiser.id, organiser.link_version)


async def rows() -> list[list[dict[str, object]]]:
    return [await execute(f"SELECT * FROM {table} ORDER BY id") for table in ("organiser", "sign_in", "ledger_entry")]


def test_links_stand_under_the_address_of_the_site() -> None:
    link = Links(SITE_URL, SECRET).password("0" * 16, 0)

    assert link.startswith(f"{SITE_URL}/organise/password/{'0' * 16}")
