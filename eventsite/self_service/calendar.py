"""A person's own feed: what stands in it, and how. Nothing here asks the database or a clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from eventsite.calendars import links as calendar_links
from eventsite.calendars.entries import MAX_SEQUENCE, Entry, Feed, Status
from eventsite.events.entries import event_entry, session_entry
from eventsite.events.moments import end_of
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.states import ACTIVE, InterestState
from eventsite.interest.tables import SeatState
from eventsite.links import Links

Row = dict[str, Any]

CANCELLED_STAYS = timedelta(days=30)
LOST = frozenset({InterestState.CANCELLED, InterestState.EXPIRED})


@dataclass(frozen=True)
class SubscriptionLinks:
    """The feed's address to copy, and calendars that subscribe to it by themselves."""

    address: str
    webcal: str
    google: str


@dataclass(frozen=True)
class Shown:
    """How one thing stands in the feed. `until`: when it leaves it; `sure`: how sure it is; `lost`: theirs no more."""

    sure: Status
    until: datetime | None = None
    lost: bool = False


def subscription_links(address: str) -> SubscriptionLinks:
    """The links for a feed that is at an absolute address."""
    webcal = calendar_links.webcal_link(address)
    return SubscriptionLinks(address, webcal, calendar_links.google_subscription_link(address))


def event_shown(row: Row) -> Shown | None:
    """How an event stands in the feed of somebody who registered interest in it; None where it does not.

    A cancelled event stays until 30 days after its last day, a place that was lost until 30 days after that.
    """
    state, event_state = row["interest_state"], row["event_state"]
    if row["session"] is not None or state is None or event_state == EventState.DRAFT:
        return None
    if event_state == EventState.CANCELLED and (state in ACTIVE or _lost_with(row, "interest", "event")):
        return Shown(Status.CANCELLED, end_of(row["ends_on"]) + CANCELLED_STAYS)
    if state in LOST:
        return Shown(Status.CANCELLED, row["interest_changed"] + CANCELLED_STAYS, lost=True)
    if state in ACTIVE:
        return Shown(Status.CONFIRMED if state == InterestState.ACCEPTED else Status.TENTATIVE)
    return None


def session_shown(row: Row) -> Shown | None:
    """The same for a session that a person has or has lost; one that they gave up is not in the rows."""
    if row["session"] is None or row["event_state"] == EventState.DRAFT:
        return None
    is_theirs = row["seat_state"] == SeatState.TAKEN
    is_off = row["session_state"] == SessionState.CANCELLED or row["event_state"] == EventState.CANCELLED
    went_with_it = _lost_with(row, "seat", "session") or _lost_with(row, "seat", "event")
    if is_off and (is_theirs or went_with_it):
        return Shown(Status.CANCELLED, row["ends_at"] + CANCELLED_STAYS)
    if not is_theirs:
        return Shown(Status.CANCELLED, row["seat_changed"] + CANCELLED_STAYS, lost=True)
    return Shown(Status.CONFIRMED)


def gone(rows: Sequence[Row], now: datetime) -> list[datetime]:
    """The moments, up to now, at which something left the feed: each is a change of it."""
    shown = [one for row in rows for one in (event_shown(row), session_shown(row)) if one and one.until]
    return sorted({one.until for one in shown if one.until and one.until <= now})


def modified_at(rows: Sequence[Row], now: datetime) -> datetime:
    """When anything in the feed was last changed."""
    names = ("person_since", "interest_changed", "event_changed", "session_changed", "seat_changed")
    changes: list[datetime] = [row[name] for row in rows for name in names if row[name] is not None]
    return max(changes + gone(rows, now))


def own_feed(person_id: str, rows: Sequence[Row], address: str, links: Links, uid_domain: str, now: datetime) -> Feed:
    """The feed of somebody's rows as of an aware moment."""
    events = {row["event"]: _event(row) for row in rows if row["event"] is not None and row["session"] is None}
    entries = {entry.uid: entry for row in rows for entry in _entries(row, events, links, uid_domain, now)}
    return Feed(
        uid=f"person-{person_id}@{uid_domain}",
        name="Your HPN events",
        url=address,
        modified=modified_at(rows, now),
        entries=tuple(entries.values()),
        description="The events you are interested in or have a place at, and the sessions you added.",
    )


def _entries(row: Row, events: Mapping[str, Event], links: Links, uid_domain: str, now: datetime) -> Iterator[Entry]:
    event = events.get(row["event"])
    shown = event_shown(row)
    if event and shown and _is_in(shown, now):
        entry = event_entry(event, links, uid_domain)
        yield _as_shown(entry, shown, "Your place: ", row["invited"], row["interest_changed"])
    shown = session_shown(row)
    if event and shown and _is_in(shown, now):
        entry = session_entry(_session(row), event, links, uid_domain)
        yield _as_shown(entry, shown, "Your seat: ", row["invited"], row["seat_changed"])


def _is_in(shown: Shown, now: datetime) -> bool:
    return shown.until is None or now < shown.until


def _as_shown(entry: Entry, shown: Shown, whose: str, invited: int | None, changed_at: datetime) -> Entry:
    """An entry as it stands for this person: what they were last told by letter is never newer."""
    if shown.sure is Status.TENTATIVE:
        entry = entry.as_hold()
    summary = f"{whose}{entry.summary}" if shown.lost else entry.summary
    sequence = min(max(entry.sequence, invited or 0), MAX_SEQUENCE)
    modified = max(entry.modified, changed_at)
    return replace(entry, summary=summary, status=shown.sure, sequence=sequence, modified=modified)


def _lost_with(row: Row, whose: str, what: str) -> bool:
    """Whether something was taken from a person because it was cancelled itself, and not before."""
    lost = {"interest": InterestState.CANCELLED, "seat": SeatState.CANCELLED}[whose]
    cancelled_at = row[f"{what}_cancelled"]
    return bool(row[f"{whose}_state"] == lost and cancelled_at and row[f"{whose}_changed"] >= cancelled_at)


def _event(row: Row) -> Event:
    return Event(
        id=row["event"],
        state=row["event_state"],
        updated_at=row["event_changed"],
        ends_on=row["ends_on"],
        sequence=row["event_sequence"],
        **{name: row[name] for name in ("slug", "name", "summary", "starts_on", "venue", "town", "postcode")},
        created_at=row["created_at"],
    )


def _session(row: Row) -> ProgrammeSession:
    return ProgrammeSession(
        id=row["session"],
        event=row["event"],
        state=row["session_state"],
        updated_at=row["session_changed"],
        sequence=row["session_sequence"],
        slug=row["session_slug"],
        summary=row["session_summary"],
        created_at=row["session_since"],
        **{name: row[name] for name in ("title", "starts_at", "ends_at", "room")},
    )
