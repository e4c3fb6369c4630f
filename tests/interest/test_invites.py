"""What a calendar is told, in which order and with which numbers, and that it shows in the end what we say it shows."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from eventsite.calendars.entries import Entry
from eventsite.database import execute, transaction
from eventsite.events.entries import event_entry, session_entry
from eventsite.events.tables import Event
from eventsite.interest.invites import Occasion, OwnAddress, send_cancel, send_request
from eventsite.interest.tables import Invite
from eventsite.mail.letters import Letter
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson
from eventsite.people.tables import Person
from eventsite.presentation import stationery_for
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from tests.factories import MADE_AT, make_event, make_session
from tests.interest.box_office import COLUMNS, Sent, sent
from tests.simulated_client import SimulatedClient

START = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@dataclass
class Post:
    """One person, one entry, and the letters about it."""

    person: KnownPerson
    occasion: Occasion
    stationery: Stationery
    now: datetime = START
    delivered: list[Sent] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    out: set[str] = field(default_factory=set)

    @property
    def letter(self) -> Letter:
        return Letter("interest/place_confirmed", self.person.email, "Your place", "Hello,\n", "<p>Hello</p>")

    async def request(self, **changes: Any) -> None:
        """Tells the entry, changed in this way."""
        self.occasion = replace(self.occasion, entry=replace(self.occasion.entry, **changes))
        async with transaction():
            await send_request(self.person, self.occasion, self.letter, **self._told())
        await self.letters()

    async def cancel(self) -> bool:
        """Takes it back."""
        async with transaction():
            is_cancel = await send_cancel(self.person, self.occasion, self.letter, **self._told())
        await self.letters()
        return is_cancel

    async def letters(self) -> list[Sent]:
        """All that were written and are still there, the oldest first."""
        rows = await execute(f"SELECT {COLUMNS} FROM outbox_letter WHERE recipient = {{}}", self.person.email)
        found = {row["id"]: sent(row) for row in rows}
        # Asked after every deed: a clock that stands still and ids of one millisecond order nothing.
        self.order += [letter_id for letter_id in found if letter_id not in self.order]
        return [found[letter_id] for letter_id in self.order if letter_id in found]

    async def newest(self) -> Sent:
        return (await self.letters())[-1]

    async def deliver(self) -> None:
        """A worker hands everything that waits to the mail server."""
        self.delivered += await self._settle("state = 'sent', attempts = attempts + 1")

    async def fail(self) -> None:
        """A worker tries, and the line breaks: nobody knows what the server has kept."""
        await self._settle("attempts = attempts + 1")

    async def forget(self) -> None:
        """Thirty days later what was sent or overtaken is deleted."""
        await execute(
            "DELETE FROM outbox_letter WHERE state IN ('sent', 'superseded') AND recipient = {}", self.person.email
        )

    async def row(self) -> Invite | None:
        return await Invite.objects().get(Invite.person == self.person.id)

    async def _settle(self, change: str) -> list[Sent]:
        waiting = [letter for letter in await self.letters() if letter.state == "waiting"]
        sql = f"UPDATE outbox_letter SET {change} WHERE state = 'waiting' AND recipient = {{}}"
        await execute(sql, self.person.email)
        self.out |= {letter.id for letter in waiting}
        return waiting

    def _told(self) -> dict[str, Any]:
        return {"cause": Cause.SYSTEM, "stationery": self.stationery, "now": self.now}


async def make_post(stationery: Stationery, occasion: Occasion | None = None) -> Post:
    event = await make_event()
    email = f"ann@{event.slug}.example"
    person = Person(email=email, email_key=email, name="Ann Asker", created_at=MADE_AT, updated_at=MADE_AT)
    await person.save()
    known = KnownPerson(person.id, email, "Ann Asker", 0, is_new=False)
    return Post(known, occasion or to_event(event, stationery), stationery)


def to_event(event: Event, stationery: Stationery) -> Occasion:
    return Occasion(event_entry(event, stationery.links, stationery.uid_domain), event.id)


@pytest.fixture
async def post(database: None, stationery: Stationery) -> Post:
    return await make_post(stationery)


def number(letter: Sent) -> int:
    return int(letter.line("SEQUENCE"))


def version(letter: Sent) -> tuple[int, str]:
    """What orders two letters about an entry (RFC 5546 section 2.1.5)."""
    return number(letter), letter.line("DTSTAMP")


async def test_r4_7_the_same_again_keeps_its_sequence_with_a_newer_stamp(post: Post) -> None:
    await post.request()
    first = await post.newest()
    await post.request()
    again = await post.newest()
    assert number(again) == number(first)
    assert again.line("DTSTAMP") > first.line("DTSTAMP")


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "HPN Midlands and the Marches"},
        {"location": "The Other Exchange, Birmingham"},
        {"starts": date(2027, 6, 25)},
        {"ends": date(2027, 6, 28)},
    ],
)
async def test_r4_7_a_change_raises_the_sequence(post: Post, change: dict[str, Any]) -> None:
    await post.request()
    first = await post.newest()
    await post.request(**change)
    assert number(await post.newest()) == number(first) + 1


async def test_r4_7_a_word_mended_in_the_description_does_not(post: Post) -> None:
    await post.request(description="Two dyas")
    await post.request(description="Two days")
    assert {number(letter) for letter in await post.letters()} == {1}


async def test_r4_7_after_a_cancel_comes_a_higher_sequence_than_before(post: Post) -> None:
    await post.request()
    await post.deliver()
    assert await post.cancel()
    await post.deliver()
    await post.request()
    assert [number(letter) for letter in await post.letters()] == [1, 2, 3]


async def test_r4_7_the_sequence_is_at_least_the_entrys_own(post: Post) -> None:
    await post.request()
    await post.request(sequence=40, summary="HPN Midlands, moved")
    assert number(await post.newest()) == 41


async def test_an_invitation_to_an_event_comes_after_the_hold_and_to_a_session_begins_at_nought(
    database: None, stationery: Stationery
) -> None:
    event = await make_event(sequence=3)
    session = await make_session(event)
    entry = session_entry(session, event, stationery.links, stationery.uid_domain)
    whole = await make_post(stationery, to_event(event, stationery))
    part = await make_post(stationery, Occasion(entry, event.id, session.id))
    for post in (whole, part):
        await post.request()
    assert [number(await post.newest()) for post in (whole, part)] == [4, 0]


async def test_r4_8_a_cancel_is_that_of_the_request(post: Post) -> None:
    await post.request()
    await post.deliver()
    assert await post.cancel()
    request, cancel = await post.letters()
    for name in ("UID", "ORGANIZER", "DTSTART", "DTEND"):
        assert cancel.line(name) == request.line(name) != ""
    assert "METHOD:CANCEL" in cancel.calendar
    assert cancel.line("ATTENDEE") == f"mailto:{post.person.email}" == f"mailto:{cancel.message['To']}"
    assert number(cancel) > number(request)
    # Only this person does not come: the entry itself is not cancelled (RFC 5546 section 3.2.5).
    assert cancel.line("STATUS") == ""


async def test_r4_8_no_cancel_for_somebody_who_was_told_nothing(post: Post) -> None:
    assert not await post.cancel()
    assert (await post.newest()).calendar == ""


async def test_r4_8_no_cancel_for_an_invitation_that_never_left(post: Post) -> None:
    await post.request()
    assert not await post.cancel()
    request, letter = await post.letters()
    assert (request.state, letter.calendar) == ("superseded", "")


async def test_r4_8_nor_for_a_second_one_though_a_plain_letter_went_between(post: Post) -> None:
    await post.request()
    await post.cancel()
    await post.deliver()
    await post.request()
    assert not await post.cancel()


async def test_r4_8_a_cancel_for_an_invitation_whose_delivery_failed_half_way(post: Post) -> None:
    """The server may have kept what the line broke over."""
    await post.request()
    await post.fail()
    assert await post.cancel()


async def test_a_cancel_goes_out_once(post: Post) -> None:
    await post.request()
    await post.deliver()
    assert await post.cancel()
    assert not await post.cancel()
    assert [letter.state for letter in await post.letters()] == ["sent", "waiting", "waiting"]


async def test_a_cancel_goes_to_the_address_that_was_invited(post: Post) -> None:
    await post.request()
    await post.deliver()
    invited = post.person.email
    post.person = replace(post.person, email="ann@elsewhere.example")
    await post.cancel()
    assert await post.letters() == []
    post.person = replace(post.person, email=invited)
    assert (await post.newest()).line("ATTENDEE") == f"mailto:{invited}"


async def test_r5_3_letters_about_an_entry_thread_from_the_first(post: Post) -> None:
    await post.request()
    await post.deliver()
    await post.request(summary="HPN Midlands, renamed")
    await post.deliver()
    await post.cancel()
    first, second, third = [letter.message for letter in await post.letters()]
    assert (first["In-Reply-To"], first["References"]) == (None, None)
    assert {later[name] for later in (second, third) for name in ("In-Reply-To", "References")} == {first["Message-ID"]}
    assert len({letter["Message-ID"] for letter in (first, second, third)}) == 3


async def test_r5_3_a_thread_does_not_begin_with_a_letter_that_was_never_sent(post: Post) -> None:
    await post.request()
    await post.request(summary="HPN Midlands, renamed")
    second = (await post.newest()).message
    assert second["In-Reply-To"] is None
    await post.deliver()
    await post.request(summary="HPN Midlands, renamed again")
    assert (await post.newest()).message["In-Reply-To"] == second["Message-ID"]


async def test_r4_6_the_organizer_never_changes_for_an_entrys_life(post: Post, settings: Settings) -> None:
    await post.request()
    await post.deliver()
    moved = settings.model_copy(update={"mail_from": "hello@events.example.net", "mail_replies": "off"})
    post.stationery = stationery_for(moved)
    await post.request(summary="HPN Midlands, renamed")
    first, second = await post.letters()
    assert first.line("ORGANIZER") == second.line("ORGANIZER")
    assert second.message["From"].addresses[0].addr_spec == second.line("ORGANIZER").removeprefix("mailto:")


async def test_r4_6_nobody_is_invited_by_themselves(database: None, settings: Settings) -> None:
    ours = settings.model_copy(update={"mail_replies": "off"})
    post = await make_post(stationery_for(ours))
    post.person = replace(post.person, email="Events@events.example.org")
    with pytest.raises(OwnAddress, match="address of our own"):
        await post.request()


async def test_an_answer_holds_for_the_same_entry_and_not_for_a_changed_one(post: Post) -> None:
    await post.request()
    await Invite.update({Invite.partstat: "ACCEPTED"}).where(Invite.person == post.person.id)
    await post.request()
    assert (await post.row()).partstat == "ACCEPTED"  # type: ignore[union-attr]  # -- the row is there
    await post.request(location="Elsewhere")
    assert (await post.row()).partstat == "NEEDS-ACTION"  # type: ignore[union-attr]  # -- the row is there


@pytest.mark.parametrize(("setting", "files"), [("on", ["invite.ics"]), ("off", [])])
async def test_the_invitation_comes_as_a_file_too_unless_the_setting_says_no(
    database: None, settings: Settings, setting: str, files: list[str]
) -> None:
    post = await make_post(stationery_for(settings.model_copy(update={"invite_attachment": setting})))
    await post.request()
    letter = await post.newest()
    assert [part.get_filename() for part in letter.message.iter_attachments()] == files
    assert "METHOD:REQUEST" in letter.calendar


async def test_r1_10_a_controllers_name_is_made_fit_for_a_calendar(database: None, settings: Settings) -> None:
    named = settings.model_copy(update={"controller_name": 'The "Healthcare" ^Partnership\\ Network ' + "of all" * 20})
    post = await make_post(stationery_for(named))
    await post.request()
    [line] = [line for line in (await post.newest()).calendar.splitlines() if line.startswith("ORGANIZER")]
    name = line.partition('CN="')[2].partition('":mailto')[0]
    assert name.startswith("The Healthcare Partnership Network of all")
    assert not set('"^\\') & set(name)


async def test_r5_15_an_invitation_is_of_use_until_it_begins(post: Post) -> None:
    """Midnight in London at the start of 26 June 2027, in summer time."""
    await post.request()
    assert (await post.newest()).useful_until == datetime(2027, 6, 25, 23, 0, tzinfo=UTC)


async def test_the_stamp_rises_though_a_clock_is_slow(post: Post) -> None:
    await post.request()
    post.now -= timedelta(minutes=5)
    await post.request()
    first, second = await post.letters()
    assert second.line("DTSTAMP") > first.line("DTSTAMP")


DEEDS = st.lists(
    st.sampled_from(["same", "rename", "move", "mend", "cancel", "deliver", "fail", "forget", "later", "earlier"]),
    max_size=14,
)


@trying(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
@example(["same", "deliver", "forget", "rename", "cancel"])
@example(["same", "cancel", "deliver", "forget", "rename", "cancel"])
@example(["same", "fail", "cancel", "same", "cancel"])
async def test_r4_7_r4_8_r4_9_whatever_the_order_a_calendar_ends_where_the_row_does(
    database: None, stationery: Stationery, deeds: list[str]
) -> None:
    # One transaction for all of it, though each deed has its own in life: the disk has nothing to say here.
    async with transaction():
        post = await make_post(stationery)
        told: list[Sent] = []
        for count, deed in enumerate(deeds):
            await do(post, deed, count, told)
            waiting = [letter for letter in await post.letters() if letter.state == "waiting" and letter.calendar]
            assert len(waiting) <= 1
        await post.deliver()
        versions = [version(letter) for letter in told]
        assert versions == sorted(set(versions))
        assert await shown(post) == await said(post)


async def do(post: Post, deed: str, count: int, told: list[Sent]) -> None:
    """One deed, and what must hold of the letter it wrote."""
    row = await post.row()
    match deed:
        case "deliver" | "fail" | "forget":
            await getattr(post, deed)()
            return
        case "later" | "earlier":
            post.now += timedelta(seconds=1 if deed == "later" else -1)
            return
        case "cancel":
            has_it = row is not None and row.method == "REQUEST" and any(letter.id in post.out for letter in told)
            assert await post.cancel() == has_it
            if not has_it:
                return
        case "rename":
            await post.request(summary=f"HPN Midlands {count}")
        case "move":
            await post.request(starts=date(2027, 5, 1) + timedelta(days=count))
        case "mend":
            await post.request(description=f"Version {count}")
        case _:
            await post.request()
    letter = await post.newest()
    check_step(row, letter, deed)
    told.append(letter)


def check_step(before: Invite | None, letter: Sent, deed: str) -> None:
    is_repeated = before is not None and before.method == "REQUEST" and deed in {"same", "mend"}
    if before is not None:
        steps = number(letter) - before.sequence
        assert steps == 0 if is_repeated else steps > 0
    assert letter.line("ATTENDEE") == f"mailto:{letter.message['To']}"
    assert f"METHOD:{'CANCEL' if deed == 'cancel' else 'REQUEST'}" in letter.calendar


async def shown(post: Post) -> dict[str, str]:
    """What a calendar shows that got the letters in the order of their delivery."""
    client = SimulatedClient(post.person.email)
    for letter in post.delivered:
        client.take_letter(letter.content)
    return {uid: entry.summary for uid, entry in client.entries.items()}


async def said(post: Post) -> dict[str, str]:
    """What the row says that it shows."""
    row = await post.row()
    entry: Entry = post.occasion.entry
    return {entry.uid: entry.summary} if row is not None and row.method == "REQUEST" else {}
