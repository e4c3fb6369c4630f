"""What a change changes, and whom it writes to. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import cached_property

from eventsite.calendars.wording import date_with_weekday, dates_with_weekdays, times_in_words
from eventsite.clock import london_date
from eventsite.events.rules import place_of, place_of_session
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.people.services import KnownPerson

UNKNOWN_PLACE = "To be announced"


@dataclass(frozen=True)
class Follower:
    """Somebody who follows an event. `has_entry`: their calendar was invited to it; the others may have the hold.

    `told` is the number their calendar heard last, by invitation or cancellation; None where it never heard one.
    """

    person: KnownPerson
    interest_id: str
    state: str
    has_entry: bool
    told: int | None

    def number_of_hold(self, event: Event) -> int:
        """The SEQUENCE of a file for them: a calendar that heard of a cancellation takes nothing numbered below it."""
        return event.sequence if self.told is None else max(event.sequence, self.told + 1)


@dataclass(frozen=True)
class SeatHolder:
    """Somebody who has added a session. `has_entry`: their calendar was invited to it; the others have their feed."""

    person: KnownPerson
    seat_id: str
    has_entry: bool


@dataclass(frozen=True)
class Difference:
    """One thing that a change changes, as people read it: "When", the old words and the new ones."""

    what: str
    before: str
    after: str

    def words(self) -> Iterator[tuple[str, bool]]:
        """The new words in runs, and of each run whether it is new."""
        old, new = self.before.split(), self.after.split()
        for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if start < end:
                yield " ".join(new[start:end]), tag != "equal"


@dataclass(frozen=True)
class SessionMailing:
    """A session that is changed or cancelled, as it is afterwards, and those who are written to about it."""

    session: ProgrammeSession
    holders: Sequence[SeatHolder]
    differences: Sequence[Difference] = ()


@dataclass(frozen=True)
class Mailing:
    """Everybody whom one deed writes to, about an event as it is afterwards and about sessions of it.

    `sessions` are all that the deed changes or cancels; of some of them nobody may have to be told.
    """

    event: Event
    followers: Sequence[Follower] = ()
    sessions: Sequence[SessionMailing] = ()
    differences: Sequence[Difference] = ()
    is_cancellation: bool = False

    @property
    def people(self) -> int:
        """How many people get at least one letter."""
        return len({one.person.id for one in self.followers} | self.session_letters_to.keys())

    @property
    def letters(self) -> int:
        """How many letters there are."""
        return len(self.followers) + self.session_letters

    @property
    def session_letters(self) -> int:
        """How many of them are about a session."""
        return self.session_letters_to.total()

    @cached_property
    def session_letters_to(self) -> Counter[str]:
        """How many letters about sessions each person gets, by their id."""
        return Counter(holder.person.id for part in self.sessions for holder in part.holders)

    @property
    def entries(self) -> int:
        """How many people have the event in their calendar by invitation."""
        return sum(one.has_entry for one in self.followers)

    @property
    def holds(self) -> int:
        """How many may have put the dates into their calendar themselves."""
        return len(self.followers) - self.entries


def differences_of_event(before: Event, after: Event) -> list[Difference]:
    """What is different about an event, of that which stands in calendars."""
    return _differences(
        ("Name", before.name, after.name),
        ("When", _dates(before), _dates(after)),
        ("Where", place_of(before) or UNKNOWN_PLACE, place_of(after) or UNKNOWN_PLACE),
    )


def differences_of_session(
    before: ProgrammeSession, after: ProgrammeSession, event_before: Event, event_after: Event
) -> list[Difference]:
    """What is different about a session, of that which stands in calendars; its event may have changed with it."""
    where = place_of_session(before, event_before), place_of_session(after, event_after)
    return _differences(
        ("Title", before.title, after.title),
        ("When", when_of_session(before), when_of_session(after)),
        ("Where", where[0] or UNKNOWN_PLACE, where[1] or UNKNOWN_PLACE),
    )


def when_of_session(session: ProgrammeSession) -> str:
    """When a session is: "Saturday 26 June 2027, 9:30am to 10:45am"."""
    return f"{date_with_weekday(session.starts_at)}, {times_in_words(session.starts_at, session.ends_at)}"


def is_event_over(event: Event, now: datetime) -> bool:
    """Whether the last day of an event has passed in London."""
    return event.ends_on < london_date(now)


def is_session_over(session: ProgrammeSession, now: datetime) -> bool:
    """Whether a session has ended."""
    return session.ends_at <= now


def headline(name: str, differences: Sequence[Difference], *, when: str = "New time") -> str:
    """What the letter of a change is called: "New place for HPN Midlands", "Changes to HPN Midlands"."""
    changed = [difference.what for difference in differences]
    words = {"Name": "New name", "Title": "New title", "When": when, "Where": "New place"}
    if len(changed) != 1:
        return f"Changes to {name}"
    return f"{words[changed[0]]} for {name}" if changed[0] in {"When", "Where"} else f"{words[changed[0]]}: {name}"


def _dates(event: Event) -> str:
    return dates_with_weekdays(event.starts_on, event.ends_on)


def _differences(*said: tuple[str, str, str]) -> list[Difference]:
    return [Difference(what, before, after) for what, before, after in said if before != after]
