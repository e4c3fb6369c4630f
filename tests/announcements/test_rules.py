"""Placeholders and the times of reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from eventsite.announcements.rules import (
    AUDIENCES,
    AUDIENCES_IN_WORDS,
    PLACEHOLDERS,
    REASONS,
    REMINDERS,
    AnnouncementDraft,
    TooLateToRemind,
    UnknownPlaceholder,
    ensure_can_be_filled,
    ensure_reminder_is_to_come,
    is_reminder_due,
    moment_in_words,
    outlook_of_reminder,
    parts_of,
    reminder_moment,
    subject_in_words,
)
from eventsite.announcements.tables import Audience
from eventsite.events.tables import Event, EventState
from tests.factories import MADE_AT


def event_on(day: date, name: str, state: EventState = EventState.PUBLISHED) -> Event:
    return Event(name=name, starts_on=day, ends_on=day, state=state, created_at=MADE_AT, updated_at=MADE_AT)


JUNE = event_on(date(2027, 6, 26), "HPN Midlands")
# The clocks go forward on 28 March 2027 and back on 31 October.
SPRING = event_on(date(2027, 3, 29), "HPN Spring")
AUTUMN = event_on(date(2027, 11, 1), "HPN Autumn")
SECOND = timedelta(seconds=1)


def draft(audience: Audience, event: str | None = None, session: str | None = None) -> AnnouncementDraft:
    return AnnouncementDraft("", "", audience, event, session)


def said(text: str) -> str:
    return "".join(part if isinstance(part, str) else f"<{part.name}>" for part in parts_of(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ""),
        ("Dear {name},", "Dear <name>,"),
        ("{event}{dates}{place}{session}{my_page}", "<event><dates><place><session><my_page>"),
        ("{{name}}", "{name}"),
        ("{{{name}}}", "{<name>}"),
        ("{{ and }}", "{ and }"),
        ("{{{{", "{{"),
        ("a } b", "a } b"),
        ("100 % {name} $x %s {{0}}", "100 % <name> $x %s {0}"),
    ],
)
def test_placeholders_stand_in_braces_and_two_braces_are_one(text: str, parts: str) -> None:
    assert said(text) == parts


@pytest.mark.parametrize(
    "text", ["{nmae}", "{}", "{Name}", "{ name }", "{0}", "{name.__class__}", "{name!r}", "{my-page}"]
)
def test_an_unknown_placeholder_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(UnknownPlaceholder) as refused:
        said(f"Dear {text}")
    known = ", ".join(["{name}", "{event}", "{dates}", "{place}", "{session}", "{my_page}"])
    assert str(refused.value) == f"There is no placeholder {text}. There are {known}. For a brace as such write {{{{"


@pytest.mark.parametrize("text", ["Dear {name", "{", "{na\nme}", "{{{", "{name {event}"])
def test_a_brace_that_nothing_closes_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlaceholder, match="nothing closes"):
        said(text)


@pytest.mark.parametrize(
    ("audience", "about", "fits", "unfit"),
    [
        (Audience.ACCEPTED, {"event": "e"}, "{name} {event} {dates} {place} {my_page}", "{session}"),
        (Audience.SEATS, {"event": "e", "session": "s"}, "{name} {event} {dates} {place} {session} {my_page}", ""),
        (Audience.UPDATES, {}, "{name} {my_page}", "{event}"),
        (Audience.UPDATES, {}, "", "{dates}"),
        (Audience.UPDATES, {}, "", "{place}"),
        (Audience.UPDATES, {}, "", "{session}"),
        (Audience.UPDATES, {"event": "e"}, "{event} {dates} {place}", "{session}"),
    ],
)
def test_what_an_audience_cannot_fill_is_refused_at_its_place(
    audience: Audience, about: dict[str, str], fits: str, unfit: str
) -> None:
    ensure_can_be_filled(fits, draft(audience, **about), field="body")
    if unfit:
        with pytest.raises(UnknownPlaceholder, match="can be filled only for") as refused:
            ensure_can_be_filled(unfit, draft(audience, **about), field="body")
        assert refused.value.field == "body"


def test_r5_22_a_subject_holds_no_link_to_anybodys_page() -> None:
    with pytest.raises(UnknownPlaceholder, match="A subject cannot hold") as refused:
        ensure_can_be_filled("{my_page}", draft(Audience.ACCEPTED, event="e"), field="subject")
    assert refused.value.field == "subject"


def test_each_audience_has_its_words_everywhere() -> None:
    everybody = set(Audience)
    assert set(AUDIENCES) == set(AUDIENCES_IN_WORDS) == set(REASONS) == everybody
    assert len({one.name for one in PLACEHOLDERS}) == len(PLACEHOLDERS)


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (6, "Friday 25 June 2027 at 6pm"),
        (15, "Friday 25 June 2027 at 9am"),
        (39, "Thursday 24 June 2027 at 9am"),
        (159, "Saturday 19 June 2027 at 9am"),
        (327, "Saturday 12 June 2027 at 9am"),
        (663, "Saturday 29 May 2027 at 9am"),
    ],
)
def test_a_reminder_goes_so_long_before_the_first_day_begins(hours: int, words: str) -> None:
    assert moment_in_words(reminder_moment(JUNE, hours)) == words


def test_each_reminder_goes_when_its_words_say() -> None:
    for hours, words in REMINDERS.items():
        moment = moment_in_words(reminder_moment(JUNE, hours))
        assert moment.rpartition(" at ")[2] == words.rpartition(" at ")[2]


@pytest.mark.parametrize("event", [SPRING, AUTUMN], ids=lambda event: event.name)
def test_nine_oclock_is_nine_oclock_when_the_clocks_change_in_between(event: Event) -> None:
    for hours in (15, 39, 159):
        assert moment_in_words(reminder_moment(event, hours)).endswith(" at 9am")


def test_a_reminder_is_due_from_its_moment_until_the_event_begins() -> None:
    moment = datetime(2027, 6, 25, 8, tzinfo=UTC)
    begins = datetime(2027, 6, 25, 23, tzinfo=UTC)

    due = [is_reminder_due(JUNE, 15, at) for at in (moment - SECOND, moment, begins - SECOND, begins)]

    assert due == [False, True, True, False]


@pytest.mark.parametrize("state", [EventState.DRAFT, EventState.CANCELLED])
def test_an_event_that_is_not_on_is_never_reminded_of(state: EventState) -> None:
    event = event_on(date(2027, 6, 26), "HPN Off", state)
    moment = datetime(2027, 6, 25, 8, tzinfo=UTC)
    assert not is_reminder_due(event, 15, moment)
    with pytest.raises(TooLateToRemind, match=f"HPN Off is {state}, so there is nothing to remind of"):
        ensure_reminder_is_to_come(event, 15, moment - SECOND)


def test_a_reminder_whose_time_has_passed_is_refused_with_the_time() -> None:
    moment = datetime(2027, 6, 25, 8, tzinfo=UTC)
    ensure_reminder_is_to_come(JUNE, 15, moment - SECOND)
    with pytest.raises(TooLateToRemind, match="would have gone on Friday 25 June 2027 at 9am, which has passed"):
        ensure_reminder_is_to_come(JUNE, 15, moment)


def test_what_becomes_of_a_reminder_is_said() -> None:
    before = datetime(2027, 6, 1, tzinfo=UTC)
    off = event_on(date(2027, 6, 26), "HPN Off", EventState.CANCELLED)
    assert outlook_of_reminder(JUNE, 15, before) == "Goes on Friday 25 June 2027 at 9am, and moves with the event."
    assert outlook_of_reminder(off, 15, before) == "Is not sent: HPN Off is cancelled."
    assert outlook_of_reminder(JUNE, 15, before + timedelta(days=60)) == "Is not sent: HPN Midlands has begun."


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("{event} on {dates}", "HPN Midlands on 26 June 2027"),
        ("{session}, {name}: {place}", "Opening, {name}: {place}"),
        ("{{x}} {nmae}", "{{x}} {nmae}"),
        ("{{x}}", "{x}"),
    ],
)
def test_lists_show_a_subject_as_far_as_it_is_the_same_for_everybody(subject: str, shown: str) -> None:
    assert subject_in_words(subject, JUNE, "Opening") == shown
    assert subject_in_words("{event}", None) == "{event}"
