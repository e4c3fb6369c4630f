"""The ledger on the desk: newest first, in pages, with names for ids."""

from datetime import datetime, timedelta

import httpx2
import pytest

from eventsite import ledger
from eventsite.backoffice.ledger_queries import PAGE_LENGTH, last_page, newest_deeds
from eventsite.database import recorded_statements
from tests.conftest import StandingClock
from tests.factories import make_event, make_session
from tests.organisers.factories import make_organiser, signed_in


@pytest.mark.usefixtures("database")
async def test_deeds_come_newest_first_with_the_names_of_who_and_what(now: datetime) -> None:
    olive, event = await make_organiser(password=None), await make_event(name="HPN Midlands")
    session = await make_session(event, title="Opening")
    await ledger.record("event.published", subject=("event", event.id), actor=olive.id, now=now)
    await ledger.record("session.edited", subject=("session", session.id), actor=olive.id, now=now + timedelta(hours=1))
    await ledger.record("complaint.received", subject=("complaint", "0" * 16), actor=ledger.VISITOR, now=now)

    deeds = await newest_deeds()

    assert (deeds[0].who, deeds[0].what) == ("Olive Organiser", "edited the session Opening")
    assert {(deed.who, deed.what) for deed in deeds[1:]} == {
        ("Olive Organiser", "published the event HPN Midlands"),
        ("A visitor", "received a complaint"),
    }


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("entries", [1, 30])
async def test_a_page_takes_one_query_however_many_deeds(entries: int, now: datetime) -> None:
    for _ in range(entries):
        await ledger.record("event.edited", subject=("event", "0" * 16), actor=ledger.SYSTEM, now=now)

    with recorded_statements() as statements:
        deeds = await newest_deeds()

    assert (len(deeds), len(statements)) == (entries, 1)


async def test_the_ledger_is_read_in_pages(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    for number in range(PAGE_LENGTH + 1):
        await ledger.record("event.edited", subject=("event", "0" * 16), actor="system", now=clock.move(minutes=number))
    clock.time -= timedelta(days=1)
    await signed_in(client, now=clock())

    first, second = await client.get("/organise/ledger"), await client.get("/organise/ledger?page=2")

    assert await last_page() == 2
    assert first.text.count("edited an event") == PAGE_LENGTH
    assert second.text.count("edited an event") == 1
    assert 'href="/organise/ledger?page=2"' in first.text


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "", "1e9", "9" * 5000, "٣", "1&page=2"])
async def test_a_page_that_is_not_there_is_one_that_is(
    page: str, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    answer = await client.get(f"/organise/ledger?page={page}")

    assert answer.status_code == 200
    assert "Nothing has been done yet." in answer.text
