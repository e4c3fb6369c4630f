"""The form of interest: six short answers, every fault with a sentence."""

from collections.abc import Mapping
from typing import Any

from eventsite.events.rules import ensure_open_for_interest
from eventsite.events.tables import Event
from eventsite.errors import Refusal
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

    name = Words(validators=[OneLine(), Needed("Enter your full name"), AtMost(LONGEST_NAME, "Full name")])
    email = AddressField(validators=[OneLine(), Needed(NO_ADDRESS)])
    job_title = Words(validators=[OneLine(), Needed("Enter your job title"), AtMost(LONGEST_JOB_TITLE, "Job title")])
    organisation = Words(
        validators=[OneLine(), Needed("Enter your organisation"), AtMost(LONGEST_ORGANISATION, "Organisation")]
    )
    events = Ticked()
    updates = Yes()
    website = Honeypot()

    def choose_from(self, events: Mapping[str, Event]) -> None:
        """Says which events there are, by slug: those that are open, and those that were ticked and are not."""
        self.known = events

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
