"""One person's page on the desk: where they stand, how they got there, what was written, what can be done."""

from datetime import datetime, timedelta

import httpx2
import pytest
import pytest_asyncio

from eventsite import ledger
from eventsite.database import execute, recorded_statements
from eventsite.events.tables import Event
from eventsite.interest import place_services, seat_services
from eventsite.interest.desk_queries import get_standing, history
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.tables import InterestState
from eventsite.mail.suppression import is_suppressed, note_bounce
from eventsite.organisers.tables import Role
from eventsite.people.services import PersonDraft
from eventsite.stationery import Stationery
from tests.conftest import StandingClock
from tests.factories import MADE_AT, make_event, make_session
from tests.interest.crowd import make_interested
from tests.organisers.factories import signed_in

LIST = "/organise/interest"
KEY = "ann@canal-street.example"


@pytest_asyncio.fixture(loop_scope="session")
async def olive(client: httpx2.AsyncClient, now: datetime) -> httpx2.AsyncClient:
    """An owner's browser."""
    await signed_in(client, now=now, role=Role.OWNER)
    return client


async def ann_with_a_place(event: Event, stationery: Stationery, clock: StandingClock) -> str:
    """Somebody who registered, was offered a place, took it up, and a seat; the id of her interest."""
    session = await make_session(event, title="Scribes", capacity=12)
    draft = InterestDraft(PersonDraft(KEY, KEY, "Ann Archer", "Matron", "Canal Street"), [event], updates=False)
    ann = await register_interest(draft, stationery=stationery, now=clock())
    [row] = await execute("SELECT id FROM interest WHERE person = {}", ann.id)
    until = clock() + timedelta(days=5)
    await place_services.offer_places(
        event, [row["id"]], until=until, actor=ledger.OPERATOR, stationery=stationery, now=clock.move(minutes=9)
    )
    await place_services.accept_place(
        ann.id, event.id, actor=ledger.VISITOR, stationery=stationery, now=clock.move(minutes=9)
    )
    await seat_services.add_session(
        ann.id, session, wants_mail=True, actor=ledger.VISITOR, stationery=stationery, now=clock.move(minutes=9)
    )
    return str(row["id"])


async def test_the_page_tells_the_whole_story(
    olive: httpx2.AsyncClient, stationery: Stationery, clock: StandingClock
) -> None:
    ann = await ann_with_a_place(await make_event(), stationery, clock)
    await execute("UPDATE invite SET partstat = 'TENTATIVE' WHERE session IS NULL")
    page = (await olive.get(f"{LIST}/{ann}")).text
    for shown in (
        "Ann Archer",
        "Matron, Canal Street",
        "Registered interest",
        "Offered a place",
        "Accepted the place",
        "Took a seat: Scribes",
        "Has a seat",
        "Tentative in their calendar",
        "Your interest in HPN Midlands",
        "Cancel their place",
    ):
        assert shown in page, shown
    [letter] = await execute("SELECT id FROM outbox_letter WHERE kind = 'interest/received'")
    assert f'href="/organise/mail/{letter["id"]}"' in page
    assert "Offer a place<" not in page


async def test_the_history_is_of_this_event_alone_in_its_order(
    olive: httpx2.AsyncClient, stationery: Stationery, clock: StandingClock
) -> None:
    ann = await ann_with_a_place(await make_event(), stationery, clock)
    elsewhere = await make_event()
    draft = InterestDraft(PersonDraft(KEY, KEY, "Ann Archer"), [elsewhere], updates=False)
    await register_interest(draft, stationery=stationery, now=clock.move(minutes=9))
    steps = await history(await get_standing(ann))
    assert [step.deed for step in steps] == ["interest.registered", "place.offered", "place.accepted", "seat.taken"]
    assert "Other events" in (await olive.get(f"{LIST}/{ann}")).text


async def test_the_page_takes_as_many_queries_for_much_as_for_little(
    olive: httpx2.AsyncClient, stationery: Stationery, clock: StandingClock
) -> None:
    [ben] = await make_interested(await make_event(), 1)
    ann = await ann_with_a_place(await make_event(), stationery, clock)
    counted = []
    # When somebody was seen last is written once a minute.
    await olive.get(LIST)
    for one in (ben.id, ann):
        with recorded_statements() as statements:
            await olive.get(f"{LIST}/{one}")
        counted.append(len(statements))
    assert counted == [11, 11]


async def test_a_place_in_the_line_is_said(olive: httpx2.AsyncClient) -> None:
    event = await make_event(capacity=1)
    await make_interested(event, 1, InterestState.ACCEPTED)
    await make_interested(event, 2, InterestState.WAITLISTED, waitlisted_at=MADE_AT)
    [last] = await make_interested(event, 1, InterestState.WAITLISTED, waitlisted_at=MADE_AT + timedelta(days=1))
    page = (await olive.get(f"{LIST}/{last.id}")).text
    assert "number 3 on the waiting list" in page
    assert "All places are gone: they go on the waiting list." in page


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (InterestState.INTERESTED, ["Offer a place", "Turn them down"]),
        (InterestState.OFFERED, ["Cancel their offer"]),
        (InterestState.ACCEPTED, ["Cancel their place"]),
        (InterestState.WITHDRAWN, ["Offer a place"]),
        (InterestState.CANCELLED, ["Offer a place"]),
    ],
)
async def test_only_what_is_possible_can_be_pressed(
    olive: httpx2.AsyncClient, state: InterestState, buttons: list[str]
) -> None:
    [one] = await make_interested(await make_event(), 1, state)
    page = (await olive.get(f"{LIST}/{one.id}")).text
    every = ("Offer a place", "Put on the waiting list", "Cancel their place", "Cancel their offer", "Turn them down")
    assert [button for button in every if f">{button}</button>" in page] == buttons


async def test_one_person_is_offered_a_place_from_their_page_and_it_comes_back_to_it(olive: httpx2.AsyncClient) -> None:
    event = await make_event()
    [ann] = await make_interested(event, 1)
    until = {"until_on": "2027-05-14", "until_at": "17:00"}
    form = {"event": event.slug, "seen": f"interested {ann.id}", "back": ann.id, **until}
    answer = await olive.post(f"{LIST}/offers", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LIST}/{ann.id}")
    assert "14 May 2027, 5pm" in (await olive.get(f"{LIST}/{ann.id}")).text


async def test_letters_that_came_back_are_shown_and_let_through_again(olive: httpx2.AsyncClient, now: datetime) -> None:
    [ann] = await make_interested(await make_event(), 1, email=KEY)
    words = "550 5.1.1 <script>nobody</script>"
    await note_bounce(KEY, letter_id=None, action="failed", status="5.1.1", words=words, now=now)
    page = (await olive.get(f"{LIST}/{ann.id}")).text
    assert "Letters come back" in page
    assert "550 5.1.1 &lt;script&gt;nobody" in page
    answer = await olive.post(f"{LIST}/{ann.id}/letters")
    assert (answer.status_code, await is_suppressed(KEY)) == (303, False)
    after = (await olive.get(f"{LIST}/{ann.id}")).text
    assert "Letters go to this address again." in after
    assert "Letters come back" not in after
    assert "let through again" in after
    assert (await olive.post(f"{LIST}/{ann.id}/letters")).status_code == 404


async def test_words_of_strangers_stay_words(olive: httpx2.AsyncClient) -> None:
    hostile = "<script>alert(1)</script>"
    [one] = await make_interested(await make_event(), 1, name=hostile, organisation=hostile, job_title=hostile)
    page = (await olive.get(f"{LIST}/{one.id}")).text
    assert hostile not in page
    assert page.count("&lt;script&gt;alert(1)") >= 3


@pytest.mark.parametrize("made_up", ["0000000000000000", "nonsense", "%00", "é"])
async def test_nobody_is_not_found(olive: httpx2.AsyncClient, made_up: str) -> None:
    assert (await olive.get(f"{LIST}/{made_up}")).status_code == 404
