"""The desk's list of who is interested: chosen by event, found by words, fifty a page, for owners alone."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from eventsite.database import recorded_statements
from eventsite.events.tables import Event
from eventsite.interest.queries import PAGE, interested_people
from eventsite.interest.tables import Interest
from eventsite.organisers.tables import Role
from eventsite.people.tables import Person
from tests.conftest import StandingClock
from tests.factories import MADE_AT, make_event
from tests.organisers.factories import signed_in


async def make_interested(event: Event, count: int, **given: str) -> None:
    """People who registered one after the other, the last one last."""
    for number in range(count):
        email = f"person{number}@{event.slug}.example.org"
        said: dict[str, Any] = {"name": f"Person {number}", "job_title": "Matron", "organisation": "Example Trust"}
        person = Person(email=email, email_key=email, created_at=MADE_AT, updated_at=MADE_AT, **said | given)
        await person.save()
        at = MADE_AT + timedelta(minutes=number)
        await Interest(person=person.id, event=event.id, registered_at=at, changed_at=at).save()


async def test_the_newest_stand_first_fifty_a_page(database: None) -> None:
    await make_interested(await make_event(), PAGE + 2)
    first, second = await interested_people(number=1), await interested_people(number=2)
    assert (first.count, first.last, len(first.people)) == (52, 2, PAGE)
    assert [person.name for person in second.people] == ["Person 1", "Person 0"]


async def test_one_event_at_a_time(database: None) -> None:
    midlands, north = await make_event(), await make_event(name="HPN North")
    await make_interested(midlands, 2)
    await make_interested(north, 1)
    found = await interested_people(event=north.slug)
    assert [(person.name, person.event_name) for person in found.people] == [("Person 0", "HPN North")]


@pytest.mark.parametrize("words", ["zoë", "ZOË", "Humber", "person0@"])
async def test_found_by_name_address_or_organisation(database: None, words: str) -> None:
    event = await make_event()
    await make_interested(event, 1, name="zoë Rivers", organisation="Humber Hospitals")
    await make_interested(await make_event(), 1, name="Ann Asker")
    found = await interested_people(event=event.slug, words=words)
    assert [person.name for person in found.people] == ["zoë Rivers"]


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; DROP TABLE person; --"])
async def test_signs_of_the_database_are_words_like_others(database: None, words: str) -> None:
    await make_interested(await make_event(), 2)
    assert (await interested_people(words=words)).people == []


async def test_the_page_takes_as_many_queries_for_one_as_for_fifty(database: None) -> None:
    event = await make_event()
    await make_interested(event, 1)
    with recorded_statements() as one:
        await interested_people()
    await make_interested(await make_event(), PAGE)
    with recorded_statements() as fifty:
        await interested_people()
    assert len(one) == len(fifty) == 2


async def test_olive_sees_the_list(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event()
    await make_interested(event, 1, name="<b>Ann</b>")
    await signed_in(client, now=clock(), role=Role.OWNER)
    page = (await client.get(f"/organise/interest?event={event.slug}&q=ann&page=99")).text
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page
    assert "1 person" in page
    empty = (await client.get("/organise/interest?q=nobody")).text
    assert "Nobody fits" in empty


async def test_a_moderator_and_mallory_do_not(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    event = await make_event()
    await make_interested(event, 1)
    assert (await client.get("/organise/interest")).status_code == 303
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    refused = await client.get("/organise/interest")
    assert (refused.status_code, "Person 0" in refused.text) == (403, False)
