"""What an organiser fills in about a session, and about people on stage."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time
from typing import Self

from wtforms.validators import ValidationError

from eventsite.backoffice.events_forms import SeenForm
from eventsite.clock import LONDON, london_date
from eventsite.events.drafts import SessionDraft, SpeakerDraft, StageDraft
from eventsite.events.moments import NoSuchTime, closing_moment, closing_parts, end_moment, london_moment
from eventsite.events.tables import Part, ProgrammeSession, SessionKind
from eventsite.web.fields import AClock, ADay, ClockField, DayField, NumberField, OneOf
from eventsite.web.forms import AtMost, Needed, OneLine, Words, WordsForm, Yes


class SessionForm(SeenForm):
    """A session's title, times and room. Times are those on clocks in the United Kingdom."""

    title = Words(validators=[OneLine(), Needed("Enter the session’s title"), AtMost(160, "Title")])
    kind = Words(validators=[OneOf(SessionKind, "Choose what kind of session it is")])
    starts_on = DayField(validators=[Needed("Choose the day"), ADay("Enter the day as a date, like 26/06/2027")])
    starts = ClockField(
        validators=[Needed("Enter when the session starts"), AClock("Enter the start as a time, like 9:30")]
    )
    ends = ClockField(validators=[Needed("Enter when the session ends"), AClock("Enter the end as a time, like 10:45")])
    room = Words(validators=[OneLine(), AtMost(80, "Room")])
    summary = Words(validators=[AtMost(1000, "Summary")])
    capacity = NumberField()
    takes_questions = Yes()
    questions_close_on = DayField(validators=[ADay("Enter the day questions close as a date, like 24/06/2027")])
    questions_close = ClockField(validators=[AClock("Enter the time questions close, like 17:00")])

    @classmethod
    def of(cls, session: ProgrammeSession) -> Self:
        """The form filled in with what a session says now."""
        closes_at = session.questions_close_at
        day, clock = closing_parts(closes_at) if closes_at else (None, None)
        return cls(
            obj=session,
            starts_on=london_date(session.starts_at),
            starts=session.starts_at.astimezone(LONDON),
            ends=session.ends_at.astimezone(LONDON),
            questions_close_on=day,
            questions_close=clock,
            seen=session.updated_at,
        )

    def validate_starts(self, field: ClockField) -> None:
        """Whether that day has that time. Called by WTForms because of its name, as the others are."""
        _ensure_exists(self.starts_on, field, london_moment)

    def validate_ends(self, field: ClockField) -> None:
        """Whether the end comes after the start; midnight is the one after it."""
        _ensure_exists(self.starts_on, field, end_moment)
        start, end = self.starts.clock, field.clock
        if start is not None and end is not None and end <= start and end != time(0):
            raise ValidationError("The end must be after the start")

    def validate_capacity(self, field: NumberField) -> None:
        """Whether the number of places is one."""
        if field.data and field.number is None:
            raise ValidationError("Enter the number of places as a whole number, like 40")

    def validate_questions_close(self, field: ClockField) -> None:
        """Whether a time has its day, and the day that time."""
        if field.data and not self.questions_close_on.data:
            raise ValidationError("Enter the day on which questions close, or take the time out")
        _ensure_exists(self.questions_close_on, field, end_moment)

    def draft(self) -> SessionDraft:
        """The valid form as the service takes it."""
        day, start, end = self.starts_on.day, self.starts.clock, self.ends.clock
        assert day is not None
        assert start is not None
        assert end is not None
        return SessionDraft(
            title=self.title.data,
            kind=SessionKind(self.kind.data),
            summary=self.summary.data,
            starts_at=london_moment(day, start),
            ends_at=end_moment(day, end),
            room=self.room.data,
            capacity=self.capacity.number,
            takes_questions=bool(self.takes_questions.data),
            questions_close_at=self._closing_moment(),
        )

    def _closing_moment(self) -> datetime | None:
        day = self.questions_close_on.day if self.takes_questions.data else None
        return closing_moment(day, self.questions_close.clock) if day else None


class SpeakerForm(WordsForm):
    """A person on stage: public by their part in a published programme or write-up."""

    name = Words(validators=[OneLine(), Needed("Enter their name"), AtMost(120, "Name")])
    job_title = Words(validators=[OneLine(), AtMost(160, "Job title")])
    organisation = Words(validators=[OneLine(), AtMost(160, "Organisation")])

    def draft(self) -> SpeakerDraft:
        """The valid form as the service takes it."""
        return SpeakerDraft(self.name.data, self.job_title.data, self.organisation.data)


class StageForm(WordsForm):
    """Somebody to put on stage: a person from the list, or one who was never on it."""

    speaker = Words()
    name = Words(validators=[OneLine(), AtMost(120, "Name")])
    job_title = Words(validators=[OneLine(), AtMost(160, "Job title")])
    organisation = Words(validators=[OneLine(), AtMost(160, "Organisation")])
    part = Words(validators=[OneOf(Part, "Choose what they do in this session")])

    def choose_from(self, speaker_ids: Collection[str]) -> None:
        """Says who is on the list."""
        self.known = speaker_ids

    def validate_speaker(self, field: Words) -> None:
        """Whether it is somebody from the list. Called by WTForms because of its name."""
        if field.data and field.data not in self.known:
            raise ValidationError("Choose somebody from the list")
        if field.data and self.name.data:
            raise ValidationError("Choose somebody from the list or enter somebody new, not both")
        if not field.data and not self.name.data:
            raise ValidationError("Choose somebody from the list, or enter the name of somebody new")

    def draft(self) -> StageDraft:
        """The valid form as the service takes it."""
        if self.speaker.data:
            return StageDraft(Part(self.part.data), self.speaker.data)
        newcomer = SpeakerDraft(self.name.data, self.job_title.data, self.organisation.data)
        return StageDraft(Part(self.part.data), newcomer=newcomer)


def _ensure_exists(day: DayField, clock: ClockField, reading: Callable[[date, time], datetime]) -> None:
    if day.day is None or clock.clock is None:
        return
    try:
        reading(day.day, clock.clock)
    except NoSuchTime as refusal:
        raise ValidationError(str(refusal)) from refusal
