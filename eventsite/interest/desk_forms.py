"""What organisers send about people: whom a deed is for, until when an offer stands, and whom to invite by name."""

import re
from datetime import datetime
from typing import Any

from wtforms.validators import ValidationError

from eventsite.events.moments import NoSuchTime, london_moment
from eventsite.events.tables import Event
from eventsite.interest.desk_rules import deadline_parts, usual_deadline
from eventsite.mail.addresses import BadAddress, normalise_address
from eventsite.people.rules import LONGEST_NAME
from eventsite.people.services import PersonDraft
from eventsite.web.fields import AClock, ADay, ClockField, DayField
from eventsite.web.forms import Needed, Ticked, Words, WordsForm, Yes

MOST_INVITED = 50
NOBODY = "Enter the people to invite, a line each"
ENTRY_ENDS = re.compile(r"\n|(?<=>)\s*[;,]\s*")
ADDRESS = re.compile(r"[^\s,;<>]*@[^\s,;<>]*")
AROUND = " \t,;<>\"'“”"


class SelectionForm(WordsForm):
    """Whom a deed is for: those who are ticked, or everybody whom the list as it was narrowed finds."""

    event = Words()
    deed = Words()
    person = Ticked()
    everybody = Yes()
    q = Words()
    state = Words()


class DeedForm(WordsForm):
    """The people of a check page, each with the state they were seen in, and where the organiser came from."""

    event = Words()
    seen = Words()
    back = Words()


class OfferForm(DeedForm):
    """An offer stands until an hour of a day, by clocks in the United Kingdom."""

    until_on = DayField(
        validators=[Needed("Enter the day to answer by"), ADay("Enter the day to answer by as a date, like 14/05/2027")]
    )
    until_at = ClockField(
        validators=[Needed("Enter the time to answer by"), AClock("Enter the time to answer by as a time, like 17:00")]
    )

    def validate_until_at(self, field: ClockField) -> None:
        """Whether that day has that time. Called by WTForms because of its name."""
        try:
            if self.until_on.day and field.clock:
                london_moment(self.until_on.day, field.clock)
        except NoSuchTime as refusal:
            raise ValidationError(str(refusal)) from refusal

    @property
    def until(self) -> datetime:
        """The deadline of a valid form, in UTC."""
        day, clock = self.until_on.day, self.until_at.clock
        assert day is not None
        assert clock is not None
        return london_moment(day, clock)


def usual_answer_by(event: Event, now: datetime) -> dict[str, Any]:
    """What the two fields of the deadline say before anybody changes them."""
    day, clock = deadline_parts(usual_deadline(event, now))
    return {"until_on": day, "until_at": clock}


class PeopleField(Words):
    """Several people, a line each: `Name <address>`, `Name, address`, or pasted from a table or an address line.

    Once valid, `drafts` are who is meant, in the order they were written. Every line that is none has its sentence.
    """

    drafts: list[PersonDraft]

    @property
    def as_lines(self) -> str:
        """The valid field as one line for each person."""
        return "\n".join(f"{draft.name} <{draft.email}>" for draft in self.drafts)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        entries = [entry.strip() for entry in ENTRY_ENDS.split(self.data or "") if entry.strip(AROUND)]
        if validation_stopped:
            return
        if not entries:
            raise ValidationError(NOBODY)
        if len(entries) > MOST_INVITED:
            raise ValidationError(f"Invite {MOST_INVITED} people at once at most: these are {len(entries)}")
        self.drafts, faults, known = [], [], set()
        for entry in entries:
            try:
                draft = _draft(entry)
                if draft.email_key in known:
                    raise ValueError("This address stands in an earlier line too")
                known.add(draft.email_key)
                self.drafts.append(draft)
            except (BadAddress, ValueError) as fault:
                faults.append(f"“{entry[:80]}”: {fault}")
        self.errors = [*self.errors, *faults]


class InvitationsForm(OfferForm):
    """Named people to invite to an event, and until when their offers stand. The check page fills `seen`."""

    people = PeopleField(validators=[Needed(NOBODY)])


def _draft(entry: str) -> PersonDraft:
    """The person of an entry. Raises BadAddress or ValueError, with a sentence."""
    found = ADDRESS.findall(entry)
    if not found:
        raise ValueError("There is no email address in this line. Write it like Ann Archer <ann@example.org>")
    if len(found) > 1:
        raise ValueError("There are several addresses in this line. Give each person a line of their own")
    address = normalise_address(found[0])
    name = " ".join(entry.replace(found[0], " ").translate(dict.fromkeys(map(ord, "<>"), " ")).split()).strip(AROUND)
    if not name:
        raise ValueError("Write the name before the address, like Ann Archer <ann@example.org>")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"A name must be {LONGEST_NAME} characters or less")
    return PersonDraft(address.spec, address.key, name)
