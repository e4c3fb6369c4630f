"""What an organiser fills in about an event."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from wtforms import Form
from wtforms.validators import ValidationError

from eventsite.errors import Refusal
from eventsite.events.drafts import EventDraft
from eventsite.events.moments import closing_parts, end_of
from eventsite.events.tables import Event
from eventsite.web.fields import ADay, DayField, NumberField
from eventsite.web.forms import AtMost, Needed, OneLine, Words, WordsForm

LONGEST_EVENT = timedelta(days=30)
LONGEST_REPLY = 60
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})", re.ASCII)
_DRAWING = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)


class SeenField(Words):
    """When the row that an organiser has before them was changed last, sent back with the form, hidden."""

    def process_data(self, value: Any) -> None:
        self.data = value.isoformat() if value else ""

    @property
    def moment(self) -> datetime:
        """The moment, in UTC; for what is none of ours a moment long before every row."""
        try:
            return datetime.fromisoformat(self.data).astimezone(UTC)
        except (ValueError, OverflowError):
            return NEVER


class Postcode:
    """Puts a United Kingdom postcode in order, or refuses it; nothing at all is let through."""

    def __call__(self, form: Form, field: Words) -> None:
        match = _POSTCODE.fullmatch(field.data.upper())
        if match:
            field.data = f"{match[1]} {match[2]}"
        elif field.data:
            raise ValidationError("Enter a full postcode, like B1 1AA")


class Drawing:
    """Refuses what cannot be the name of one of the site's drawings."""

    def __call__(self, form: Form, field: Words) -> None:
        if not _DRAWING.fullmatch(field.data or ""):
            raise ValidationError("Choose a drawing from the list")


class SeenForm(WordsForm):
    """A form over a row that somebody else may be changing."""

    seen = SeenField()

    def show_again(self, refusal: Refusal, changed_at: datetime) -> None:
        """Says why it was not saved. Sent once more, it goes over what the row says since `changed_at`."""
        self.refuse(refusal.field, str(refusal))
        self.seen.process_data(changed_at)


class EventForm(SeenForm):
    """An event's name, days and place. Without a last day it is the first."""

    name = Words(validators=[OneLine(), Needed("Enter the event’s name"), AtMost(120, "Name")])
    summary = Words(validators=[AtMost(600, "Summary")])
    starts_on = DayField(
        validators=[Needed("Enter the first day"), ADay("Enter the first day as a date, like 26/06/2027")]
    )
    ends_on = DayField(validators=[ADay("Enter the last day as a date, like 27/06/2027")])
    venue = Words(validators=[OneLine(), AtMost(120, "Venue")])
    town = Words(validators=[OneLine(), AtMost(80, "Town or city")])
    postcode = Words(validators=[OneLine(), Postcode()])
    motif = Words(validators=[Drawing()])
    interest_closes_on = DayField(validators=[ADay("Enter the day interest closes as a date, like 18/06/2027")])
    capacity = NumberField()
    reply_days = NumberField(default=str(EventDraft.reply_days))

    @classmethod
    def of(cls, event: Event) -> Self:
        """The form filled in with what an event says now."""
        closes_at = event.interest_closes_at
        closes_on = closing_parts(closes_at)[0] if closes_at else None
        return cls(obj=event, seen=event.updated_at, interest_closes_on=closes_on)

    def validate_ends_on(self, field: DayField) -> None:
        """Holds the last day against the first. Called by WTForms because of its name."""
        first, last = self.starts_on.day, field.day
        if first and last and last < first:
            raise ValidationError("The last day must not be before the first")
        if first and last and last - first > LONGEST_EVENT:
            raise ValidationError("An event can last 31 days at most")

    def validate_capacity(self, field: NumberField) -> None:
        """Whether the number of places is one. Called by WTForms because of its name, as the next one is."""
        if field.data and field.number is None:
            raise ValidationError("Enter the number of places as a whole number, like 120")

    def validate_reply_days(self, field: NumberField) -> None:
        """Whether people are given a number of days to answer."""
        if field.data and not 1 <= (field.number or 0) <= LONGEST_REPLY:
            raise ValidationError(f"Enter the days to answer as a whole number from 1 to {LONGEST_REPLY}")

    def draft(self) -> EventDraft:
        """The valid form as the service takes it. Nothing said about the days to answer is the usual number."""
        first, closes_on = self.starts_on.day, self.interest_closes_on.day
        assert first is not None
        return EventDraft(
            name=self.name.data,
            summary=self.summary.data,
            starts_on=first,
            ends_on=self.ends_on.day or first,
            venue=self.venue.data,
            town=self.town.data,
            postcode=self.postcode.data,
            motif=self.motif.data,
            interest_closes_at=end_of(closes_on) if closes_on else None,
            capacity=self.capacity.number,
            reply_days=self.reply_days.number or EventDraft.reply_days,
        )
