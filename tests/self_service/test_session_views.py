"""The programme Ann picks from: what she reads, what each button does, and what is said when a session is full."""

from datetime import datetime, timedelta

import httpx2
import pytest

from eventsite.database import execute, recorded_statements
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.tables import Interest, InterestState, Invite, Seat, SeatState
from eventsite.mail.tables import OutboxLetter
from eventsite.people.tables import Person
from eventsite.self_service.rules import DONE
from tests.conftest import StandingClock
from tests.factories import make_event, make_session
from tests.self_service.factories import make_interest, make_invite, make_person, make_seat
from tests.self_service.test_views import path_of

FULL = "“How do we deploy AI safely?” is full. You can join its waiting list."
BUTTONS = ("seat", "waiting", "release", "mail")


@pytest.fixture
async def session(event: Event) -> ProgrammeSession:
    """A panel with one seat."""
    return await make_session(event, slug="ai-safety", capacity=1)


@pytest.fixture
async def ann(event: Event, session: ProgrammeSession, now: datetime) -> Person:
    """Ann, who has a place."""
    person = await make_person(now=now)
    await make_interest(person, event, now=now, state=InterestState.ACCEPTED)
    return person


@pytest.fixture
async def mallory(event: Event, session: ProgrammeSession, now: datetime) -> Person:
    """Mallory, who has the only seat."""
    person = await make_person("mallory", now=now)
    await make_interest(person, event, now=now, state=InterestState.ACCEPTED)
    await make_seat(person, session, now=now)
    return person


def programme_of(person: Person) -> str:
    return path_of(person) + "/events/hpn-midlands"


async def press(client: httpx2.AsyncClient, person: Person, button: str, **sent: str) -> httpx2.Response:
    return await client.post(f"{programme_of(person)}/sessions/ai-safety/{button}", data=sent)


async def row(client: httpx2.AsyncClient, person: Person, query: str = "") -> str:
    """What the page says of the panel."""
    said = (await client.get(programme_of(person) + query)).text
    return said.partition('id="session-ai-safety"')[2].partition("</li>")[0]


async def seat_of(person: Person) -> str | None:
    rows = await execute("SELECT state FROM seat WHERE person = {}", person.id)
    return rows[0]["state"] if rows else None


async def test_the_page_says_when_where_and_how_many_seats_are_left(client: httpx2.AsyncClient, ann: Person) -> None:
    answer = await client.get(programme_of(ann))
    assert answer.headers["cache-control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in answer.text
    for words in (
        "Your sessions at HPN Midlands",
        "Saturday 26 to Sunday 27 June 2027. All times are UK time.",
        "Saturday 26 June 2027</time></h2>",
        "9:30am to 10:45am",
        "1 seat left.",
        'Add<span class="hidden"> How do we deploy AI safely?</span></button>',
        "Email me a calendar invite",
    ):
        assert words in answer.text, words


async def test_adding_is_one_button_and_the_page_says_so_where_it_was_pressed(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    answer = await press(client, ann, "seat")
    location = answer.headers["location"]
    assert answer.status_code == 303
    assert location == programme_of(ann) + "?done=added&session=ai-safety#session-ai-safety"
    said = await row(client, ann, "?done=added&session=ai-safety")
    assert DONE["added"] in said
    assert "You have a seat" in said
    assert "Give it up" in said
    assert await OutboxLetter.count() == 0


async def test_with_the_box_ticked_an_invite_comes_along(client: httpx2.AsyncClient, ann: Person) -> None:
    answer = await press(client, ann, "seat", mail="yes")
    assert "done=added-mail" in answer.headers["location"]
    assert await Invite.select(Invite.method).output(as_list=True) == ["REQUEST"]
    assert "Stop email about it" in await row(client, ann)


async def test_a_full_session_is_refused_in_words_with_the_waiting_list_beside_them(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    answer = await press(client, ann, "seat")
    assert answer.status_code == 422
    assert "<title>Error: Your sessions at HPN Midlands" in answer.text
    told = answer.text.partition('role="alert"')[2].partition("<h1>")[0]
    assert FULL in told
    assert f'formaction="{programme_of(ann)}/sessions/ai-safety/waiting">Join the waiting list' in told
    assert await seat_of(ann) is None


async def test_a_full_session_has_its_waiting_list_on_the_page(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    assert "Full." in await row(client, ann)
    answer = await press(client, ann, "waiting", mail="yes")
    assert "done=on-list" in answer.headers["location"]
    said = await row(client, ann)
    assert "Full, and 1 person waits." in said
    assert "You are next on the waiting list." in said
    assert "Leave the waiting list" in said


async def test_a_seat_that_came_free_meanwhile_is_theirs_and_they_are_told(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    answer = await press(client, ann, "waiting")
    assert "done=passed-on" in answer.headers["location"]
    assert await seat_of(ann) == "taken"


async def test_giving_up_passes_the_seat_on_and_can_be_done_twice(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    await press(client, ann, "waiting")
    for _ in range(2):
        answer = await press(client, mallory, "release")
        assert "done=given-up" in answer.headers["location"]
    assert (await seat_of(ann), await seat_of(mallory)) == ("taken", "given_up")


async def test_email_about_a_session_is_switched_on_and_off(client: httpx2.AsyncClient, ann: Person) -> None:
    await press(client, ann, "seat")
    for sent, done, button in (
        ({"mail": "yes"}, "mail-on", "Stop email about it"),
        ({}, "mail-off", "Email me an invite"),
    ):
        answer = await press(client, ann, "mail", **sent)
        assert f"done={done}" in answer.headers["location"]
        assert button in await row(client, ann)


async def test_email_about_a_seat_they_wait_for_is_said_to_come_with_it(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    await press(client, ann, "waiting")
    assert "Email me an invite with the seat" in await row(client, ann)
    for sent, done in (({"mail": "yes"}, "mail-later"), ({}, "mail-never")):
        answer = await press(client, ann, "mail", **sent)
        assert f"done={done}" in answer.headers["location"]
    assert await Invite.count() == 0


async def test_two_sessions_at_once_are_warned_of_and_not_forbidden(
    client: httpx2.AsyncClient, ann: Person, event: Event
) -> None:
    await make_session(event, slug="other", title="The other hall")
    later = datetime.fromisoformat("2027-06-26T09:45:00+00:00")
    await make_session(event, slug="later", title="After that", starts_at=later, ends_at=later + timedelta(hours=1))
    await client.post(f"{programme_of(ann)}/sessions/other/seat")
    assert "At the same time as “The other hall”, which you have added." in await row(client, ann)

    assert (await press(client, ann, "seat")).status_code == 303

    assert "At the same time as “The other hall”, which you have too." in await row(client, ann)
    assert (await client.get(programme_of(ann))).text.count("At the same time as") == 2


@pytest.mark.parametrize("state", [InterestState.INTERESTED, InterestState.OFFERED, InterestState.WAITLISTED])
async def test_without_a_place_sessions_whose_seats_are_counted_have_no_button(
    client: httpx2.AsyncClient, ann: Person, event: Event, state: InterestState
) -> None:
    await make_session(event, slug="open", title="Open to all")
    await Interest.update({Interest.state: state}, force=True)
    said = await row(client, ann)
    assert "For people with a place." in said
    assert "<button" not in said
    refused = await press(client, ann, "seat")
    assert refused.status_code == 422
    assert "They go to people with a place." in refused.text.partition('role="alert"')[2].partition("<h1>")[0]
    assert "/open/seat" in refused.text


async def test_whoever_does_not_come_sees_the_programme_and_no_buttons(client: httpx2.AsyncClient, ann: Person) -> None:
    await Interest.update({Interest.state: InterestState.WITHDRAWN}, force=True)
    said = (await client.get(programme_of(ann))).text
    assert "first register interest in this event" in said
    assert "<button" not in said
    assert (await press(client, ann, "seat")).status_code == 422


async def test_a_cancelled_session_is_shown_to_whoever_had_it(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    await ProgrammeSession.update({ProgrammeSession.state: SessionState.CANCELLED}, force=True)
    assert "Cancelled" in await row(client, mallory)
    assert await row(client, ann) == ""
    refused = await press(client, ann, "seat")
    assert (refused.status_code, "has been cancelled" in refused.text) == (422, True)


async def test_lunch_has_no_button_unless_its_seats_are_counted(
    client: httpx2.AsyncClient, ann: Person, session: ProgrammeSession
) -> None:
    await ProgrammeSession.update({ProgrammeSession.kind: "break"}, force=True)
    assert "/seat" in await row(client, ann)
    await ProgrammeSession.update({ProgrammeSession.capacity: None}, force=True)
    assert "<button" not in await row(client, ann)


async def test_what_a_calendar_answered_is_shown_beside_the_session(
    client: httpx2.AsyncClient, mallory: Person, event: Event, session: ProgrammeSession, now: datetime
) -> None:
    await make_invite(mallory, event, session, now=now, partstat="ACCEPTED")
    assert "Your calendar answered yes." in await row(client, mallory)


async def test_an_event_that_is_over_has_no_buttons(
    client: httpx2.AsyncClient, ann: Person, clock: StandingClock, session: ProgrammeSession
) -> None:
    clock.time = session.ends_at
    assert "<button" not in (await client.get(programme_of(ann))).text


# Whose page it is


async def test_getting_any_of_its_addresses_changes_nothing(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    before = await execute("SELECT * FROM seat"), await execute("SELECT id FROM ledger_entry")
    await client.get(programme_of(ann))
    for button in BUTTONS:
        answer = await client.get(f"{programme_of(ann)}/sessions/ai-safety/{button}")
        assert answer.status_code == 405
    assert before == (await execute("SELECT * FROM seat"), await execute("SELECT id FROM ledger_entry"))


async def test_a_wrong_link_an_event_of_others_and_a_session_of_another_event_are_not_found(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    other = await make_event(slug="other")
    await make_session(other, slug="elsewhere")
    forged = f"/my/{ann.id}" + path_of(mallory).removeprefix("/my/")[16:]
    for path in (
        forged + "/events/hpn-midlands",
        path_of(ann) + "/events/other",
        path_of(ann) + "/events/nothing",
    ):
        assert (await client.get(path)).status_code == 404, path
    for path in (
        forged + "/events/hpn-midlands/sessions/ai-safety",
        programme_of(ann) + "/sessions/elsewhere",
        programme_of(ann) + "/sessions/nothing",
    ):
        for button in BUTTONS:
            assert (await client.post(f"{path}/{button}", data={"mail": "yes"})).status_code == 404, (path, button)
    assert await seat_of(ann) is None


async def test_another_site_cannot_press_the_buttons(client: httpx2.AsyncClient, mallory: Person) -> None:
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    for button in BUTTONS:
        path = f"{programme_of(mallory)}/sessions/ai-safety/{button}"
        assert (await client.post(path, headers=elsewhere)).status_code == 403
    assert await seat_of(mallory) == "taken"


async def test_mallorys_name_is_not_on_anns_page(client: httpx2.AsyncClient, ann: Person, mallory: Person) -> None:
    said = (await client.get(programme_of(ann))).text
    assert "Full." in said
    assert [trace for trace in (mallory.name, mallory.email, mallory.id) if trace in said] == []


async def test_a_draft_s_programme_asks_for_nothing(client: httpx2.AsyncClient, ann: Person) -> None:
    await Event.update({Event.state: EventState.DRAFT}, force=True)
    answer = await client.get(programme_of(ann))
    assert "<button" not in answer.text


@pytest.mark.parametrize("sessions", [1, 30])
async def test_the_page_takes_the_same_queries_for_one_session_and_for_thirty(
    client: httpx2.AsyncClient, ann: Person, event: Event, now: datetime, sessions: int
) -> None:
    for _ in range(sessions):
        await make_seat(ann, await make_session(event), now=now, state=SeatState.WAITLISTED, waitlisted_at=now)
    with recorded_statements() as statements:
        await client.get(programme_of(ann))
    assert len(statements) == 5
    assert await Seat.count() == sessions
