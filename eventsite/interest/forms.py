"""The form of interest: six short answers, every fault with a sentence."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from wtforms.validators import ValidationError

from eventsite.errors import Refusal
from eventsite.events.rules import ensure_open_for_interest
from eventsite.events.tables import Event
from eventsite.interest.services import InterestDraft
from eventsite.people.fields import AddressField
from eventsite.people.rules import LONGEST_JOB_TITLE, LONGEST_NAME, LONGEST_ORGANISATION
from eventsite.people.services import PersonDraft
from eventsite.web.forms import AtMost, Honeypot, Needed, OneLine, Ticked, Words, WordsForm, Yes

NO_ADDRESS = "Enter your work email address"
NO_EVENT = "Select at least one event"
UNKNOWN_EVENT = "Select events from the list"


class InterestForm(WordsForm):
    """Who, which events, and whether to hear of others."""

    events = Ticked()
    name = Words(validators=[OneLine(), Needed("Enter your full name"), AtMost(LONGEST_NAME, "Full name")])
    email = AddressField(validators=[OneLine(), Needed(NO_ADDRESS)])
    job_title = Words(validators=[OneLine(), Needed("Enter your job title"), AtMost(LONGEST_JOB_TITLE, "Job title")])
    organisation = Words(
        validators=[OneLine(), Needed("Enter your organisation"), AtMost(LONGEST_ORGANISATION, "Organisation")]
    )
    updates = Yes()
    leave_empty = Honeypot()

    def choose_from(self, events: Mapping[str, Event], *, now: datetime) -> Self:
        """Says which events there are, by slug: closed ones too, so that one that closed gets its sentence."""
        self.known = events
        self.now = now
        return self

    def validate_events(self, field: Ticked) -> None:
        """At least one, each of them known and open. Called by WTForms because of its name."""
        if not field.data:
            raise ValidationError(NO_EVENT)
        if not set(field.data) <= set(self.known):
            raise ValidationError(UNKNOWN_EVENT)
        try:
            for slug in field.data:
                ensure_open_for_interest(self.known[slug], self.now)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None

    def draft(self) -> InterestDraft:
        """The valid form as the service takes it."""
        assert self.email.address is not None
        person = PersonDraft(
            email=self.email.address.spec,
            email_key=self.email.address.key,
            name=self.name.data,
            job_title=self.job_title.data,
            organisation=self.organisation.data,
        )
        return InterestDraft(person, [self.known[slug] for slug in self.events.data], self.updates.data)
