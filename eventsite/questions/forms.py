"""The forms of questions: the one to ask with, and the moderators'."""

from collections.abc import Sequence
from typing import Self

from wtforms.validators import ValidationError

from eventsite.people.fields import AddressField
from eventsite.people.rules import LONGEST_NAME
from eventsite.people.services import PersonDraft
from eventsite.questions.asking_services import QuestionDraft
from eventsite.questions.rules import LONGEST_QUESTION, LONGEST_REASON, MOST_THEMES
from eventsite.questions.services import Moderator, QuestionEdit
from eventsite.questions.tables import Question, QuestionState, Theme
from eventsite.web.forms import AtMost, Honeypot, Needed, OneLine, Ticked, Words, WordsForm

UNKNOWN_THEME = "Select themes from the list"
TOO_MANY_THEMES = f"Select no more than {MOST_THEMES} themes"


class Themes(Ticked):
    """Up to two themes by their slugs; the form that holds it is told which there are."""

    data: list[str]
    known: Sequence[Theme] = ()

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Refuses themes that are not on the list, and more than two."""
        if not set(self.data) <= {theme.slug for theme in self.known}:
            raise ValidationError(UNKNOWN_THEME)
        if len(self.data) > MOST_THEMES:
            raise ValidationError(TOO_MANY_THEMES)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the themes that were ticked."""
        return tuple(theme.id for theme in self.known if theme.slug in self.data)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Slug and label of every theme, for the boxes."""
        return [(theme.slug, theme.label) for theme in self.known]


class QuestionForm(WordsForm):
    """A question to a panel. Only the words are needed; the name stays out unless its owner says otherwise."""

    text = Words(validators=[Needed("Enter your question"), AtMost(LONGEST_QUESTION, "Your question")])
    themes = Themes()
    name = Words(validators=[OneLine(), AtMost(LONGEST_NAME, "Your name")])
    anonymous = Words(default="yes")
    email = AddressField(validators=[OneLine()])
    leave_empty = Honeypot()

    def choose_from(self, themes: Sequence[Theme]) -> Self:
        """Says which themes there are."""
        self.themes.known = themes
        return self

    def draft(self) -> QuestionDraft:
        """The valid form as the service takes it."""
        anonymous = self.anonymous.data not in {"", "no"}
        return QuestionDraft(self.text.data, self.themes.ids, self.name.data, anonymous, self._person())

    def _person(self) -> PersonDraft | None:
        address = self.email.address
        return PersonDraft(address.spec, address.key, self.name.data) if address else None


class ModerationForm(WordsForm):
    """A moderator's deed: beside what it says, the state in which they saw the question, and where to go on."""

    state = Words(default=QuestionState.PENDING.value)
    back = Words()

    def validate_state(self, field: Words) -> None:
        """Any state there is; none means that the question waits. Called by WTForms because of its name."""
        if field.data and field.data not in set(QuestionState):
            raise ValidationError("This question has no such state")

    def moderator(self, organiser_id: str) -> Moderator:
        """Who decides, and on what they saw."""
        return Moderator(organiser_id, QuestionState(self.state.data or QuestionState.PENDING))


class RejectionForm(ModerationForm):
    """Why a question is not published: its asker reads it."""

    reason = Words(validators=[Needed("Enter a reason: the asker is sent it"), AtMost(LONGEST_REASON, "The reason")])


class EditForm(ModerationForm):
    """A mended wording and the themes. `instead_of` is the wording that was on the moderator's screen."""

    text = Words(validators=[Needed("Enter the question"), AtMost(LONGEST_QUESTION, "The question")])
    themes = Themes()
    instead_of = Words()

    def choose_from(self, themes: Sequence[Theme]) -> Self:
        """Says which themes there are."""
        self.themes.known = themes
        return self

    def edit(self, question: Question) -> QuestionEdit:
        """The valid form as the service takes it."""
        return QuestionEdit(self.text.data, self.themes.ids, self.instead_of.data or question.text)
