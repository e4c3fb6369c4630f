"""Owners' pages on people on stage."""

from datetime import datetime

import httpx2
import pytest

from eventsite.events import queries
from eventsite.events.tables import Part, ProgrammeSession
from eventsite.organisers.tables import Role
from tests.factories import make_event, make_session, make_speaker
from tests.organisers.factories import signed_in

SESSION = "/organise/events/hpn-midlands/sessions/ai"
NEW = {"speaker": "", "name": "Zoe Quay", "job_title": "Chief nurse", "organisation": "Example Trust", "part": "chair"}


@pytest.fixture
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """A browser that an owner is signed in with."""
    await signed_in(client, now=now)
    return client


@pytest.fixture
async def panel(olive: httpx2.AsyncClient) -> ProgrammeSession:
    """A session with nobody on its stage."""
    return await make_session(await make_event(slug="hpn-midlands"), slug="ai")


async def on_stage(session: ProgrammeSession) -> list[tuple[str, str]]:
    people = await queries.people_on_stage([session.id])
    return [(person.name, person.part) for person in people[session.id]]


async def test_somebody_new_goes_on_stage(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    answer = await olive.post(f"{SESSION}/stage", data=NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SESSION}#stage")
    assert await on_stage(panel) == [("Zoe Quay", "chair")]
    assert "Zoe Quay" in (await olive.get("/events/hpn-midlands/sessions/ai")).text


async def test_somebody_known_goes_on_stage(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    speaker = await make_speaker(name="Ada")
    assert f'<option value="{speaker.id}">Ada, ' in (await olive.get(SESSION)).text
    await olive.post(f"{SESSION}/stage", data={"speaker": speaker.id, "name": "", "part": "speaker"})
    assert await on_stage(panel) == [("Ada", "speaker")]


@pytest.mark.parametrize(
    ("fault", "field", "sentence"),
    [
        ({"name": ""}, "speaker", "Choose somebody from the list, or enter the name of somebody new"),
        ({"speaker": "nobody", "name": ""}, "speaker", "Choose somebody from the list"),
        ({"part": "king"}, "part", "Choose what they do in this session"),
        ({"name": "x" * 10_000}, "name", "Name must be 120 characters or less"),
        ({"job_title": "x" * 161}, "job_title", "Job title must be 160 characters or less"),
        ({"organisation": "x" * 161}, "organisation", "Organisation must be 160 characters or less"),
        ({"name": "\ud800"}, "name", "This has characters that cannot be used"),
    ],
)
async def test_each_fault_is_said_beside_its_field_and_nothing_is_lost(
    olive: httpx2.AsyncClient, panel: ProgrammeSession, fault: dict[str, str], field: str, sentence: str
) -> None:
    sent = NEW | fault
    body = "&".join(f"{name}={'%ED%A0%80' if value == chr(0xD800) else value}" for name, value in sent.items())
    headers = {"content-type": "application/x-www-form-urlencoded"}

    answer = await olive.post(f"{SESSION}/stage", content=body, headers=headers)

    assert answer.status_code == 422
    assert f'<a href="#{field}">{sentence}' in answer.text
    assert "<title>Error: " in " ".join(answer.text.split())
    for kept in ("Chief nurse", "Example Trust"):
        assert f'value="{kept}"' in answer.text or kept not in sent.values()
    assert await on_stage(panel) == []


async def test_somebody_is_either_known_or_new(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    speaker = await make_speaker()
    answer = await olive.post(f"{SESSION}/stage", data=NEW | {"speaker": speaker.id})
    assert "Choose somebody from the list or enter somebody new, not both" in answer.text
    assert await on_stage(panel) == []


async def test_nobody_is_on_one_stage_twice(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    await olive.post(f"{SESSION}/stage", data=NEW)
    again = await olive.post(f"{SESSION}/stage", data=NEW)
    assert (again.status_code, "This person is in this session already" in again.text) == (422, True)
    assert await on_stage(panel) == [("Zoe Quay", "chair")]


async def test_people_are_put_in_order_and_taken_off(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    first, second = await make_speaker(panel, name="A"), await make_speaker(panel, Part.CHAIR, name="B")

    moved = await olive.post(f"{SESSION}/stage/{second.id}/promotion")
    assert (moved.status_code, await on_stage(panel)) == (303, [("B", "chair"), ("A", "panellist")])

    gone = await olive.post(f"{SESSION}/stage/{first.id}/removal")
    assert (gone.status_code, await on_stage(panel)) == (303, [("B", "chair")])
    assert (await olive.post(f"{SESSION}/stage/{first.id}/removal")).status_code == 404


async def test_a_person_is_changed_wherever_they_are_shown(olive: httpx2.AsyncClient, panel: ProgrammeSession) -> None:
    speaker = await make_speaker(panel, name="Ada")
    address = f"/organise/speakers/{speaker.id}"
    assert f'href="{address}"' in (await olive.get("/organise/speakers")).text
    assert 'value="Ada"' in (await olive.get(address)).text

    refused = await olive.post(address, data={"name": "", "job_title": "Professor"})
    answer = await olive.post(address, data={"name": "Ada Lovelace", "job_title": "Professor", "organisation": ""})

    assert (refused.status_code, "Enter their name" in refused.text) == (422, True)
    assert 'value="Professor"' in refused.text
    assert answer.status_code == 303
    assert "Ada Lovelace" in (await olive.get("/events/hpn-midlands/sessions/ai")).text


async def test_an_empty_list_says_where_people_come_from(olive: httpx2.AsyncClient) -> None:
    assert "Nobody yet" in (await olive.get("/organise/speakers")).text


async def test_nobody_but_an_owner_sees_the_list(client: httpx2.AsyncClient, now: datetime) -> None:
    speaker = await make_speaker(name="Ada")
    addresses = ["/organise/speakers", f"/organise/speakers/{speaker.id}"]
    stranger = [(await client.get(address)).status_code for address in addresses]
    await signed_in(client, now=now, role=Role.MODERATOR)
    moderator = [(await client.get(address)).status_code for address in addresses]
    changed = await client.post(addresses[1], data={"name": "Mallory"})

    assert (stranger, moderator, changed.status_code) == ([303, 303], [403, 403], 403)
    assert (await queries.get_speaker(speaker.id)).name == "Ada"
