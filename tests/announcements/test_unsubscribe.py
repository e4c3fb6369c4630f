"""R5.4: one click stops announcements (RFC 8058), from any mail program, twice or thrice; looking stops nothing."""

import re
from datetime import datetime

import httpx2
import pytest
from starlette.types import ASGIApp

from eventsite.announcements.services import release_announcement
from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.interest.letters import interest_known
from eventsite.links import Links
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.services import KnownPerson, switch_updates
from eventsite.people.tables import Person
from eventsite.self_service.erasure import erase
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose, make_token
from tests.announcements.factories import interested_in, make_announcement, make_reader, outbox
from tests.conftest import SECRET, SITE_URL, browser
from tests.guards.source import ROOT, sources

CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
async def ann(event: Event) -> Person:
    return await interested_in(event)


@pytest.fixture
def path(ann: Person) -> str:
    return Links("", SECRET).unsubscribe(ann.id)


async def consents() -> list[dict[str, str]]:
    return await execute("SELECT person, purpose, action, source FROM consent ORDER BY id")


MAIL_PROGRAMS = [
    ({}, {"data": {"List-Unsubscribe": "One-Click"}}),
    ({"sec-fetch-site": "cross-site"}, {"data": {"List-Unsubscribe": "One-Click"}}),
    ({"origin": "https://mail.example"}, {"data": {"List-Unsubscribe": "One-Click"}}),
    ({"origin": "null"}, {"files": {"List-Unsubscribe": (None, "One-Click")}}),
    ({}, {"content": CLICK.encode(), "headers": {"content-type": "text/plain"}}),
    ({}, {"content": CLICK.encode()}),
    ({}, {}),
]


@pytest.mark.parametrize(("said", "sent"), MAIL_PROGRAMS)
async def test_r5_4_a_mail_program_needs_no_cookie_no_origin_and_no_encoding_of_ours(
    said: dict[str, str], sent: dict[str, object], app: ASGIApp, ann: Person, path: str
) -> None:
    async with browser(app) as program:
        for name in ("sec-fetch-site", "origin"):
            del program.headers[name]
        program.headers.update(said)
        answer = await program.post(path, **sent)  # type: ignore[arg-type]  # -- one of several ways to send

    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert not await takes_announcements(ann.id)


async def test_r5_4_twice_is_once_and_answered_the_same(client: httpx2.AsyncClient, ann: Person, path: str) -> None:
    first, second = [await client.post(path, data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.text == second.text
    assert await consents() == [
        {"person": ann.id, "purpose": "announcements", "action": "withdrawn", "source": "one click"}
    ]


async def test_r5_4_looking_shows_a_button_and_changes_nothing(client: httpx2.AsyncClient, path: str) -> None:
    for _ in range(2):
        answer = await client.get(path)
        assert answer.status_code == 200
        assert (await client.head(path)).status_code == 200
    assert answer.text.count("<button") == 1
    assert f'<form method="post" action="{path}">' in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert await consents() == []


async def test_r5_4_a_bad_token_is_not_found(client: httpx2.AsyncClient, ann: Person, path: str) -> None:
    my = make_token(SECRET, Purpose.MY, ann.id, 0)
    other = await make_reader()
    swapped = other.id + path.removeprefix("/u/")[16:]
    for token in ("x", path.removeprefix("/u/")[:-1], path.removeprefix("/u/") + "a", my, swapped, "0" * 38, "%00"):
        for method in ("GET", "POST"):
            assert (await client.request(method, f"/u/{token}")).status_code == 404, token
    assert await consents() == []


async def test_one_persons_click_is_nobody_elses(client: httpx2.AsyncClient, event: Event, path: str) -> None:
    mallory = await interested_in(event)
    await client.post(path)
    assert await takes_announcements(mallory.id)


async def test_it_stops_news_of_other_events_too(
    client: httpx2.AsyncClient, ann: Person, path: str, now: datetime
) -> None:
    await switch_updates(ann.id, wanted=True, source="own page", now=now)
    await client.post(path)
    assert not await wants_updates(ann.id)


async def test_whoever_was_erased_gets_the_same_answer(
    client: httpx2.AsyncClient, ann: Person, path: str, now: datetime
) -> None:
    there = await client.post(path)
    await erase(ann.email_key, secret=SECRET, actor="visitor", now=now)

    gone = await client.post(path)

    assert (gone.status_code, gone.text) == (200, there.text)
    assert await consents() == []


async def test_announcements_leave_them_out_and_their_own_letters_still_come(
    client: httpx2.AsyncClient, event: Event, ann: Person, path: str, stationery: Stationery, now: datetime
) -> None:
    bo = await interested_in(event, "Bo Baker")
    await client.post(path)
    announcement = await make_announcement(event, now=now)
    await release_announcement(announcement.id, seen_at=now, actor="0" * 16, stationery=stationery, now=now)
    assert list(await outbox()) == [bo.email]

    await client.post("/my", data={"email": ann.email})

    assert set(await outbox()) == {bo.email, ann.email}


async def test_what_still_waits_for_them_is_not_sent(
    client: httpx2.AsyncClient, event: Event, ann: Person, path: str, stationery: Stationery, now: datetime
) -> None:
    """Ann has been sent one announcement, is being sent a second, waits for a third, and for a letter of her own."""
    bo = await interested_in(event, "Bo Baker")
    for number, state in enumerate(("sent", "sending", "waiting")):
        one = await make_announcement(event, now=now, subject=state, body=f"Number {number}")
        await release_announcement(one.id, seen_at=now, actor="0" * 16, stationery=stationery, now=now)
        await execute(
            "UPDATE outbox_letter SET state = {} WHERE subject = {} AND recipient = {}", state, state, ann.email
        )
    await client.post("/my", data={"email": ann.email})

    await client.post(path)

    left = await execute("SELECT recipient, subject FROM outbox_letter WHERE kind LIKE 'announcements/%'")
    assert sorted(row["subject"] for row in left if row["recipient"] == ann.email) == ["sending", "sent"]
    assert sum(row["recipient"] == bo.email for row in left) == 3
    assert await execute("SELECT id FROM outbox_letter WHERE recipient = {} AND kind LIKE 'self%'", ann.email)


async def test_r5_4_letters_about_what_somebody_did_carry_no_such_header(ann: Person, stationery: Stationery) -> None:
    known = KnownPerson(ann.id, ann.email, ann.name, ann.link_version, is_new=False)
    assert interest_known(known, stationery).unsubscribe == ""


async def test_the_exemption_from_the_check_of_origins_is_this_addresss_alone(
    app: ASGIApp, ann: Person, path: str
) -> None:
    async with browser(app) as mallory:
        mallory.headers["sec-fetch-site"] = "cross-site"
        for other in (
            "/my",
            "/u",
            f"/my/{path.removeprefix('/u/')}/updates",
            "/interest",
            f"//u{path[2:]}",
            "/organise/u/",
        ):
            answer = await mallory.post(SITE_URL + other)
            assert answer.status_code == 403, other
    assert await takes_announcements(ann.id)


def test_r5_4_only_announcements_carry_the_header() -> None:
    """Read from the sources: a letter about somebody's own place must not be stopped by a button beside it."""
    setting = re.compile(r"\bunsubscribe=")
    found = {str(path) for path in sources() if setting.search((ROOT / path).read_text("utf-8"))}
    assert found == {"eventsite/announcements/letters.py"}
