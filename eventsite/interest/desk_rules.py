"""What an organiser's deed does to several people, said before it is done. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from eventsite.clock import LONDON, london_date
from eventsite.events.moments import london_moment
from eventsite.events.tables import Event
from eventsite.interest.place_rules import start_of
from eventsite.interest.queries import Candidate
from eventsite.interest.states import Deed, InterestState, can

AT_FIVE = time(17, 0)
LEFT_ALONE = ("is left alone", "are left alone", "Left alone")
OFFERED = ("is offered a place", "are offered a place", "Offered a place")
WAITLISTED = ("goes on the waiting list", "go on the waiting list", "On the waiting list")
LOSES = {
    InterestState.ACCEPTED: ("loses their place", "lose their place", "Had a place"),
    InterestState.OFFERED: ("loses their offer", "lose their offer", "Had an offer"),
    InterestState.WAITLISTED: (
        "is taken off the waiting list",
        "are taken off the waiting list",
        "Were on the waiting list",
    ),
    InterestState.INTERESTED: (
        "is told that there is no place for them",
        "are told that there is no place for them",
        "Were interested",
    ),
}
DEEDS = (Deed.OFFER, Deed.WAIT, Deed.CANCEL)
"""What can be done to several people at once."""


@dataclass(frozen=True)
class Share:
    """Those of a selection to whom the same happens, and what: in words for one, for several, and as a heading."""

    what: tuple[str, str, str]
    people: Sequence[Candidate]

    @property
    def is_left_alone(self) -> bool:
        """Whether nothing happens to them."""
        return self.what == LEFT_ALONE

    @property
    def words(self) -> str:
        """What happens to how many: "80 people are offered a place"."""
        return f"{number_of_people(len(self.people))} {self.what[len(self.people) != 1]}"


def plan(deed: Deed, people: Sequence[Candidate], free: int | None) -> list[Share]:
    """What a deed would do to people, given in the order of registering, with so many places free (None: no limit)."""
    shares = _taken(people) if deed is Deed.CANCEL else _given(deed, people, free)
    done = {one.id for share in shares for one in share.people}
    shares.append(Share(LEFT_ALONE, [one for one in people if one.id not in done]))
    return [share for share in shares if share.people]


def number_of_people(number: int) -> str:
    """ "1 person", "143 people"."""
    return "1 person" if number == 1 else f"{number} people"


def frozen(people: Iterable[Candidate]) -> str:
    """Who was chosen, and the state each was in: what a check page carries on to the deed. The shortest in a form."""
    by_state: dict[str, list[str]] = {}
    for one in people:
        by_state.setdefault(one.state, []).append(one.id)
    return " ".join(word for state, ids in by_state.items() for word in (state, *ids))


def thawed(words: str) -> dict[str, str]:
    """The state each of those was in, by id. What nobody could have frozen is left out."""
    seen, state = {}, ""
    for word in words.split():
        if word in set(InterestState):
            state = word
        elif state and word.isascii() and len(word) == 16:
            seen[word] = state
    return seen


def usual_deadline(event: Event, now: datetime) -> datetime:
    """Until when an offer stands unless an organiser says otherwise: 5pm in London, before the day of the event.

    Where there is no such hour any more it is the start of the event, which may have passed.
    """
    day = min(london_date(now) + timedelta(days=event.reply_days), event.starts_on - timedelta(days=1))
    until = london_moment(day, AT_FIVE)
    return until if until > now else start_of(event)


def deadline_parts(moment: datetime) -> tuple[object, object]:
    """The day and the hour in London, for the fields of a form."""
    local = moment.astimezone(LONDON)
    return local.date(), local.time()


def _given(deed: Deed, people: Sequence[Candidate], free: int | None) -> list[Share]:
    able = [one for one in people if deed is Deed.OFFER and can(Deed.OFFER, one.state)]
    offered = able[:free]
    ids = {one.id for one in offered}
    rest = [one for one in people if one.id not in ids and can(Deed.WAIT, one.state)]
    return [Share(OFFERED, offered), Share(WAITLISTED, rest)]


def _taken(people: Sequence[Candidate]) -> list[Share]:
    return [Share(what, [one for one in people if one.state == state]) for state, what in LOSES.items()]
