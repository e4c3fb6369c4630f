"""The letters about a place: what they say, what they carry, and what a calendar makes of them."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.interest.place_rules import deadline_in_words
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.tables import Interest, Invite
from eventsite.mail.tables import OutboxLetter
from eventsite.people.services import PersonDraft
from eventsite.presentation import stationery_for
from eventsite.settings import Settings
from tests.calendars.libical import Libical
from tests.interest.box_office import BoxOffice, Sent
from tests.simulated_client import SimulatedClient

KINDS = (
    "place_offered",
    "place_confirmed",
    "place_given_up",
    "place_cancelled",
    "offer_expired",
    "waiting_list_joined",
)
ADDRESS = re.compile(r"https://[^\s\"<>)]+")
UID = "event-{}@events.example.org"


async def every_letter(office: BoxOffice) -> dict[str, Sent]:
    """One of each, by kind, whoever it went to."""
    await office.people("ann", "bea", "cem", "dot")
    await office.offer("ann", "bea", "cem", "dot", until=office.now + timedelta(days=1))
    await office.accept("ann")
    await office.deliver()
    await office.decline("ann")
    await office.accept("cem")
    await office.deliver()
    await office.cancel("cem")
    await office.pass_on(days=1)
    letters = [letter for name in office.ids for letter in await office.letters(name)]
    return {letter.kind.removeprefix("interest/"): letter for letter in letters}


async def test_r5_21_both_bodies_say_the_same_facts_with_the_same_links(office: BoxOffice) -> None:
    letters = await every_letter(office)
    assert set(letters) == set(KINDS)
    for letter in letters.values():
        html = BeautifulSoup(letter.html, "html.parser")
        assert set(ADDRESS.findall(letter.text)) == {link["href"] for link in html.find_all("a")}
        assert html.html is not None
        assert html.html["lang"] == "en-GB"
        assert "{{" not in letter.text + letter.html


@pytest.mark.parametrize("kind", KINDS)
async def test_r4_12_each_says_when_where_and_leads_to_ones_own_page(office: BoxOffice, kind: str) -> None:
    letter = (await every_letter(office))[kind]
    for body in (letter.text, BeautifulSoup(letter.html, "html.parser").get_text(" ")):
        assert "Saturday 26 to Sunday 27 June 2027" in body
        assert "The Exchange, Birmingham B1 1AA" in body
        assert "https://events.example.org/my/" in body
        assert f"https://events.example.org/events/{office.event.slug}" in body
        assert "Opening it changes nothing" in body


async def test_r5_22_opening_the_links_of_a_letter_changes_nothing(
    office: BoxOffice, client: httpx2.AsyncClient
) -> None:
    await office.people("ann")
    await office.offer("ann")
    before = await Interest.select()
    for link in sorted(set(ADDRESS.findall((await office.last("ann")).text))):
        assert (await client.get(link)).status_code == 200
    assert await Interest.select() == before


async def test_r5_22_no_token_in_a_subject(office: BoxOffice) -> None:
    for letter in (await every_letter(office)).values():
        assert "http" not in letter.message["Subject"]
        assert len(letter.message["Subject"]) < 80


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (datetime(2027, 5, 14, 16, 0, tzinfo=UTC), "5pm on Friday 14 May 2027 (UK time)"),
        (datetime(2027, 1, 15, 12, 0, tzinfo=UTC), "midday on Friday 15 January 2027 (UK time)"),
        (datetime(2027, 6, 25, 23, 0, tzinfo=UTC), "the end of Friday 25 June 2027 (UK time)"),
        (datetime(2027, 3, 28, 0, 0, tzinfo=UTC), "the end of Saturday 27 March 2027 (UK time)"),
        (datetime(2027, 10, 30, 23, 0, tzinfo=UTC), "the end of Saturday 30 October 2027 (UK time)"),
        (datetime(2027, 3, 29, 23, 30, tzinfo=UTC), "12:30am on Tuesday 30 March 2027 (UK time)"),
    ],
)
def test_a_deadline_is_told_by_the_clocks_in_london(until: datetime, words: str) -> None:
    assert deadline_in_words(until) == words


async def test_an_offer_says_until_when_and_what_happens_otherwise(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann", until=datetime(2027, 4, 30, 23, 0, tzinfo=UTC))
    letter = await office.last("ann")
    assert letter.message["Subject"] == "A place for you at HPN Midlands"
    assert "Please answer by the end of Friday 30 April 2027 (UK time)" in letter.text
    assert "If we hear nothing in time, the place goes to somebody else." in letter.text


async def test_r4_1_r4_13_nobody_is_invited_before_they_accept(office: BoxOffice) -> None:
    """An interest brings a hold without METHOD, an offer and the waiting list bring no calendar at all."""
    ann = PersonDraft(office.address("ann"), office.address("ann"), "Ann Asker")
    await register_interest(
        InterestDraft(ann, [office.event], updates=False), stationery=office.stationery, now=office.now
    )
    await office.people("bea", "cem", "dot")
    await office.offer("bea", "cem", "dot")
    receipt = await office.last("ann")
    assert "STATUS:TENTATIVE" in receipt.calendar
    assert "TRANSP:TRANSPARENT" in receipt.calendar
    assert not re.search("METHOD|ATTENDEE|ORGANIZER", receipt.calendar)
    assert [(await office.last(name)).calendar for name in ("bea", "cem", "dot")] == ["", "", ""]


async def test_r4_1_a_confirmed_place_brings_a_request_after_the_hold(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    letter = await office.last("ann")
    assert "METHOD:REQUEST" in letter.calendar
    assert (letter.line("UID"), letter.line("STATUS")) == (UID.format(office.event.id), "CONFIRMED")
    assert int(letter.line("SEQUENCE")) == office.event.sequence + 1
    assert letter.line("ATTENDEE") == f"mailto:{office.address('ann')}"
    assert "If the tentative hold from an earlier letter is still in your calendar, delete it." in letter.text
    assert "Pick the sessions" in letter.text


@pytest.mark.parametrize("setting", ["event", "own"])
async def test_the_hold_is_replaced_by_the_invitation_or_has_a_uid_of_its_own(
    office: BoxOffice, settings: Settings, setting: str
) -> None:
    office.stationery = stationery_for(settings.model_copy(update={"mail_hold_uid": setting}))
    ann = PersonDraft(office.address("ann"), office.address("ann"), "Ann Asker")
    draft = InterestDraft(ann, [office.event], updates=False)
    person = await register_interest(draft, stationery=office.stationery, now=office.now)
    row = await Interest.select(Interest.id).where(Interest.person == person.id).first()
    assert row is not None
    office.ids["ann"], office.interests["ann"] = person.id, row["id"]
    await office.offer("ann")
    await office.accept("ann")
    client = await calendar_of(office, "ann")
    ours, hold = UID.format(office.event.id), f"hold-{office.event.id}@events.example.org"
    assert {uid: entry.status for uid, entry in client.entries.items()} == (
        {ours: "CONFIRMED"} if setting == "event" else {ours: "CONFIRMED", hold: "TENTATIVE"}
    )


async def test_r4_8_a_place_given_up_is_cancelled_in_the_calendar_and_says_so(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    await office.deliver()
    await office.decline("ann")
    letter = await office.last("ann")
    assert "METHOD:CANCEL" in letter.calendar
    assert letter.message["Subject"] == "Cancelled: your place at HPN Midlands"
    assert "delete it" in letter.text
    assert (await calendar_of(office, "ann")).entries == {}


async def test_r4_8_a_place_taken_back_is_cancelled_in_the_calendar_and_says_so(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    await office.deliver()
    await office.cancel("ann")
    letter = await office.last("ann")
    assert "METHOD:CANCEL" in letter.calendar
    assert letter.message["Subject"] == "Cancelled: your place at HPN Midlands"
    assert "we have had to cancel your place" in letter.text


@pytest.mark.parametrize(
    ("state", "subject"),
    [
        ("offered", "Cancelled: our offer of a place at HPN Midlands"),
        ("waitlisted", "No place at HPN Midlands"),
        ("interested", "No place at HPN Midlands"),
    ],
)
async def test_r4_8_who_was_never_invited_is_told_without_a_cancel(office: BoxOffice, state: str, subject: str) -> None:
    await office.person("ann", state)
    await office.cancel("ann")
    letter = await office.last("ann")
    assert (letter.message["Subject"], letter.calendar) == (subject, "")


@pytest.mark.parametrize("state", ["interested", "offered", "waitlisted"])
async def test_who_withdraws_without_a_place_gets_no_letter(office: BoxOffice, state: str) -> None:
    await office.person("ann", state, waitlisted_at=office.now)
    await office.withdraw("ann")
    assert await office.letters("ann") == []
    assert await Invite.count() == 0


async def test_re_invited_after_a_cancellation_the_entry_comes_back(office: BoxOffice) -> None:
    await office.people("ann")
    for deed in (office.cancel, office.decline):
        await office.offer("ann")
        await office.accept("ann")
        await office.deliver()
        await deed("ann")
        assert (await calendar_of(office, "ann")).entries == {}
    await office.offer("ann")
    await office.accept("ann")
    assert set((await calendar_of(office, "ann")).entries) == {UID.format(office.event.id)}
    sequences = [int(letter.line("SEQUENCE")) for letter in await office.letters("ann") if letter.calendar]
    assert sequences == [1, 2, 3, 4, 5]


async def test_r5_3_what_a_calendar_is_told_stands_in_one_thread(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    await office.deliver()
    await office.decline("ann")
    confirmed, given_up = [letter.message for letter in await office.letters("ann") if letter.calendar]
    assert given_up["In-Reply-To"] == given_up["References"] == confirmed["Message-ID"]


async def test_r4_9_what_has_been_overtaken_is_not_sent_any_more(office: BoxOffice) -> None:
    await office.people("ann")
    await office.offer("ann")
    await office.accept("ann")
    assert await standing_letters(office, "ann") == ["place_confirmed"]
    await office.withdraw("ann")
    assert await standing_letters(office, "ann") == ["place_given_up"]
    assert (await office.last("ann")).calendar == ""


@pytest.mark.parametrize("leaving", [BoxOffice.decline, BoxOffice.withdraw])
async def test_r4_9_an_offer_is_not_sent_to_somebody_who_has_answered_it(
    office: BoxOffice, leaving: Callable[[BoxOffice, str], Awaitable[object]]
) -> None:
    await office.people("ann")
    await office.offer("ann")
    await leaving(office, "ann")
    assert await standing_letters(office, "ann") == []


async def test_r4_13_no_word_of_theirs_in_a_subject_or_an_entry_and_no_sentence_in_a_greeting(
    office: BoxOffice,
) -> None:
    address, name = office.address("ann"), "Win £1,000 at https://mallory.example now!"
    draft = PersonDraft(address, address, name, "Buy", "Mallory Ltd")
    await office.invite(draft)
    row = await Interest.select(Interest.id, Interest.person).first()
    assert row is not None
    office.ids["ann"], office.interests["ann"] = row["person"], row["id"]
    await office.accept("ann")
    for letter in await office.letters("ann"):
        assert "mallory" not in (letter.text + letter.html + letter.calendar + letter.message["Subject"]).casefold()
        assert letter.text.startswith("Hello,")


async def test_r4_3_r4_4_every_invitation_keeps_the_tables_of_the_rfc(office: BoxOffice, libical: Libical) -> None:
    letters = [letter for letter in (await every_letter(office)).values() if letter.calendar]
    assert len(letters) == 3
    for letter in letters:
        method = re.search(r"METHOD:(\w+)", letter.calendar)
        assert method is not None
        [part] = [part for part in letter.message.walk() if part.get_content_type() == "text/calendar"]
        assert part.get_param("method") == method[1]
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert libical.is_allowed(content)


async def test_letters_about_a_persons_own_deed_meet_no_limit_of_strangers(office: BoxOffice) -> None:
    await every_letter(office)
    causes = {row["kind"]: row["cause"] for row in await OutboxLetter.select(OutboxLetter.kind, OutboxLetter.cause)}
    assert causes["interest/place_confirmed"] == causes["interest/offer_expired"] == "system"
    assert causes["interest/place_cancelled"] == "organiser"


async def standing_letters(office: BoxOffice, name: str) -> list[str]:
    """The letters that will be sent to somebody."""
    letters = await office.letters(name)
    return [letter.kind.removeprefix("interest/") for letter in letters if letter.state == "waiting"]


async def calendar_of(office: BoxOffice, name: str) -> SimulatedClient:
    """What somebody's calendar shows once everything has been delivered."""
    await office.deliver()
    client = SimulatedClient(office.address(name))
    for letter in await office.letters(name):
        if letter.state == "sent":
            client.take_letter(letter.content)
    return client
