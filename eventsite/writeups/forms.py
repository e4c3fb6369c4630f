"""The form a write-up is mended with. Its buttons arrange the panel without saving; all else waits for a saving."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Self

from wtforms.validators import ValidationError

from eventsite.events.drafts import SpeakerDraft
from eventsite.events.queries import OnStage
from eventsite.events.tables import Part
from eventsite.web.forms import AtMost, OneLine, Sent, Ticked, Words, WordsForm
from eventsite.writeups.desk_queries import Choices
from eventsite.writeups.rules import (
    DRAWINGS,
    LONGEST_ALT,
    LONGEST_BODY,
    LONGEST_NAME,
    LONGEST_POST,
    LONGEST_STANDFIRST,
    LONGEST_TITLE,
    Panellist,
    WriteupEdit,
    revision_number,
)
from eventsite.writeups.tables import Writeup

PICTURE = "picture"
DRAWING_NAMES = {name for name, _ in DRAWINGS}
PARTS = [(Part.PANELLIST, "Panellist"), (Part.CHAIR, "Chair"), (Part.SPEAKER, "Speaker")]


class Several(Ticked):
    """Answers of which there may be several, in the order they came."""

    data: list[str]


class ImportForm(WordsForm):
    """A file to make a draft of."""

    file = Words()


class WriteupForm(WordsForm):
    """A write-up as an organiser edits it. `speakers` are ids in the order of the page; each has a `part-{id}`."""

    revision = Words(default="0")
    state = Words()
    do = Words()
    title = Words(validators=[OneLine(), AtMost(LONGEST_TITLE, "The title")])
    standfirst = Words(validators=[OneLine(), AtMost(LONGEST_STANDFIRST, "The standfirst")])
    body = Words(validators=[AtMost(LONGEST_BODY, "The text")])
    event = Words()
    session = Words()
    speakers = Several()
    known_speaker = Words()
    new_name = Words(validators=[OneLine(), AtMost(LONGEST_NAME, "The name")])
    new_job_title = Words(validators=[OneLine(), AtMost(LONGEST_POST, "The job title")])
    new_organisation = Words(validators=[OneLine(), AtMost(LONGEST_POST, "The organisation")])
    new_part = Words(default=Part.PANELLIST.value)
    image = Words()
    picture = Words()
    file = Words()
    image_alt = Words(validators=[OneLine(), AtMost(LONGEST_ALT, "The alternative text")])
    notes_done = Several()

    def __init__(self, sent: Sent | None = None, **given: Any) -> None:
        super().__init__(sent, **given)
        self.choices = Choices()
        self.parts: dict[str, Part] = {}
        self.notes: list[str] = []

    @classmethod
    def of(cls, writeup: Writeup, speakers: Sequence[OnStage]) -> Self:
        """The form as it is opened: what is stored."""
        as_stored = ("title", "standfirst", "body", "event", "session", "picture", "image_alt")
        said: dict[str, Any] = {name: getattr(writeup, name) or "" for name in as_stored}
        image = PICTURE if writeup.picture else writeup.drawing
        panel = [speaker.speaker_id for speaker in speakers]
        form = cls(revision=str(writeup.revision), state=writeup.state, image=image, speakers=panel, **said)
        form.parts = {speaker.speaker_id: Part(speaker.part) for speaker in speakers}
        return form

    def choose_from(self, choices: Choices, import_notes: str) -> Self:
        """Says what there is to choose from and to tick off, and reads the parts of the people chosen."""
        self.choices = choices
        self.notes = import_notes.split("\n") if import_notes else []
        for speaker_id in self.speakers.data:
            said = self.sent.get(f"part-{speaker_id}", "")
            self.parts.setdefault(speaker_id, Part(said) if said in set(Part) else Part.PANELLIST)
        return self

    def validate_event(self, field: Words) -> None:
        """One of the events. Called by WTForms because of its name, as are those below."""
        if field.data and field.data not in self.choices.events:
            raise ValidationError("Choose an event from the list")

    def validate_session(self, field: Words) -> None:
        """One of the sessions, of the event chosen; without one, the session says which event it is."""
        if not field.data:
            return
        event = self.choices.event_of(field.data)
        if event is None:
            raise ValidationError("Choose a session from the list")
        if not self.event.data:
            self.event.data = event.id
        if self.event.data != event.id:
            raise ValidationError(f"This session is part of {event.name}: choose that event, or another session")

    def validate_speakers(self, field: Several) -> None:
        """People who are known."""
        if not set(field.data) <= set(self.choices.speakers):
            field.data = [speaker_id for speaker_id in field.data if speaker_id in self.choices.speakers]
            raise ValidationError("Choose people from the list")

    def validate_known_speaker(self, field: Words) -> None:
        """Nobody, or somebody who is known."""
        if field.data and field.data not in self.choices.speakers:
            raise ValidationError("Choose somebody from the list")

    def validate_new_name(self, field: Words) -> None:
        """A name, where a post is given."""
        if not field.data and (self.new_job_title.data or self.new_organisation.data):
            raise ValidationError("Enter the name of the person to add")

    def validate_image(self, field: Words) -> None:
        """Nothing yet, the picture that was sent, or one of the drawings."""
        if field.data not in {"", PICTURE, *DRAWING_NAMES}:
            raise ValidationError("Choose one of the images")

    @property
    def newcomer(self) -> SpeakerDraft | None:
        """Somebody to add who is not known yet, if a name was given."""
        names = (self.new_name.data, self.new_job_title.data, self.new_organisation.data)
        return SpeakerDraft(*names) if self.new_name.data else None

    def seat(self, speaker_id: str) -> None:
        """Puts somebody at the end of the panel, and clears the fields that said so."""
        if speaker_id not in self.speakers.data:
            self.speakers.data = [*self.speakers.data, speaker_id]
            self.parts[speaker_id] = Part(self.new_part.data) if self.new_part.data in set(Part) else Part.PANELLIST
        for field in (self.known_speaker, self.new_name, self.new_job_title, self.new_organisation):
            field.data = ""
        self.new_part.data = Part.PANELLIST.value

    def show_picture(self, picture_id: str) -> None:
        """Puts a picture above the write-up."""
        self.picture.data, self.image.data = picture_id, PICTURE

    def arrange(self) -> bool:
        """Does what a button beside the panel says. False where another button was pressed."""
        deed, _, speaker_id = self.do.data.partition(":")
        panel = list(self.speakers.data)
        if speaker_id in panel and deed in {"up", "remove"}:
            place = panel.index(speaker_id)
            panel.pop(place)
            if deed == "up":
                panel.insert(max(place - 1, 0), speaker_id)
            self.speakers.data = panel
        return deed in {"add", "up", "remove"}

    @property
    def seen(self) -> int:
        """The revision that was on the organiser's screen; none that ever was, for what is no number."""
        return revision_number(self.revision.data)

    def edit(self) -> WriteupEdit:
        """What the form says, as the service takes it."""
        notes = [note for number, note in self.numbered_notes if number not in self.notes_done.data]
        has_picture = self.image.data == PICTURE
        return WriteupEdit(
            title=self.title.data,
            standfirst=self.standfirst.data,
            body=self.body.data,
            event=self.event.data or None,
            session=self.session.data or None,
            picture=self.picture.data or None if has_picture else None,
            drawing=self.image.data if self.image.data in DRAWING_NAMES else "",
            image_alt=self.image_alt.data,
            speakers=tuple(Panellist(each, self.parts[each]) for each in self.speakers.data),
            notes="\n".join(notes),
        )

    def says_what_stands_in(self, writeup: Writeup, speakers: Sequence[OnStage]) -> bool:
        """Whether a saving would change nothing; the white space round the text does not count."""
        stored = type(self).of(writeup, speakers).choose_from(self.choices, writeup.import_notes).edit()
        return self.edit() == replace(stored, body=stored.body.strip())

    @property
    def numbered_notes(self) -> list[tuple[str, str]]:
        """The notes of the import that nobody has ticked off yet, numbered from 1: the options of a list of boxes."""
        return [(str(number), note) for number, note in enumerate(self.notes, start=1)]

    def on_stage(self) -> list[OnStage]:
        """The panel as the page shows it."""
        known = self.choices.speakers
        return [
            OnStage(speaker.name, speaker.job_title, speaker.organisation, self.parts[speaker.id].value, speaker.id)
            for speaker in (known[each] for each in self.speakers.data if each in known)
        ]
