"""The guard: nobody is let in by default, and every address of the desk says who may use it."""

import re

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, Router

from eventsite.database import execute
from eventsite.organisers.guard import COOKIE, DeskRoute, Guard
from eventsite.organisers.queries import digest_of
from eventsite.organisers.tables import Role
from eventsite.paths import STATIC
from eventsite.web.static import StaticFiles
from tests.conftest import StandingClock
from tests.organisers.factories import bring, make_organiser, make_sign_in, signed_in

DOOR = {"/sign-in", "/password/{token}"}


def test_every_route_of_the_desk_says_who_may_use_it() -> None:
    routes = desk_routes()

    assert len(routes) > 10
    assert {route.path for route in routes if route.roles is None} == DOOR
    assert all(route.roles for route in routes if route.roles is not None)
    assert all(Role.OWNER in route.roles for route in routes if route.roles)


async def test_nobody_gets_anything_but_the_door(client: httpx2.AsyncClient) -> None:
    before = await everything()
    for route in desk_routes():
        if route.path in DOOR:
            continue
        for method in sorted(route.methods or ()):
            answer = await client.request(method, address_of(route), data={} if method == "POST" else None)
            assert answer.status_code == (403 if method == "POST" else 303), f"{method} {route.path}"
            if method == "GET":
                assert answer.headers["location"].startswith("/organise/sign-in?next=/organise")
    assert await everything() == before


async def test_a_moderator_gets_their_own_pages_and_no_others(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    before = await everything()
    for route in desk_routes():
        if route.roles is None or Role.MODERATOR in route.roles:
            continue
        for method in sorted(route.methods or ()):
            answer = await client.request(method, address_of(route), data={} if method == "POST" else None)
            assert answer.status_code == 403, f"{method} {route.path}"
    assert await everything() == before
    refused = await client.get("/organise/people")
    assert "This page is not for your account" in refused.text
    assert (await client.get("/organise/")).status_code == 200


@pytest.mark.parametrize("path", ["/organise", "/organise/", "/organise/nothing-here", "/organise/people/"])
async def test_an_unknown_address_tells_strangers_nothing(path: str, client: httpx2.AsyncClient) -> None:
    answer = await client.get(path, follow_redirects=True)

    assert answer.url.path == "/organise/sign-in"


async def test_an_unknown_address_is_a_404_page_for_organisers(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    assert (await client.get("/organise/nothing-here")).status_code == 404
    assert (await client.post("/organise/ledger")).status_code == 405


async def test_the_desk_answers_with_and_without_its_last_slash(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    assert (await client.get("/organise", follow_redirects=True)).status_code == 200
    assert (await client.get("/organise/")).status_code == 200


async def test_pages_of_the_desk_are_private(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())

    for path in ("/organise/", "/organise/people", "/organise/ledger", "/organise/sign-in", "/organise/none"):
        answer = await client.get(path)
        assert answer.headers["cache-control"] == "private, no-store", path
        assert "etag" not in answer.headers


async def test_a_form_sent_after_the_sign_in_ended_says_that_nothing_was_done(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/organise/people", data={"name": "Mallory", "email": "m@example.org", "role": "owner"})

    assert answer.status_code == 403
    assert "Nothing was done" in answer.text
    assert await execute("SELECT id FROM organiser") == []


async def test_a_form_from_another_site_is_refused_even_with_the_cookie(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    answer = await client.post("/organise/sign-out", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert (await client.get("/organise/")).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "é", "a" * 5000])
async def test_a_cookie_made_up_is_nobody(token: str, client: httpx2.AsyncClient) -> None:
    answer = await client.get("/organise/", headers={b"cookie": f"{COOKIE}={token}".encode()})

    assert answer.status_code == 303


async def test_the_digest_in_the_database_opens_nothing(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    token = await make_sign_in(await make_organiser(password=None), now=clock())

    bring(client, digest_of(token))

    assert (await client.get("/organise/")).status_code == 303


async def test_idle_hours_and_long_days_end_a_sign_in(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    for _ in range(11):
        clock.move(hours=1)
        assert (await client.get("/organise/")).status_code == 200
    clock.move(hours=1)
    assert (await client.get("/organise/")).status_code == 303

    await signed_in(client, now=clock())
    clock.move(hours=2)
    assert (await client.get("/organise/")).status_code == 303


async def test_what_a_pages_script_reads_keeps_nobody_signed_in(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    clock.move(hours=1)
    assert (await client.get("/organise/", headers={"sec-fetch-dest": "empty"})).status_code == 200
    clock.move(hours=1)
    assert (await client.get("/organise/", headers={"sec-fetch-dest": "empty"})).status_code == 303


async def test_when_an_organiser_was_last_seen_is_written_once_a_minute_at_most(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    opened = clock()
    clock.move(seconds=59)
    await client.get("/organise/")
    assert await seen() == [opened]

    clock.move(seconds=1)
    await client.get("/organise/")

    assert await seen() == [clock()]


async def test_disabling_an_organiser_shows_at_their_very_next_request(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    organiser = await signed_in(client, now=clock())
    await execute("UPDATE organiser SET disabled_at = {} WHERE id = {}", clock(), organiser.id)

    assert (await client.get("/organise/")).status_code == 303


def test_a_route_that_says_nothing_stops_the_site_from_starting() -> None:
    async def forgotten(request: Request) -> Response:
        return PlainTextResponse("secret")

    with pytest.raises(TypeError, match="does not say who may use it"):
        Guard(Router([Route("/forgotten", forgotten)]))


def desk_routes() -> list[DeskRoute]:
    """The desk's own routes, as the application has them."""
    from eventsite.app import routes

    [mount] = [route for route in routes(StaticFiles(STATIC)) if isinstance(route, Mount) and route.path == "/organise"]
    return [route for route in mount.routes if isinstance(route, DeskRoute)]


def address_of(route: DeskRoute) -> str:
    return "/organise" + re.sub(r"\{[^}]*\}", "0" * 16, route.path)


async def everything() -> list[object]:
    tables = ("organiser", "sign_in", "ledger_entry", "event", "question", "interest", "writeup", "outbox_letter")
    return [await execute(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def seen() -> list[object]:
    return [row["last_seen_at"] for row in await execute("SELECT last_seen_at FROM sign_in")]
