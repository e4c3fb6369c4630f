"""What an organiser fills in to write to many people."""

from typing import Any, Self

from wtforms.validators import ValidationError

from eventsite.announcements.queries import Choices
from eventsite.announcements.rules import AUDIENCES, LONGEST_BODY, LONGEST_SUBJECT, REMINDERS, AnnouncementDraft
from eventsite.announcements.tables import Announcement, Audience
from eventsite.backoffice.events_forms import SeenForm
from eventsite.calendars.wording import dates_in_words
from eventsite.web.fields import OneOf
from eventsite.web.forms import AtMost, Needed, OneLine, Sent, Words

WITHOUT_EVENT = (Audience.UPDATES, Audience.SEATS)


class AnnouncementForm(SeenForm):
    """Subject and text, who gets it, and when."""

    do = Words()
    audience = Words(validators=[OneOf(Audience, "Choose who gets it")])
    event = Words()
    session = Words()
    subject = Words(validators=[OneLine(), Needed("Enter a subject"), AtMost(LONGEST_SUBJECT, "The subject")])
    body = Words(validators=[Needed("Write the letter"), AtMost(LONGEST_BODY, "The letter")])
    remind_before = Words()

    def __init__(self, sent: Sent | None = None, **given: Any) -> None:
        super().__init__(sent, **given)
        self.choices = Choices()

    @classmethod
    def of(cls, announcement: Announcement) -> Self:
        """The form as it is opened: what is stored."""
        said: dict[str, Any] = {
            name: getattr(announcement, name) or "" for name in ("subject", "body", "audience", "event", "session")
        }
        hours = announcement.remind_before
        return cls(seen=announcement.updated_at, remind_before="" if hours is None else str(hours), **said)

    def choose_from(self, choices: Choices) -> Self:
        """Says what there is to choose from."""
        self.choices = choices
        return self

    def validate_event(self, field: Words) -> None:
        """One of the events, wherever the audience is one event's. Called by WTForms because of its name."""
        if field.data and field.data not in {event.id for event in self.choices.events}:
            raise ValidationError("Choose an event from the list")
        if not field.data and self.audience.data in set(Audience) - set(WITHOUT_EVENT):
            raise ValidationError("Choose the event whose people get it")

    def validate_session(self, field: Words) -> None:
        """One of the sessions for those who added it, which then says what event it is; none for anybody else."""
        if self.audience.data != Audience.SEATS:
            field.data = ""
            return
        event = self.choices.event_of(field.data)
        if event is None:
            raise ValidationError("Choose the session whose people get it")
        self.event.data = event

    def validate_remind_before(self, field: Words) -> None:
        """One of the times, before an event."""
        if field.data and field.data not in map(str, REMINDERS):
            raise ValidationError("Choose a time from the list")
        if field.data and not self.event.data:
            raise ValidationError("A reminder needs an event that it goes before: choose one")

    def draft(self) -> AnnouncementDraft:
        """The valid form as the service takes it."""
        return AnnouncementDraft(
            subject=self.subject.data,
            body=self.body.data,
            audience=Audience(self.audience.data),
            event=self.event.data or None,
            session=self.session.data or None,
            remind_before=int(self.remind_before.data) if self.remind_before.data else None,
        )

    @property
    def events(self) -> list[tuple[str, str]]:
        """The events to select from, each with its dates."""
        return [(one.id, f"{one.name}, {dates_in_words(one.starts_on, one.ends_on)}") for one in self.choices.events]

    @property
    def audiences(self) -> list[tuple[str, str]]:
        """The audiences as radios list them."""
        return [(one.value, words) for one, words in AUDIENCES.items()]

    @property
    def reminders(self) -> list[tuple[str, str]]:
        """When it can go, as a list to select from."""
        return [("", "When you release it"), *((str(hours), words) for hours, words in REMINDERS.items())]
