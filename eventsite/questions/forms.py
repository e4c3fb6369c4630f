"""The forms of questions: the one to ask with, and the moderators'."""

from collections.abc import Sequence
from typing import Self

from wtforms.validators import ValidationError

from eventsite.people.fields import AddressField
from eventsite.people.rules import LONGEST_NAME
from eventsite.people.services import PersonDraft
from eventsite.questions.asking_services import QuestionDraft
from eventsite.questions.rules import LONGEST_CLARIFICATION, LONGEST_QUESTION, MOST_THEMES
from eventsite.questions.tables import Theme
from eventsite.web.forms import AtMost, Honeypot, Needed, OneLine, Ticked, Words, WordsForm

UNKNOWN_THEME = "Select themes from the list"
TOO_MANY_THEMES = f"Select no more than {MOST_THEMES} themes"


class AnyThemes(Ticked):
    """Themes by their slugs, as many as an organiser likes; the form that holds it is told which there are."""

    data: list[str]
    known: Sequence[Theme] = ()

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Refuses themes that are not on the list."""
        if not set(self.data) <= {theme.slug for theme in self.known}:
            raise ValidationError(UNKNOWN_THEME)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the themes that were ticked."""
        return tuple(theme.id for theme in self.known if theme.slug in self.data)

    @property
    def options(self) -> list[tuple[str, str]]:
        """Slug and label of every theme, for the boxes."""
        return [(theme.slug, theme.label) for theme in self.known]


class Themes(AnyThemes):
    """Up to two themes, as an asker says."""

    def post_validate(self, form: object, validation_stopped: bool) -> None:
        """Refuses themes that are not on the list, and more than two."""
        super().post_validate(form, validation_stopped)
        if len(self.data) > MOST_THEMES:
            raise ValidationError(TOO_MANY_THEMES)


class QuestionForm(WordsForm):
    """A question to a panel. Only the words are needed; the name stays out unless its owner says otherwise.

    `anyway` is what the warning's own button sends, `seen` says which questions like it the asker was shown.
    """

    text = Words(validators=[Needed("Enter your question"), AtMost(LONGEST_QUESTION, "Your question")])
    themes = Themes()
    name = Words(validators=[OneLine(), AtMost(LONGEST_NAME, "Your name")])
    anonymous = Words(default="yes")
    email = AddressField(validators=[OneLine()])
    anyway = Words()
    seen = Words()
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


class SimilarForm(WordsForm):
    """Words to look for questions like them."""

    text = Words(validators=[Needed("Enter your question"), AtMost(LONGEST_QUESTION, "Your question")])


class VoiceForm(WordsForm):
    """A voice for somebody else's question, with an address to hear the answer at if wanted."""

    email = AddressField(validators=[OneLine()])
    leave_empty = Honeypot()

    def person(self) -> PersonDraft | None:
        """Who adds their voice, if they say."""
        address = self.email.address
        return PersonDraft(address.spec, address.key, "") if address else None


class ClarificationForm(WordsForm):
    """What an asker adds to a question of their own."""

    clarification = Words(validators=[AtMost(LONGEST_CLARIFICATION, "What you add")])
