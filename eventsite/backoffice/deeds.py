"""The ledger in words: who did what to what, as a sentence an organiser reads."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.calendars.wording import date_in_words, time_in_words

ACTORS = {ledger.VISITOR: "A visitor", ledger.SYSTEM: "The site", ledger.OPERATOR: "Somebody at the command line"}

WHOLE = {
    "organiser.signed_in": "signed in",
    "organiser.signed_out": "signed out",
    "organiser.password_set": "set their password",
    "organiser.added": "let in the organiser {}",
    "organiser.reset": "made a new password link for {}",
    "interest.registered": "registered interest in {}",
    "interest.withdrawn": "withdrew interest in {}",
    "complaint.received": "sent a complaint",
}

SUBJECTS = {
    "event": "the event",
    "session": "the session",
    "writeup": "the write-up",
    "organiser": "the organiser",
    "speaker": "the speaker",
    "interest": "interest in",
    "question": "a question to",
    "person": "a person’s details",
    "letter": "a letter",
    "picture": "a picture",
}

IRREGULAR = {"withdrawn": "withdrew", "written": "wrote", "begun": "began", "taken down": "took down"}


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
        whole = WHOLE.get(self.deed)
        if whole:
            return whole.format(self.subject_name).strip()
        verb = self.deed.rpartition(".")[2].replace("_", " ")
        subject = SUBJECTS.get(self.subject, self.subject.replace("_", " "))
        return f"{IRREGULAR.get(verb, verb)} {subject} {self.subject_name}".strip()

    @property
    def when(self) -> str:
        """The day and the time in London: "26 June 2027, 9:30am"."""
        return f"{date_in_words(self.at)}, {time_in_words(self.at)}"
