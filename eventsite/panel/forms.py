"""The forms of a panel: a press of a button on the chair's page or the desk, and what the desk settles."""

from wtforms.validators import ValidationError

from eventsite.panel.rules import LONGEST_MESSAGE
from eventsite.questions.rules import Moderator
from eventsite.questions.shortlist_services import LONGEST
from eventsite.questions.stage_services import Hand
from eventsite.questions.tables import QuestionState
from eventsite.web.fields import NumberField
from eventsite.web.forms import AtMost, Needed, OneLine, Words, WordsForm, Yes

LONGEST_PANEL = 600


class StepForm(WordsForm):
    """A press: on which question, which one was the present one on that page, and what was said last there."""

    question = Words()
    saw = Words()
    last = Words()

    def hand(self, organiser_id: str | None) -> Hand:
        """Who presses (None: the chair), and on what they saw."""
        return Hand(organiser_id, self.saw.data)


class ListForm(WordsForm):
    """A change of the list: of which question, and the state in which it was seen. `steps`: -1 is up, 1 is down."""

    question = Words()
    state = Words(default=QuestionState.SHORTLISTED.value)
    steps = Words()

    def validate_state(self, field: Words) -> None:
        """Any state there is. Called by WTForms because of its name."""
        if field.data not in set(QuestionState):
            raise ValidationError("This question has no such state")

    def moderator(self, organiser_id: str) -> Moderator:
        """Who changes the list, and on what they saw."""
        return Moderator(organiser_id, QuestionState(self.state.data))


class MinutesForm(ListForm):
    """How many minutes a question may take; nothing: nobody says."""

    minutes = NumberField()

    def validate_minutes(self, field: NumberField) -> None:
        """A whole number that a question can take. Called by WTForms because of its name."""
        if field.data and not 1 <= (field.number or 0) <= LONGEST:
            raise ValidationError(f"Enter minutes from 1 to {LONGEST} for the question, or leave the field empty")


class LengthForm(WordsForm):
    """How many minutes a panel has for questions."""

    length = NumberField(validators=[Needed("Enter how many minutes the panel has for questions")])

    def validate_length(self, field: NumberField) -> None:
        """A whole number. Called by WTForms because of its name."""
        if not 1 <= (field.number or 0) <= LONGEST_PANEL:
            raise ValidationError(f"Enter the panel’s minutes as a number from 1 to {LONGEST_PANEL}")


class MessageForm(WordsForm):
    """A line to the chair."""

    words = Words(validators=[OneLine(), Needed("Enter a message"), AtMost(LONGEST_MESSAGE, "The message")])


class VotesForm(WordsForm):
    """Whether the audience votes."""

    votes = Yes()


class RestForm(WordsForm):
    """The questions that the page before named, by their ids with spaces between them."""

    shown = Words()

    @property
    def ids(self) -> frozenset[str]:
        """The ids that were shown."""
        return frozenset(self.shown.data.split())
