"""A person's own page: what it says, and what somebody can do there. Nothing here asks the database."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

from eventsite.clock import london_date
from eventsite.events.rules import is_open_for_interest
from eventsite.events.tables import Event, EventState
from eventsite.interest.states import ACTIVE, Deed, InterestState, can

DONE = {
    "withdrawn": "Your interest is withdrawn. We write to you about that event no more.",
    "returned": "Your interest is registered again. A letter with the calendar file is on its way.",
    "updates-on": "We send you news of other events from now on.",
    "updates-off": "We send you no more news of other events.",
    "announcements-on": "Organisers write to you about your events from now on.",
    "announcements-off": "We send you no more announcements. Letters about your own place and seats still come.",
    "details": "Your details are as you gave them.",
    "accepted": "You have a place. A letter with a calendar invite is on its way. Now pick your sessions.",
    "declined": "Your place goes to somebody else. What was in your calendar is taken out by a letter.",
    "waiting": "You are on the waiting list. We write to you as soon as a place comes free.",
    "offered": "A place is free, and it is kept for you: accept it below.",
    "calendar": "Your calendar has a new address. The old one has ended: subscribe again with the new one.",
    "added": "Added. It is in the calendar on your own page.",
    "added-mail": "Added. A calendar invite is on its way by email.",
    "on-list": "You are on the waiting list. If a seat comes free and you are next, it is yours and we write to you.",
    "passed-on": "A seat was free after all, and it is yours.",
    "given-up": "You gave it up. If it came to your calendar by email, a letter takes it out.",
    "mail-on": "A calendar invite is on its way by email. It follows the session.",
    "mail-later": "When you get the seat, a calendar invite comes with it by email.",
    "mail-never": "No invite will come by email. When you get the seat, we still write to tell you.",
    "mail-off": "No more email about this session. If it came to your calendar by email, a last letter takes it out.",
}

ANSWERS = {
    "ACCEPTED": "Your calendar answered yes.",
    "DECLINED": "Your calendar answered no.",
    "TENTATIVE": "Your calendar answered maybe.",
}


class Timed(Protocol):
    """What takes a stretch of time."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


T = TypeVar("T", bound=Timed)


def done_sentence(key: str) -> str:
    """What to say of the deed that led here: one of our own sentences, or an empty one for any other key."""
    return DONE.get(key, "")


def mail_switched(*, wanted: bool, is_waiting: bool) -> str:
    """What to say after invites by email were switched on or off: a key of `DONE`."""
    if is_waiting:
        return "mail-later" if wanted else "mail-never"
    return "mail-on" if wanted else "mail-off"


def answer_in_words(partstat: str | None) -> str:
    """What a person's calendar answered to an invite (RFC 5545 section 3.2.12); empty where it said nothing."""
    return ANSWERS.get(partstat or "", "")


def deeds_open_to(state: str, event: Event, now: datetime) -> frozenset[str]:
    """What a person can do about an event, as the page offers it: by the names of deeds, and `pick` for sessions."""
    is_to_come = event.state == EventState.PUBLISHED and event.ends_on >= london_date(now)
    offers = {
        "accept": is_to_come and can(Deed.ACCEPT, state),
        "decline": event.state == EventState.PUBLISHED and can(Deed.DECLINE, state),
        "wait": is_to_come and state in {InterestState.DECLINED, InterestState.EXPIRED},
        "register": is_open_for_interest(event, now) and can(Deed.REGISTER, state),
        "withdraw": state in {InterestState.INTERESTED, InterestState.WAITLISTED},
        "pick": is_to_come and state in ACTIVE,
    }
    return frozenset(name for name, is_open in offers.items() if is_open)


def seats_in_words(capacity: int | None, taken: int, waiting: int) -> str:
    """How many seats a session has left: "12 seats left", "Full, and 3 people wait"; empty where there is no limit."""
    if capacity is None:
        return ""
    left = seats_left(capacity, taken, waiting)
    if left:
        return f"{left} seat{'' if left == 1 else 's'} left"
    if not waiting:
        return "Full"
    return f"Full, and {waiting} {'person waits' if waiting == 1 else 'people wait'}"


def seats_left(capacity: int, taken: int, waiting: int) -> int:
    """How many seats can be had: a free one belongs to those who already wait."""
    return max(capacity - taken - waiting, 0)


def position_in_words(ahead: int) -> str:
    """Where somebody is on a waiting list, by how many are ahead of them."""
    return "You are next on the waiting list." if ahead == 0 else f"You are number {ahead + 1} on the waiting list."


def at_the_same_time(one: T, others: Iterable[T]) -> list[T]:
    """Those of the others that go on while this one does. What ends as it begins does not."""
    return [
        other
        for other in others
        if other is not one and other.starts_at < one.ends_at and one.starts_at < other.ends_at
    ]
