"""The ledger in words: who did what to what, as a sentence an organiser reads."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.calendars.wording import date_in_words, time_in_words

ACTORS = {
    ledger.VISITOR: "A visitor",
    ledger.SYSTEM: "The site",
    ledger.OPERATOR: "Somebody at the command line",
    ledger.CHAIR: "The chair",
}

# A deed is `subject.participle`; these are the ones whose words do not follow from their name.
ALONE = {
    "organiser.signed_in": "signed in",
    "organiser.signed_out": "signed out",
    "organiser.password_set": "set their password",
    "interest.registered": "registered interest",
    "invite.answered": "answered an invite by calendar",
    "person.calendar_renewed": "made a new address for their calendar",
    "updates.given": "asked for news of other events",
    "updates.withdrawn": "stopped news of other events",
    "announcements.given": "takes announcements again",
    "letter.requeued": "sent a letter again",
    "letters.requeued": "sent all letters again that were given up",
    "address.allowed": "let letters go to an address again",
    "message.deleted": "deleted a message that came in",
    "announcements.withdrawn": "stopped announcements",
}
VERBS = {
    "organiser.added": "let in",
    "organiser.reset": "made a new password link for",
    "session.speaker_added": "put a person on stage in",
    "session.speaker_removed": "took a person off",
    "session.speaker_moved": "changed the order of people in",
    "session.stage_opened": "made the links for chair and screen of",
    "session.links_renewed": "ended the links for chair and screen, and made new ones, of",
    "session.length_set": "changed the minutes for questions in",
    "session.message_sent": "sent a message to the chair of",
    "session.message_seen": "has seen a message from the desk in",
    "session.votes_opened": "opened the votes of the audience in",
    "session.votes_closed": "closed the votes of the audience in",
    "question.asked": "put to the panel",
    "question.shown": "put on the screen again",
    "question.done": "took off the screen, as asked,",
    "question.undone": "took back the last decision on",
    "question.unmerged": "parted again",
    "question.unlisted": "took off the shortlist",
    "question.moved": "moved on the shortlist",
    "question.timed": "set the minutes of",
    "question.themed": "changed the themes of",
    "question.voiced": "added a voice to",
    "question.purged": "deleted what was held of",
    "question.not_reached": "said that there was no time for",
    "question.stepped_back": "took back what was said last of",
    "interests.exported": "took along the list of who is interested in",
    "questions.exported": "took along the questions of",
    "programme.exported": "took along the programme of",
    "event.told": "wrote to everybody who follows",
    "session.told": "wrote to everybody who has added",
    "place.expired": "ended the offer of",
    "place.waitlisted": "put somebody on the waiting list for",
    "seat.taken": "took",
    "seat.waitlisted": "waits for",
    "seat.given_up": "gave up",
    "seat.lost": "ended",
}
PAST = {"withdrawn": "withdrew", "submitted": "sent in"}

# With a name and without one: a deleted row has none any more.
SUBJECTS = {
    "event": ("the event {}", "an event"),
    "session": ("the session {}", "a session"),
    "writeup": ("the write-up {}", "a write-up"),
    "organiser": ("{}", "an organiser"),
    "announcement": ("the announcement “{}”", "an announcement"),
    "interest": ("an interest in {}", "an interest"),
    "place": ("a place at {}", "a place"),
    "seat": ("a seat on {}", "a seat"),
    "question": ("a question to {}", "a question"),
    "person": ("a person’s details", "a person’s details"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """A ledger entry with the names its ids stand for. `subject_name` is empty for what has none, or is gone."""

    at: datetime
    actor: str
    actor_name: str
    deed: str
    subject: str
    subject_name: str

    @property
    def who(self) -> str:
        """Who did it. Somebody whose account is gone is still an organiser."""
        return self.actor_name or ACTORS.get(self.actor, "An organiser")

    @property
    def what(self) -> str:
        """What was done, to follow the name: "published the event HPN Midlands"."""
        if self.deed in ALONE:
            return ALONE[self.deed]
        verb = self.deed.rpartition(".")[2].replace("_", " ")
        return f"{VERBS.get(self.deed) or PAST.get(verb, verb)} {self._subject}"

    @property
    def _subject(self) -> str:
        # The row of an interest is where a place is kept.
        subject = "place" if self.deed.startswith("place.") else self.subject
        kind = subject.replace("_", " ")
        named, unnamed = SUBJECTS.get(subject, (kind + " {}", f"a {kind}"))
        return named.format(self.subject_name) if self.subject_name else unnamed

    @property
    def when(self) -> str:
        """The day and the time in London: "26 June 2027, 9:30am"."""
        return f"{date_in_words(self.at)}, {time_in_words(self.at)}"
