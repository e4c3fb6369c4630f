"""Ann's own page: she sees and changes everything of hers, and Mallory nothing of it."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import httpx2
import pytest

from eventsite.database import execute, recorded_statements
from eventsite.events.tables import Event, EventState, ProgrammeSession
from eventsite.interest.tables import Interest
from eventsite.links import Links
from eventsite.mail import queries as outbox
from eventsite.mail.reading import ReadLetter, read_letter
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.rules import ANNOUNCEMENTS_WORDING, UPDATES_WORDING
from eventsite.people.tables import Consent, Person
from eventsite.questions.tables import Question
from eventsite.self_service.rules import DONE
from eventsite.settings import Settings
from eventsite.tokens import Purpose, make_token
from tests.conftest import SECRET, SITE_URL, StandingClock, browser
from tests.factories import make_event, make_session
from tests.self_service.factories import (
    address_of,
    hold_everything,
    make_interest,
    make_person,
    make_question,
)

ANN = address_of("ann")


def path_of(person: Person) -> str:
    """The path of a person's own page."""
    return Links(SITE_URL, SECRET).my(person.id, person.link_version).removeprefix(SITE_URL)


async def state_of(person: Person) -> list[dict[str, object]]:
    """Every row of theirs that a button could change."""
    tables = {"person": "id", "interest": "person", "consent": "person", "question": "person"}
    return [
        row
        for table, column in tables.items()
        for row in await execute(f"SELECT * FROM {table} WHERE {column} = {{}}", person.id)
    ]


async def newest_letter(address: str) -> ReadLetter:
    line = (await outbox.letters_to(address))[0]
    return read_letter((await outbox.letter(line.id)).content)


@pytest.fixture
async def ann(event: Event, session: ProgrammeSession, settings: Settings, now: datetime) -> Person:
    """Ann, with something in every table."""
    return await hold_everything("ann", event, session, settings=settings, now=now)


@pytest.fixture
async def mallory(event: Event, now: datetime) -> Person:
    """Mallory, with a page and an interest of her own."""
    mallory = await make_person("mallory", now=now)
    await make_interest(mallory, event, now=now)
    return mallory


# Sending the link again


async def test_the_link_is_sent_again_to_the_address_we_know(client: httpx2.AsyncClient, ann: Person) -> None:
    response = await client.post("/my", data={"email": " Ann Archer <ANN@Trust.Example> "})
    assert (response.status_code, response.headers["location"]) == (303, "/my/sent")
    letter = await newest_letter(ANN)
    assert letter.header("to") == ANN
    assert letter.header("subject") == "The link to your HPN page"
    for body in (letter.text, letter.html):
        assert SITE_URL + path_of(ann) in body


async def test_a_stranger_is_told_the_same_and_sent_nothing(client: httpx2.AsyncClient, ann: Person) -> None:
    letters = len(await execute("SELECT id FROM outbox_letter"))
    answers = [await client.post("/my", data={"email": address}) for address in (ANN, "stranger@trust.example")]
    known, unknown = ((answer.status_code, answer.content, sorted(answer.headers.items())) for answer in answers)
    assert known == unknown
    assert len(await execute("SELECT id FROM outbox_letter")) == letters + 1
    assert await outbox.letters_to("stranger@trust.example") == []


async def test_the_seventh_in_an_hour_is_too_often_for_both_alike(client: httpx2.AsyncClient, ann: Person) -> None:
    answers = {}
    for address in (ANN, "stranger@trust.example"):
        for _ in range(7):
            answers[address] = await client.post("/my", data={"email": address})
    assert {answer.status_code for answer in answers.values()} == {429}
    assert len({answer.content for answer in answers.values()}) == 1


async def test_what_was_typed_is_not_kept(client: httpx2.AsyncClient, event: Event) -> None:
    await client.post("/my", data={"email": "stranger@trust.example"})
    kept = [
        str(row)
        for table in ("person", "outbox_letter", "throttle_bucket", "ledger_entry")
        for row in await execute(f"SELECT * FROM {table}")
    ]
    assert [row for row in kept if "stranger" in row] == []


@pytest.mark.parametrize(
    ("email", "sentence"), [("", "Enter the email address you registered with"), ("ann", "in the correct format")]
)
async def test_no_address_is_said_beside_the_field(client: httpx2.AsyncClient, email: str, sentence: str) -> None:
    response = await client.post("/my", data={"email": email})
    assert response.status_code == 422
    assert sentence in response.text


# Reading


async def test_the_page_says_what_we_hold_in_words(client: httpx2.AsyncClient, ann: Person) -> None:
    said = (await client.get(path_of(ann))).text
    for words in (
        *(ann.name, ann.email, ann.job_title, ann.organisation),
        "HPN Midlands",
        "Saturday 26 to Sunday 27 June 2027, The Exchange, Birmingham B1 1AA",
        "You registered interest on 10 March 2027",
        "Kept until 27 December 2027",
        f"You asked us: “{UPDATES_WORDING}”",
        "Who signs the safety case off?",
        "Linked with you until 27 July 2027",
        "Received on 10 March 2027. You hear from us by 9 April 2027",
        "Your interest: on its way",
    ):
        assert words in said, words


async def test_the_page_is_private_and_kept_from_search(client: httpx2.AsyncClient, ann: Person) -> None:
    response = await client.get(path_of(ann))
    assert response.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in response.headers
    assert '<meta name="robots" content="noindex">' in response.text


async def test_each_question_has_the_link_to_its_own_page(client: httpx2.AsyncClient, ann: Person) -> None:
    said = (await client.get(path_of(ann))).text
    links = [
        Links(SITE_URL, SECRET).question(row.id, 0) for row in await Question.objects().where(Question.person == ann.id)
    ]
    assert [link for link in links if link not in said] == []
    for link in links:
        assert (await client.get(link)).status_code == 200


async def test_getting_any_of_its_addresses_changes_nothing(client: httpx2.AsyncClient, ann: Person) -> None:
    """Mail filters follow every link they find, and run what they find there."""
    before, entries = await state_of(ann), await execute("SELECT id FROM ledger_entry")
    deeds = ("", "/details", "/export", "/erasure", "/updates", "/announcements", "/interests/hpn-midlands/withdrawal")
    for deed in deeds:
        await client.get(path_of(ann) + deed)
        await client.head(path_of(ann) + deed)
    assert await state_of(ann) == before
    assert await execute("SELECT id FROM ledger_entry") == entries


@pytest.mark.parametrize("rows", [1, 30])
async def test_the_page_takes_the_same_queries_for_one_row_and_for_thirty(
    client: httpx2.AsyncClient, now: datetime, rows: int
) -> None:
    person = await make_person(now=now)
    for _ in range(rows):
        event = await make_event()
        await make_interest(person, event, now=now)
        await make_question(person, await make_session(event), now=now)
    with recorded_statements() as statements:
        await client.get(path_of(person))
    assert len(statements) == 10


async def test_only_our_own_sentences_are_said_after_a_deed(client: httpx2.AsyncClient, ann: Person) -> None:
    assert DONE["details"] in (await client.get(path_of(ann) + "?done=details")).text
    made_up = await client.get(path_of(ann) + "?done=You+have+won+%3Cb%3E")
    assert "won" not in made_up.text
    assert 'class="notice success"' not in made_up.text


# Whose page it is


def spoilt(token: str) -> list[str]:
    """Tokens that are almost right: another end, cut short, longer, another case, another purpose's."""
    row_id = token[:16]
    other = make_token(SECRET, Purpose.QUESTION, row_id, 0)
    older = make_token(SECRET, Purpose.MY, row_id, 1)
    end = "A" if token[-1] != "A" else "B"
    return [token[:-1] + end, token[:-1], token + "A", token.swapcase(), other, older, "0" * 38, row_id, "x"]


async def test_an_almost_right_token_opens_nothing_and_does_nothing(client: httpx2.AsyncClient, ann: Person) -> None:
    before = await state_of(ann)
    for token in spoilt(path_of(ann).removeprefix("/my/")):
        for method, deed in DEEDS + ANSWERS:
            answer = await client.request(method, f"/my/{token}{deed}", data=FORM if method == "POST" else None)
            assert (answer.status_code, ann.email in answer.text) == (404, False), (token, deed)
            assert 'href="/my"' in answer.text
    assert await state_of(ann) == before


FORM = {"name": "Mallory", "job_title": "x", "organisation": "x", "updates": "yes"}
DEEDS = [
    ("GET", ""),
    ("GET", "/details"),
    ("GET", "/export"),
    ("GET", "/erasure"),
    ("POST", "/details"),
    ("POST", "/updates"),
    ("POST", "/announcements"),
    ("POST", "/erasure"),
    ("POST", "/interests/hpn-midlands/withdrawal"),
    ("POST", "/interests/hpn-midlands/return"),
    ("POST", "/calendar"),
]
# What only somebody with an offer can do.
ANSWERS = [("POST", f"/interests/hpn-midlands/{answer}") for answer in ("acceptance", "declining", "waiting")]


async def test_mallory_sees_and_changes_nothing_of_anns(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    before = await state_of(ann)
    for method, deed in DEEDS:
        if deed != "/erasure":
            answer = await client.request(method, path_of(mallory) + deed, data=FORM if method == "POST" else None)
            assert answer.status_code < 400
            assert [trace for trace in (ann.email, ann.name, ann.organisation, ann.id) if trace in answer.text] == []
    await client.post(path_of(mallory) + "/erasure")
    assert await state_of(ann) == before
    assert await state_of(mallory) == []


async def test_mallorys_mac_on_anns_row_is_worth_nothing(
    client: httpx2.AsyncClient, ann: Person, mallory: Person
) -> None:
    forged = f"/my/{ann.id}" + path_of(mallory).removeprefix("/my/")[16:]
    assert (await client.get(forged)).status_code == 404


async def test_raising_the_version_ends_every_link_made_before(client: httpx2.AsyncClient, ann: Person) -> None:
    await Person.update({Person.link_version: 1}).where(Person.id == ann.id)
    assert (await client.get(path_of(ann))).status_code == 404


# Events


async def test_withdrawing_takes_one_button_and_can_be_done_twice(client: httpx2.AsyncClient, ann: Person) -> None:
    assert "Withdraw from HPN Midlands" in (await client.get(path_of(ann))).text
    for _ in range(2):
        answer = await client.post(path_of(ann) + "/interests/hpn-midlands/withdrawal")
        assert (answer.status_code, answer.headers["location"]) == (303, path_of(ann) + "?done=withdrawn")
    said = (await client.get(answer.headers["location"])).text
    assert DONE["withdrawn"] in said
    assert "You withdrew on 10 March 2027" in said
    assert len(await execute("SELECT id FROM ledger_entry WHERE deed = 'interest.withdrawn'")) == 1


async def test_a_withdrawn_interest_can_be_registered_again(
    client: httpx2.AsyncClient, ann: Person, clock: StandingClock
) -> None:
    await client.post(path_of(ann) + "/interests/hpn-midlands/withdrawal")
    assert "Register interest in HPN Midlands again" in (await client.get(path_of(ann))).text
    for _ in range(2):
        clock.move(minutes=30)
        answer = await client.post(path_of(ann) + "/interests/hpn-midlands/return")
        assert (answer.status_code, answer.headers["location"]) == (303, path_of(ann) + "?done=returned")
    (interest,) = await Interest.objects()
    assert interest.state == "interested"
    letters = [line for line in await outbox.letters_to(ANN) if line.created_at > ann.created_at]
    assert [line.kind for line in letters] == ["interest/received"]


async def test_an_event_that_closed_meanwhile_is_a_422_with_a_sentence(
    client: httpx2.AsyncClient, ann: Person, now: datetime
) -> None:
    await client.post(path_of(ann) + "/interests/hpn-midlands/withdrawal")
    await Event.update({Event.interest_closes_at: now - timedelta(days=1)}, force=True)
    assert "again</button>" not in (await client.get(path_of(ann))).text
    answer = await client.post(path_of(ann) + "/interests/hpn-midlands/return")
    assert answer.status_code == 422
    assert "HPN Midlands has closed to expressions of interest" in answer.text


async def test_an_event_they_never_chose_is_a_404(client: httpx2.AsyncClient, ann: Person) -> None:
    other = await make_event(slug="other")
    for deed in ("withdrawal", "return"):
        assert (await client.post(f"{path_of(ann)}/interests/{other.slug}/{deed}")).status_code == 404
    assert await Interest.count() == 1


async def test_an_event_taken_back_to_draft_is_named_and_not_linked(client: httpx2.AsyncClient, ann: Person) -> None:
    await Event.update({Event.state: EventState.DRAFT}, force=True)
    said = (await client.get(path_of(ann))).text
    assert "HPN Midlands" in said
    assert 'href="/events/hpn-midlands"' not in said


# News and details


async def test_news_is_stopped_and_started_with_a_button_each(client: httpx2.AsyncClient, ann: Person) -> None:
    for sent, wanted in (({}, False), ({"updates": "yes"}, True)):
        for _ in range(2):
            assert (await client.post(path_of(ann) + "/updates", data=sent)).status_code == 303
        assert await wants_updates(ann.id) is wanted
    consents = await Consent.select(Consent.action, Consent.source, Consent.wording).order_by(Consent.id)
    assert [(row["action"], row["source"]) for row in consents] == [
        ("given", "interest form"),
        ("withdrawn", "own page"),
        ("given", "own page"),
    ]
    assert {row["wording"] for row in consents} == {UPDATES_WORDING}


async def test_announcements_are_stopped_and_started_with_a_button_each(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    assert "Stop announcements</button>" in (await client.get(path_of(ann))).text
    for sent, wanted, button in (
        ({}, False, ANNOUNCEMENTS_WORDING),
        ({"announcements": "yes"}, True, "Stop announcements"),
    ):
        for _ in range(2):
            assert (await client.post(path_of(ann) + "/announcements", data=sent)).status_code == 303
        assert await takes_announcements(ann.id) is wanted
        assert f"{button}</button>" in (await client.get(path_of(ann))).text
    rows = await Consent.select(Consent.action, Consent.source).where(Consent.purpose == "announcements")
    assert sorted((row["action"], row["source"]) for row in rows) == [("given", "own page"), ("withdrawn", "own page")]


async def test_details_are_changed_and_the_address_is_not(client: httpx2.AsyncClient, ann: Person) -> None:
    changed = {
        "name": "Ann  Åkesson",
        "job_title": "Director",
        "organisation": "A & B",
        "email": "mallory@evil.example",
    }
    answer = await client.post(path_of(ann) + "/details", data=changed)
    assert answer.headers["location"] == path_of(ann) + "?done=details"
    (row,) = await execute("SELECT name, job_title, organisation, email FROM person")
    assert tuple(row.values()) == ("Ann Åkesson", "Director", "A & B", ANN)
    assert "A &amp; B" in (await client.get(path_of(ann))).text


async def test_the_form_for_details_shows_what_is_stored(client: httpx2.AsyncClient, ann: Person) -> None:
    said = (await client.get(path_of(ann) + "/details")).text
    for value in (ann.name, ann.job_title, ann.organisation):
        assert f'value="{value}"' in said


async def test_details_that_cannot_be_used_are_shown_again(client: httpx2.AsyncClient, ann: Person) -> None:
    before = await state_of(ann)
    answer = await client.post(
        path_of(ann) + "/details", data={"name": "", "job_title": "J" * 161, "organisation": "Kept"}
    )
    assert answer.status_code == 422
    for words in ("Enter your full name", "Job title must be 160 characters or less", 'value="Kept"'):
        assert words in answer.text
    assert await state_of(ann) == before


# Taking it along, and having it erased


async def test_everything_can_be_downloaded(client: httpx2.AsyncClient, ann: Person, mallory: Person) -> None:
    response = await client.get(path_of(ann) + "/export")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-disposition"] == 'attachment; filename="what-we-hold-2027-03-10.json"'
    assert response.headers["cache-control"] == "private, no-store"
    exported = json.loads(response.text)
    assert exported["address"] == ANN
    assert [kind["table"] for kind in exported["held"]] == [
        *("interest", "seat", "invite", "question", "voice", "question_notice", "consent", "person", "outbox_letter"),
        *("bounce", "suppression", "inbound_letter", "complaint", "ledger_entry"),
    ]
    assert mallory.email not in response.text


async def test_before_anything_is_erased_the_page_says_what_goes_and_what_stays(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    said = (await client.get(path_of(ann) + "/erasure")).text
    for words in (
        "your interest in HPN Midlands",
        "what ties you to your published question",
        "1 letter to you",
        "your complaint of 10 March 2027",
        "we could not answer it",
        "What stays",
        "Erase everything we hold on me",
    ):
        assert words in said, words


async def test_everything_is_erased_and_a_second_click_is_told_the_same(
    client: httpx2.AsyncClient, ann: Person
) -> None:
    for _ in range(2):
        answer = await client.post(path_of(ann) + "/erasure")
        assert (answer.status_code, answer.headers["location"]) == (303, "/my/erased")
    assert await Person.count() == 0
    assert (await client.get("/my/erased")).status_code == 200
    assert (await client.get(path_of(ann))).status_code == 404
    assert len(await execute("SELECT id FROM ledger_entry WHERE deed = 'person.erased'")) == 1


@pytest.fixture
async def elsewhere(app: object) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser on a page of another site."""
    async with browser(app, **{"sec-fetch-site": "cross-site", "origin": "https://evil.example"}) as someone:  # type: ignore[arg-type]  # -- the application
        yield someone


async def test_another_site_cannot_press_the_buttons(elsewhere: httpx2.AsyncClient, ann: Person) -> None:
    before = await state_of(ann)
    for method, deed in DEEDS + ANSWERS:
        if method == "POST":
            assert (await elsewhere.post(path_of(ann) + deed, data=FORM)).status_code == 403
    assert await state_of(ann) == before
