"""Who and what the letters on the preview pages are about. All of it is invented, and none of it is ever stored.

Links and addresses are signed with a key of their own, so that nothing in a preview opens anything.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from eventsite.calendars import itip
from eventsite.calendars.entries import Entry, clean_line
from eventsite.clock import LONDON, london_date
from eventsite.events.entries import event_entry, session_entry
from eventsite.events.tables import Event, EventState, ProgrammeSession, SessionState
from eventsite.interest.invites import UNFIT_IN_NAMES
from eventsite.links import Links
from eventsite.mail.homecoming import home_address
from eventsite.mail.letters import Invitation, Letter
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose

KEY = "signs the links of previews and nothing else"
NOBODY_S_ID = "0" * 16
AHEAD = timedelta(days=100)
SATURDAY = 5

ANN = KnownPerson(NOBODY_S_ID, "ann.archer@example.org", "Ann Archer", 0, is_new=False)


@dataclass(frozen=True)
class Cast:
    """Ann Archer, an event some months ahead and one session of it. `now` is aware."""

    stationery: Stationery
    now: datetime

    @cached_property
    def first_day(self) -> date:
        """The Saturday on which the event begins."""
        day = london_date(self.now + AHEAD)
        return day + timedelta(days=(SATURDAY - day.weekday()) % 7)

    @cached_property
    def deadline(self) -> datetime:
        """Until when an offer stands."""
        return datetime.combine(london_date(self.now) + timedelta(days=5), time(17), LONDON)

    def event(self, **given: Any) -> Event:
        """HPN Riverside, over a weekend."""
        values: dict[str, Any] = {
            "id": NOBODY_S_ID,
            "slug": "hpn-riverside",
            "name": "HPN Riverside",
            "summary": "Two days for the people who lead digital work along the river.",
            "starts_on": self.first_day,
            "ends_on": self.first_day + timedelta(days=1),
            "venue": "The Old Boathouse",
            "town": "Exampleton",
            "postcode": "EX1 1AA",
            "state": EventState.PUBLISHED,
            "capacity": 120,
            "created_at": self._made_at,
            "updated_at": self._made_at,
        }
        return Event(**values | given)

    def second_event(self) -> Event:
        """Another one, for somebody who is interested in both."""
        day = self.first_day + timedelta(days=28)
        other: dict[str, Any] = {
            "id": "1" * 16,
            "slug": "hpn-hillside",
            "name": "HPN Hillside",
            "venue": "",
            "town": "",
            "postcode": "",
        }
        return self.event(**other, starts_on=day, ends_on=day)

    def earlier_event(self) -> Event:
        """The event as it was before it moved."""
        before = self.first_day - timedelta(days=14)
        return self.event(starts_on=before, ends_on=before + timedelta(days=1), venue="The Corn Exchange")

    def cancelled_event(self) -> Event:
        """The event, called off."""
        return self.event(state=EventState.CANCELLED, sequence=1)

    def session(self, **given: Any) -> ProgrammeSession:
        """A panel on the first morning, from 9:30am to 10:45am in London."""
        starts = datetime.combine(self.first_day, time(9, 30), LONDON).astimezone(UTC)
        values: dict[str, Any] = {
            "id": NOBODY_S_ID,
            "event": NOBODY_S_ID,
            "slug": "safe-by-design",
            "title": "Safe by design: who signs it off?",
            "summary": "Four people who have deployed a model on a ward, and one who has not.",
            "starts_at": starts,
            "ends_at": starts + timedelta(minutes=75),
            "room": "Boat Hall",
            "capacity": 40,
            "state": SessionState.SCHEDULED,
            "created_at": self._made_at,
            "updated_at": self._made_at,
        }
        return ProgrammeSession(**values | given)

    def open_session(self) -> ProgrammeSession:
        """The same in a room that holds everybody."""
        return self.session(capacity=None)

    def earlier_session(self) -> ProgrammeSession:
        """The session as it was before it moved."""
        session = self.session(room="River Room")
        session.starts_at, session.ends_at = (
            session.starts_at - timedelta(hours=1),
            session.ends_at - timedelta(hours=1),
        )
        return session

    def cancelled_session(self) -> ProgrammeSession:
        """The session, called off."""
        return self.session(state=SessionState.CANCELLED, sequence=1)

    def event_entry(self, event: Event | None = None) -> Entry:
        """An event in a calendar."""
        return event_entry(event or self.event(), self.stationery.links, self.stationery.uid_domain)

    def session_entry(self, session: ProgrammeSession | None = None) -> Entry:
        """A session in a calendar."""
        links, domain = self.stationery.links, self.stationery.uid_domain
        return session_entry(session or self.session(), self.event(), links, domain)

    def inviting(self, letter: Letter, entry: Entry) -> Letter:
        """The letter as it goes with an invitation, or with the newer state of one."""
        return self._carrying(
            letter, "REQUEST", itip.request(replace(entry, sequence=1), self._parties, stamp=self.now)
        )

    def taking_out(self, letter: Letter, entry: Entry) -> Letter:
        """The letter as it goes with a cancellation."""
        return self._carrying(letter, "CANCEL", itip.cancel(replace(entry, sequence=2), self._parties, stamp=self.now))

    @cached_property
    def _made_at(self) -> datetime:
        # It follows the event's days: what is written of an event is kept for as long as it is unchanged.
        return datetime.combine(self.first_day - timedelta(days=120), time(9), UTC)

    @cached_property
    def _parties(self) -> itip.Parties:
        settings = self.stationery.settings
        return itip.Parties(
            organizer=home_address(settings, Purpose.RSVP, NOBODY_S_ID),
            organizer_name=clean_line(UNFIT_IN_NAMES.sub("", settings.controller_name), itip.NAME_LIMIT),
            attendee=ANN.email,
            wants_reply=settings.mail_replies == "on",
        )

    def _carrying(self, letter: Letter, method: str, content: bytes) -> Letter:
        invitation = Invitation(method, content, as_file=self.stationery.settings.invite_attachment == "on")
        return replace(letter, sender=self._parties.organizer, invitation=invitation)


def cast_for(stationery: Stationery, now: datetime) -> Cast:
    """The cast, with stationery whose links open nothing."""
    settings = stationery.settings.model_copy(update={"secret_key": KEY})
    return Cast(Stationery(stationery.templates, Links(settings.site_url, KEY), settings), now)
