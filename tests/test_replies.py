"""Answers come home: taken from whom they must be from, put aside with a reason otherwise, and never answered."""

from datetime import timedelta
from email import message_from_bytes
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eventsite import replies
from eventsite.database import execute
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.arrivals import LARGEST_KEPT, get_inbound, quarantined
from eventsite.mail.tables import InboundKind, InboundLetter, InboundOutcome
from eventsite.people.services import KnownPerson
from eventsite.settings import load_settings
from eventsite.stationery import Stationery
from tests import incoming
from tests.answering import Inbox, Invitation, invitation_of, seat_of, standing
from tests.conftest import SECRET, SITE_URL, StandingClock
from tests.factories import make_event, make_session
from tests.interest.people import Cast, all_delivered, letters_to

APPLIED, IGNORED, QUARANTINED = InboundOutcome.APPLIED, InboundOutcome.IGNORED, InboundOutcome.QUARANTINED


class Home(Inbox):
    """Ann with a place and a seat; Bob with a place; Mallory, who is nobody."""

    ann: KnownPerson
    bob: KnownPerson
    event: Event
    panel: ProgrammeSession

    async def invite(self, to: Event | ProgrammeSession | None = None) -> Invitation:
        return await invitation_of(self.ann, to or self.event)

    async def place(self) -> str:
        return await standing(self.ann, self.event)


@pytest_asyncio.fixture(loop_scope="session")
async def home(database: None, stationery: Stationery, clock: StandingClock) -> Home:
    cast = Cast(stationery, clock())
    home = Home(stationery, clock.move(hours=1))
    home.event = await make_event(capacity=2)
    home.panel = await make_session(home.event, capacity=1)
    home.ann, home.bob = await cast.accepted(home.event, "Ann Archer"), await cast.accepted(home.event, "Bob Bell")
    await cast.seat(home.ann, home.panel)
    await all_delivered()
    return home


async def letters_waiting() -> int:
    return len(await execute("SELECT id FROM outbox_letter WHERE state = 'waiting'"))


async def test_r4_15_a_no_frees_the_place(home: Home) -> None:
    taken = await home.take((await home.invite()).answer("DECLINED"))
    assert (taken.kind, taken.outcome, taken.reason) == (InboundKind.REPLY, APPLIED, "")
    assert await home.place() == "declined"
    assert len(await letters_to(home.ann, "interest/place_given_up")) == 1


async def test_r4_15_outlook_s_answer_has_no_organizer_and_capitals_in_the_address(home: Home) -> None:
    invite = await home.invite()
    calendar = invite.calendar("DECLINED", attendee=home.ann.email.upper())
    taken = await home.take(incoming.outlook_answer(invite.row["organizer"], calendar, sender=home.ann.email.upper()))
    assert (taken.outcome, await home.place()) == (APPLIED, "declined")


async def test_r4_15_an_answer_with_our_own_organizer_is_taken(home: Home) -> None:
    invite = await home.invite()
    await home.take(invite.answer("DECLINED", organizer=invite.row["organizer"].upper()))
    assert await home.place() == "declined"


async def test_a_no_to_a_session_gives_the_seat_up(home: Home) -> None:
    await home.take((await home.invite(home.panel)).answer("DECLINED"))
    assert (await seat_of(home.ann, home.panel), await home.place()) == ("given_up", "accepted")


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DELEGATED"])
async def test_r4_16_other_answers_are_written_down(home: Home, partstat: str) -> None:
    taken = await home.take((await home.invite()).answer(partstat))
    assert (taken.outcome, (await home.invite()).row["partstat"], await home.place()) == (APPLIED, partstat, "accepted")


async def test_r4_15_either_the_attendee_or_the_sender_must_have_been_invited(home: Home) -> None:
    invite = await home.invite()
    # Sent from her other address; and by a program that writes down her other address.
    from_elsewhere = invite.answer("TENTATIVE", sender="ann@home.example")
    as_other = invite.answer("ACCEPTED", attendee="ann@home.example", sender=home.ann.email)
    assert [(await home.take(answer)).outcome for answer in (from_elsewhere, as_other)] == [APPLIED, APPLIED]


def forged(address: str) -> str:
    """The address with one letter of its token changed."""
    name, _, domain = address.partition("@")
    return f"{name[:-2]}{'a' if name[-2] != 'a' else 'b'}{name[-1]}@{domain}"


async def foreign_answers(home: Home) -> dict[str, tuple[bytes, str]]:
    invite, other = await home.invite(), await invitation_of(home.bob, home.event)
    ours = invite.row["organizer"]
    no = invite.calendar("DECLINED")
    return {
        replies.NOT_INVITED: (
            invite.answer("DECLINED", attendee="mallory@evil.example", sender="mallory@evil.example"),
            ours,
        ),
        replies.OTHER_ENTRY: (invite.answer("DECLINED", uid="event-0000000000000000@events.example.org"), ours),
        replies.OTHER_ORGANIZER: (invite.answer("DECLINED", organizer="mallory@evil.example"), ours),
        replies.NOT_OURS: (incoming.answer("rsvp@events.example.org", no, sender=home.ann.email), ""),
        "forged token": (incoming.answer(forged(ours), no, sender=home.ann.email), ""),
        "token for another purpose": (incoming.answer(ours.replace("rsvp", "bounce"), no, sender=home.ann.email), ""),
        "token of another domain": (incoming.answer(ours.replace("@", "@evil."), no, sender=home.ann.email), ""),
        "Bob's token": (invite.answer("DECLINED"), other.row["organizer"]),
    }


async def test_r4_15_whatever_is_forged_or_foreign_is_put_aside_with_a_sentence(home: Home) -> None:
    for name, (message, recipient) in (await foreign_answers(home)).items():
        taken = await home.take(message, recipient or None)
        assert taken.outcome is QUARANTINED, name
        assert taken.reason.endswith("."), name
        if name.endswith("."):
            assert taken.reason == name
        assert (await get_inbound(taken.id)).content == message, name
    assert (await home.place(), await standing(home.bob, home.event)) == ("accepted", "accepted")


async def test_r4_18_nothing_that_comes_home_is_answered(home: Home) -> None:
    for message, recipient in (await foreign_answers(home)).values():
        await home.take(message, recipient or None)
    await home.take(incoming.words((await home.invite()).row["organizer"], "May I bring my dog?"))
    await home.take((await home.invite()).answer("ACCEPTED"))
    assert await letters_waiting() == 0


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("COUNTER", "a person must answer"),
        ("REFRESH", "a person must answer"),
        ("REQUEST", "not a reply"),
        ("", "METHOD"),
    ],
)
async def test_r4_14_other_methods_are_left_to_a_person(home: Home, method: str, words: str) -> None:
    taken = await home.take((await home.invite()).answer("DECLINED", method=method))
    assert (taken.outcome, words in taken.reason, await home.place()) == (QUARANTINED, True, "accepted")


async def test_r4_14_two_calendars_that_differ_are_left_to_a_person(home: Home) -> None:
    invite = await home.invite()
    mail = incoming.message(invite.row["organizer"], sender=home.ann.email)
    mail.set_content("Hm")
    for partstat in ("ACCEPTED", "DECLINED"):
        mail.add_attachment(invite.calendar(partstat), "text", "calendar", filename="invite.ics")
    taken = await home.take(mail.as_bytes())
    assert (taken.outcome, taken.reason) == (QUARANTINED, replies.TWO_ANSWERS)


async def test_what_a_person_writes_is_kept_for_the_organisers(home: Home) -> None:
    message = incoming.words((await home.invite()).row["organizer"], "May I bring a colleague?", sender=home.ann.email)
    taken = await home.take(message)
    assert (taken.kind, taken.outcome, taken.reason) == (InboundKind.OTHER, QUARANTINED, replies.BY_HAND)
    assert ((await get_inbound(taken.id)).content, taken.sender_key) == (message, home.ann.email)
    assert [line.id for line in await quarantined()] == [taken.id]


@pytest.mark.parametrize("headers", [{"Auto-Submitted": "auto-replied"}, {"Return-Path": "<>"}])
async def test_r4_18_an_absence_note_is_ignored_and_not_kept(home: Home, headers: dict[str, str]) -> None:
    message = incoming.words((await home.invite()).row["organizer"], "I am away.", **headers)
    taken = await home.take(message)
    assert (taken.outcome, taken.reason, (await get_inbound(taken.id)).content) == (IGNORED, replies.BY_MACHINE, None)


async def test_r4_16_the_same_message_twice_is_one(home: Home) -> None:
    answer = (await home.invite()).answer("TENTATIVE")
    first, again = await home.take(answer), await home.take(answer)
    assert (first, first.outcome, await InboundLetter.count()) == (again, APPLIED, 1)


async def test_r4_16_a_stale_answer_is_ignored_and_not_kept(home: Home) -> None:
    taken = await home.take((await home.invite()).answer("DECLINED", sequence=0))
    assert (taken.outcome, taken.reason) == (IGNORED, "A newer answer or a newer invite was there already.")
    assert ((await get_inbound(taken.id)).content, await home.place()) == (None, "accepted")


async def test_an_answer_to_an_invite_that_was_erased_is_ignored(home: Home) -> None:
    answer = (await home.invite()).answer("DECLINED")
    await execute("DELETE FROM invite WHERE person = {}", home.ann.id)
    taken = await home.take(answer)
    assert (taken.outcome, taken.reason, (await get_inbound(taken.id)).content) == (IGNORED, replies.GONE, None)


async def test_what_the_service_refuses_is_put_aside_in_its_words(home: Home) -> None:
    await execute("UPDATE interest SET state = 'offered', offered_until = {}", home.now - timedelta(hours=2))
    taken = await home.take((await home.invite()).answer("ACCEPTED"))
    assert (taken.outcome, taken.reason) == (QUARANTINED, taken.reason)
    assert taken.reason.startswith("This offer ran out")
    assert (await home.invite()).row["partstat"] == "NEEDS-ACTION"


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "To", "Cc"])
async def test_whom_it_came_to_is_found_in_the_header_where_nobody_says(home: Home, field: str) -> None:
    invite = await home.invite()
    message = message_from_bytes(invite.answer("DECLINED"))
    del message["To"]
    message[field] = f"Events <{invite.row['organizer'].upper()}>"
    assert ((await home.take(message.as_bytes())).outcome, await home.place()) == (APPLIED, "declined")


async def test_what_the_envelope_says_comes_before_the_header(home: Home) -> None:
    invite, other = await home.invite(), await invitation_of(home.bob, home.event)
    taken = await home.take(invite.answer("DECLINED"), other.row["organizer"])
    assert (taken.outcome, taken.recipient) == (QUARANTINED, other.row["organizer"])


async def test_an_envelope_that_names_no_address_of_ours_leaves_it_to_the_header(home: Home) -> None:
    taken = await home.take((await home.invite()).answer("DECLINED"), "rsvp@events.example.org")
    assert (taken.outcome, await home.place()) == (APPLIED, "declined")


class TestWithAServerThatIsBelieved:
    """MAIL_AUTHSERV_ID is set."""

    @pytest.fixture
    def settings(self) -> Any:
        given = {"secret_key": SECRET, "site_url": SITE_URL, "mail_from": "events@events.example.org"}
        return load_settings(given | {"mail_authserv_id": "mx.example.org"})

    @pytest.mark.parametrize(
        ("results", "outcome"),
        [
            ("mx.example.org; dmarc=pass header.from=trust.example", APPLIED),
            ("mx.example.org; dkim=pass header.d=trust.example", APPLIED),
            ("mx.example.org; dmarc=fail header.from=trust.example", QUARANTINED),
            ("mx.example.org; dkim=pass header.d=evil.example", QUARANTINED),
            ("mx.evil.example; dmarc=pass header.from=trust.example", QUARANTINED),
            ("", QUARANTINED),
        ],
    )
    async def test_r4_18_an_answer_must_come_from_the_domain_it_names(
        self, home: Home, results: str, outcome: InboundOutcome
    ) -> None:
        message = (await home.invite()).answer("DECLINED")
        fields = f"Authentication-Results: {results}\n".encode() if results else b""
        taken = await home.take(fields + b"Received: from out by mx.example.org\n" + message)
        assert taken.outcome is outcome
        assert taken.reason == ("" if outcome is APPLIED else replies.NOT_PROVEN)
        assert await home.place() == ("declined" if outcome is APPLIED else "accepted")

    async def test_r4_18_a_field_that_the_sender_wrote_is_ignored(self, home: Home) -> None:
        message = (await home.invite()).answer("DECLINED")
        forged = b"Authentication-Results: mx.example.org; dmarc=pass header.from=trust.example\n"
        stamps = b"Received: from evil by relay.example\n"
        assert (await home.take(stamps + forged + message)).reason == replies.NOT_PROVEN

    async def test_r4_18_two_senders_are_none(self, home: Home) -> None:
        invite = await home.invite()
        results = b"Authentication-Results: mx.example.org; dmarc=pass header.from=evil.example\n"
        two = f"{home.ann.email}, mallory@evil.example"
        assert (await home.take(results + invite.answer("DECLINED", sender=two))).reason == replies.NOT_PROVEN


async def test_r4_17_a_message_that_is_too_large_is_put_aside_and_not_all_of_it_kept(home: Home) -> None:
    message = (await home.invite()).answer("DECLINED") + b"x" * 5_000_000
    taken = await home.take(message)
    assert (taken.outcome, taken.reason, taken.kind) == (
        QUARANTINED,
        "The message is larger than 5 MB.",
        InboundKind.OTHER,
    )
    assert (await get_inbound(taken.id)).content == message[:LARGEST_KEPT]


async def test_an_accident_of_ours_is_put_aside_too_and_nothing_half_done_stays(home: Home) -> None:
    """Something that nobody thought of: here an answer that was written down without its moment."""
    message = (await home.invite()).answer("DECLINED")
    await execute("UPDATE invite SET replied_sequence = sequence, replied_at = NULL, partstat = 'TENTATIVE'")
    taken = await home.take(message)
    assert (taken.outcome, taken.reason) == (QUARANTINED, replies.OUR_FAULT)
    assert (await get_inbound(taken.id)).content == message


@given(st.binary(max_size=400), st.sampled_from(["", "x\ud800", "rsvp+\u00e9@events.example.org", "a" * 400]))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_r4_17_whatever_comes_is_written_down(home: Home, message: bytes, recipient: str) -> None:
    taken = await home.take(message, recipient)
    assert taken.outcome in {QUARANTINED, IGNORED}
