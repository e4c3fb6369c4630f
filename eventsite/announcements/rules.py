"""Announcements: what holds without asking the database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from eventsite.announcements.tables import AnnouncementState, Audience
from eventsite.calendars.wording import date_with_weekday, dates_in_words, time_in_words
from eventsite.clock import LONDON
from eventsite.errors import Refusal
from eventsite.events.tables import Event, EventState

LONGEST_SUBJECT = 150
LONGEST_BODY = 10_000

AUDIENCES = {
    Audience.INTERESTED: "Interested, and not offered a place yet",
    Audience.OFFERED: "Offered a place, and not answered yet",
    Audience.ACCEPTED: "Have a place",
    Audience.WAITLISTED: "On the waiting list",
    Audience.SEATS: "Have added one session, chosen below",
    Audience.ASKERS: "Asked one of its panels a question",
    Audience.UPDATES: "Asked for news of other events",
}
"""Each audience as the form names it."""

AUDIENCES_IN_WORDS = {
    Audience.INTERESTED: "Interested in {event}, not offered a place yet",
    Audience.OFFERED: "Offered a place at {event}, not answered yet",
    Audience.ACCEPTED: "Have a place at {event}",
    Audience.WAITLISTED: "On the waiting list for {event}",
    Audience.SEATS: "Have added “{session}” at {event}",
    Audience.ASKERS: "Asked a panel at {event} a question",
    Audience.UPDATES: "Asked for news of other events",
}
"""Each audience as lists name it."""

REASONS = {
    Audience.INTERESTED: "You get this letter because you registered interest in {event}.",
    Audience.OFFERED: "You get this letter because we offered you a place at {event}.",
    Audience.ACCEPTED: "You get this letter because you have a place at {event}.",
    Audience.WAITLISTED: "You get this letter because you are on the waiting list for {event}.",
    Audience.SEATS: "You get this letter because you added “{session}” at {event}.",
    Audience.ASKERS: "You get this letter because you asked a question of a panel at {event}.",
    Audience.UPDATES: "You get this letter because you asked us for news of other HPN events.",
}
"""Why somebody gets it, as the letter's foot says."""

REMINDERS = {
    6: "The evening before, at 6pm",
    15: "The day before, at 9am",
    39: "2 days before, at 9am",
    159: "A week before, at 9am",
    327: "2 weeks before, at 9am",
    663: "4 weeks before, at 9am",
}
"""When a reminder can go, in hours before the event's first day begins."""

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,60})\}|\{")
_PLAIN = {"{{": "{", "}}": "}"}


class UnknownPlaceholder(Refusal):
    """This has a placeholder that there is none of."""


class NotADraft(Refusal):
    """This announcement is not a draft any more, so it stays as it is. Make a copy to change it."""


class NotScheduled(Refusal):
    """This is not a reminder that waits for its day, so there is nothing to take back."""


class NobodyToWriteTo(Refusal):
    """There is nobody to send this to: choose another audience, or wait until it has people."""


class TooLateToRemind(Refusal):
    """The time for this reminder has passed. Choose a later one, or send it when it is released"""

    field = "remind_before"


@dataclass(frozen=True)
class Placeholder:
    """What can stand in braces: its name, what it becomes, and what it needs to be filled ("" for nothing)."""

    name: str
    becomes: str
    needs: str = ""


EVENT, SESSION = "an event", "the audience of one session"
PLACEHOLDERS = (
    Placeholder("name", "their name; “colleague” where it does not look like one"),
    Placeholder("event", "the event’s name", EVENT),
    Placeholder("dates", "its days, such as Saturday 26 to Sunday 27 June 2027", EVENT),
    Placeholder("place", "its venue, town and postcode", EVENT),
    Placeholder("session", "the session’s title", SESSION),
    Placeholder("my_page", "the link to their own page; not in a subject"),
)
BY_NAME: Mapping[str, Placeholder] = {one.name: one for one in PLACEHOLDERS}


@dataclass(frozen=True)
class AnnouncementDraft:
    """What an organiser writes, to whom, and how many hours before the event it goes (None: when it is released)."""

    subject: str
    body: str
    audience: Audience
    event: str | None = None
    session: str | None = None
    remind_before: int | None = None


def parts_of(text: str) -> Iterator[str | Placeholder]:
    """A text cut at its placeholders; `{{` and `}}` become single braces. Raises UnknownPlaceholder."""
    at = 0
    for match in _BRACES.finditer(text):
        yield text[at : match.start()]
        at = match.end()
        yield _PLAIN.get(match[0]) or _placeholder(match[0], match[1])
    yield text[at:]


def ensure_can_be_filled(text: str, draft: AnnouncementDraft, *, field: str) -> None:
    """Raises UnknownPlaceholder, with a sentence for a form's field, for what the audience's letters cannot say."""
    try:
        wanted = [part for part in parts_of(text) if isinstance(part, Placeholder)]
    except UnknownPlaceholder as refusal:
        raise UnknownPlaceholder(str(refusal), field=field) from None
    for one in wanted:
        if one.name == "my_page" and field == "subject":
            raise UnknownPlaceholder("A subject cannot hold {my_page}: it would show a private link", field=field)
        if one.needs and not _has(draft, one.needs):
            raise UnknownPlaceholder(f"{{{one.name}}} can be filled only for {one.needs}", field=field)


def reminder_moment(event: Event, hours: int) -> datetime:
    """When a reminder goes, in UTC: so many hours, by the clock on the wall, before the first day begins in London."""
    return (_beginning(event.starts_on) - timedelta(hours=hours)).astimezone(LONDON)


def is_reminder_due(event: Event, hours: int, now: datetime) -> bool:
    """Whether a reminder goes now: the event is on, its first day has not begun, and the moment has come."""
    is_to_come = event.state == EventState.PUBLISHED and now < _beginning(event.starts_on)
    return is_to_come and reminder_moment(event, hours) <= now


def ensure_reminder_is_to_come(event: Event, hours: int, now: datetime) -> None:
    """Raises TooLateToRemind with a sentence that says when it would have been, or that the event is not on."""
    if event.state != EventState.PUBLISHED:
        raise TooLateToRemind(f"{event.name} is {event.state}, so there is nothing to remind of")
    if (moment := reminder_moment(event, hours)) <= now:
        raise TooLateToRemind(
            f"This reminder would have gone on {moment_in_words(moment)}, which has passed. Choose a later time"
        )


def outlook_of_reminder(event: Event, hours: int, now: datetime) -> str:
    """What becomes of a scheduled reminder, as a sentence."""
    if event.state == EventState.CANCELLED:
        return f"Is not sent: {event.name} is cancelled."
    if now >= _beginning(event.starts_on):
        return f"Is not sent: {event.name} has begun."
    return f"Goes on {moment_in_words(reminder_moment(event, hours))}, and moves with the event."


def subject_in_words(subject: str, event: Event | None, session_title: str = "") -> str:
    """A subject as lists show it: what is the same for everybody is filled in, `{name}` stays."""
    known = {"event": event.name, "dates": dates_in_words(event.starts_on, event.ends_on)} if event else {}
    if session_title:
        known["session"] = session_title
    try:
        return "".join(
            part if isinstance(part, str) else known.get(part.name, f"{{{part.name}}}") for part in parts_of(subject)
        )
    except UnknownPlaceholder:
        return subject


def audience_in_words(audience: str, event: Event | None, session_title: str = "") -> str:
    """Who gets it, such as "Have a place at HPN Midlands"."""
    return AUDIENCES_IN_WORDS[Audience(audience)].format(event=event.name if event else "", session=session_title)


def moment_in_words(moment: datetime) -> str:
    """A moment such as "Friday 25 June 2027 at 9am", by the clock in London."""
    return f"{date_with_weekday(moment)} at {time_in_words(moment)}"


def is_draft(state: str) -> bool:
    """Whether an announcement can still be changed."""
    return state == AnnouncementState.DRAFT


def _placeholder(whole: str, name: str | None) -> Placeholder:
    if name is None:
        raise UnknownPlaceholder("There is a { that nothing closes. For a brace as such write {{")
    if name in BY_NAME:
        return BY_NAME[name]
    known = ", ".join(f"{{{one.name}}}" for one in PLACEHOLDERS)
    raise UnknownPlaceholder(f"There is no placeholder {whole}. There are {known}. For a brace as such write {{{{")


def _has(draft: AnnouncementDraft, need: str) -> bool:
    return bool(draft.session if need == SESSION else draft.event or draft.session)


def _beginning(day: date) -> datetime:
    # Reckoned in London's own zone, where "the day before at 9am" is that also when the clocks change.
    return datetime.combine(day, time(0), LONDON)
