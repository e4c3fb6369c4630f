"""The letters of an event or a session that has been changed or cancelled by its organisers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from secrets import token_hex

from markupsafe import escape

from eventsite.errors import NotFound
from eventsite.events.entries import event_entry, session_entry
from eventsite.events.rules import place_of, place_of_session
from eventsite.interest.change_rules import Follower, Mailing, SeatHolder, SessionMailing, headline, when_of_session
from eventsite.interest.invites import Occasion
from eventsite.interest.letters import hold_file
from eventsite.interest.states import InterestState
from eventsite.mail.letters import Letter
from eventsite.mail.stationery import write_letter
from eventsite.people.rules import greeting
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery

# What stands in a letter until its reader's own words are put there. Chance keeps it apart from what organisers write.
GREETING, LINK = (f"{name}-{token_hex(8)}" for name in ("greeting", "link"))


@dataclass
class Press:
    """Writes the letters of one mailing. What is the same for many of its thousands is written once.

    An event has other dates, another place or another name (`event_moved`), or is off (`event_cancelled`); a session
    has another time, room or title (`session_moved`), or is off (`session_cancelled`).
    """

    mailing: Mailing
    stationery: Stationery
    own_words: str = ""
    """What the organiser says of it, in every letter below its first lines."""
    _forms: dict[tuple[object, ...], Letter] = field(default_factory=dict)
    _occasions: dict[str, Occasion] = field(default_factory=dict)

    def letter_to_follower(self, follower: Follower) -> Letter:
        """What somebody is told of the event.

        Whoever was never invited by calendar may hold the dates from our first letter: the file to put over it comes
        along.
        """
        event, sessions = self.mailing.event, self.mailing.session_letters_to[follower.person.id]
        has_place = follower.state == InterestState.ACCEPTED
        known = {"has_entry": follower.has_entry, "has_place": has_place, "sessions": sessions}
        form = self._form("event", known, (event.id, *known.values()))
        number = follower.number_of_hold(event)
        files = () if follower.has_entry else (hold_file(event, self.stationery, number=number),)
        return replace(self._filled(form, follower.person), attachments=files)

    def letter_to_holder(self, part: SessionMailing, holder: SeatHolder) -> Letter:
        """What somebody is told of one session."""
        known = {"part": part, "has_entry": holder.has_entry}
        return self._filled(self._form("session", known, (part.session.id, holder.has_entry)), holder.person)

    def occasion_of(self, part: SessionMailing | None = None) -> Occasion:
        """What an invitation is to: the event, or one of its sessions."""
        event, made_with = self.mailing.event, (self.stationery.links, self.stationery.uid_domain)
        key = part.session.id if part else event.id
        if key not in self._occasions:
            entry = session_entry(part.session, event, *made_with) if part else event_entry(event, *made_with)
            self._occasions[key] = Occasion(entry, event.id, part.session.id if part else None)
        return self._occasions[key]

    def example(self) -> tuple[KnownPerson, Letter]:
        """One of the people, from among most of them, and their first letter; NotFound where there is nobody."""
        mailing = self.mailing
        likely = sorted(mailing.followers, key=lambda one: one.has_entry == (mailing.entries < mailing.holds))
        for follower in likely[:1]:
            return follower.person, self.letter_to_follower(follower)
        for part in mailing.sessions:
            for holder in part.holders[:1]:
                return holder.person, self.letter_to_holder(part, holder)
        raise NotFound

    def _form(self, what: str, known: Mapping[str, object], key: tuple[object, ...]) -> Letter:
        """A letter as it is for everybody of whom the same is `known`, without anybody's own words."""
        if key not in self._forms:
            part = known.get("part")
            about = self._of_session(part) if isinstance(part, SessionMailing) else self._of_event()
            name = f"interest/{what}_{'cancelled' if self.mailing.is_cancellation else 'moved'}"
            context = {**about, **known, "own_words": self.own_words, "greeting": GREETING, "my": LINK}
            self._forms[key] = write_letter(self.stationery, name, to="", context=context)
        return self._forms[key]

    def _of_event(self) -> dict[str, object]:
        event = self.mailing.event
        return {
            "event": event,
            "place": place_of(event),
            "page": self.stationery.links.to(f"/events/{event.slug}"),
            "headline": headline(event.name, self.mailing.differences, when="New dates"),
            "differences": self.mailing.differences,
        }

    def _of_session(self, part: SessionMailing) -> dict[str, object]:
        session, event = part.session, self.mailing.event
        return {
            "session": session,
            "event": event,
            "when": when_of_session(session),
            "place": place_of_session(session, event),
            "page": self.stationery.links.to(f"/events/{event.slug}/sessions/{session.slug}"),
            "headline": headline(f"“{session.title}”", part.differences),
            "differences": part.differences,
        }

    def _filled(self, form: Letter, person: KnownPerson) -> Letter:
        hello, my = greeting(person.name), self.stationery.links.my(person.id, person.link_version)
        text = form.text.replace(GREETING, hello).replace(LINK, my)
        html = form.html.replace(GREETING, escape(hello)).replace(LINK, escape(my))
        return replace(form, to=person.email, text=text, html=html)
