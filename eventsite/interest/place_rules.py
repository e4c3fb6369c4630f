"""Places: what holds without asking the database, and what is said where it does not."""

from datetime import datetime, time, timedelta

from eventsite.calendars.wording import date_with_weekday, time_in_words
from eventsite.clock import LONDON, london_date
from eventsite.errors import Refusal
from eventsite.events.moments import london_moment
from eventsite.events.tables import Event, EventState
from eventsite.interest.states import InterestState

NO_OFFER = {
    InterestState.INTERESTED: "We have not offered you a place yet. We write to you when we do.",
    InterestState.WAITLISTED: "You are on the waiting list. We write to you as soon as a place comes free.",
    InterestState.DECLINED: "You declined your place. You can join the waiting list.",
    InterestState.WITHDRAWN: "You withdrew your interest. Register it again first.",
    InterestState.CANCELLED: "Your place was cancelled by the organisers. Write to us if you think that is wrong.",
}


class NoOffer(Refusal):
    """There is no offer of a place that you could answer."""


class OfferRanOut(Refusal):
    """This offer has run out. You can join the waiting list."""


class PlacesLeft(Refusal):
    """There is no waiting list yet: not all places have been given away. We write to you about places."""


class EventOver(Refusal):
    """There are no places to be had at this event any more."""


class BadDeadline(Refusal):
    """Give a time to answer by that lies between now and the start of the event"""

    field = "until"


def start_of(event: Event) -> datetime:
    """The moment, in UTC, at which the first day of an event begins in London."""
    return london_moment(event.starts_on, time(0))


def passes_on(event: Event, now: datetime) -> bool:
    """Whether places of an event are still given away: published, and not begun at an aware moment."""
    return event.state == EventState.PUBLISHED and now < start_of(event)


def ensure_gives_places(event: Event, now: datetime) -> None:
    """Raises EventOver, with the name of the event, where nobody can take a place any more."""
    if event.state == EventState.CANCELLED:
        raise EventOver(f"{event.name} has been cancelled")
    if event.state != EventState.PUBLISHED:
        raise EventOver(f"{event.name} is not on the site yet, so there are no places")
    if event.ends_on < london_date(now):
        raise EventOver(f"{event.name} is over")


def ensure_deadline(event: Event, until: datetime, now: datetime) -> None:
    """Raises BadDeadline for a moment that is past, or after the event has begun."""
    if until <= now:
        raise BadDeadline("The time to answer by has passed already")
    if until > start_of(event):
        raise BadDeadline(f"The time to answer by must be before {event.name} begins")


def next_deadline(event: Event, now: datetime) -> datetime:
    """Until when an offer stands that is passed on from the waiting list."""
    return min(now + timedelta(days=event.reply_days), start_of(event))


def deadline_in_words(until: datetime) -> str:
    """A deadline in London: "5pm on Friday 14 May 2027 (UK time)". Midnight is the end of the day before."""
    if until.astimezone(LONDON).time() == time(0):
        return f"the end of {date_with_weekday(until - timedelta(hours=12))} (UK time)"
    return f"{time_in_words(until)} on {date_with_weekday(until)} (UK time)"


def ran_out(until: datetime) -> OfferRanOut:
    """What to say to somebody who answers after the deadline."""
    return OfferRanOut(f"This offer ran out at {deadline_in_words(until)}. You can join the waiting list.")
