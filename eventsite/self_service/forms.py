"""The forms of a person's own page."""

from eventsite.people.fields import AddressField
from eventsite.people.rules import LONGEST_JOB_TITLE, LONGEST_NAME, LONGEST_ORGANISATION
from eventsite.people.services import Details
from eventsite.web.forms import AtMost, Honeypot, Needed, OneLine, Words, WordsForm, Yes


class LinkForm(WordsForm):
    """Whose link is to be sent again."""

    email = AddressField(validators=[OneLine(), Needed("Enter the email address you registered with")])
    leave_empty = Honeypot()

    @property
    def email_key(self) -> str:
        """The valid form's address, casefolded."""
        assert self.email.address is not None
        return self.email.address.key


class DetailsForm(WordsForm):
    """What a person may change about themselves."""

    name = Words(validators=[OneLine(), Needed("Enter your full name"), AtMost(LONGEST_NAME, "Full name")])
    job_title = Words(validators=[OneLine(), Needed("Enter your job title"), AtMost(LONGEST_JOB_TITLE, "Job title")])
    organisation = Words(
        validators=[OneLine(), Needed("Enter your organisation"), AtMost(LONGEST_ORGANISATION, "Organisation")]
    )

    def draft(self) -> Details:
        """The valid form as the service takes it."""
        return Details(self.name.data, self.job_title.data, self.organisation.data)


class UpdatesForm(WordsForm):
    """Whether news of other events is wished from now on."""

    updates = Yes()


class AnnouncementsForm(WordsForm):
    """Whether announcements about one's own events are wished from now on."""

    announcements = Yes()


class MailForm(WordsForm):
    """Whether an invite to a session is wanted by email."""

    mail = Yes()
