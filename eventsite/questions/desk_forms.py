"""The moderators' forms. Each says in which state its question was seen, and where to go on from there."""

from collections.abc import Callable, Sequence
from typing import Any, Self

from wtforms import Form
from wtforms.validators import ValidationError

from eventsite.questions.forms import AnyThemes, Themes
from eventsite.questions.rules import LONGEST_QUESTION, LONGEST_REASON, AlreadyModerated
from eventsite.questions.services import Moderator, QuestionEdit
from eventsite.questions.tables import Question, QuestionState, RejectionReason, Theme
from eventsite.web.forms import AtMost, Needed, OneLine, Ticked, Words, WordsForm, Yes

NO_REASON = "Enter a reason: the asker is sent it"
LONGEST_LABEL = 80


class ModerationForm(WordsForm):
    """A moderator's deed. With `row` the page has the queue before it, and wants its one row anew and nothing else."""

    state = Words(default=QuestionState.PENDING.value)
    back = Words()
    row = Yes()

    def validate_state(self, field: Words) -> None:
        """Any state there is; none means that the question waits. Called by WTForms because of its name."""
        if field.data and field.data not in set(QuestionState):
            raise ValidationError("This question has no such state")

    def moderator(self, organiser_id: str) -> Moderator:
        """Who decides, and on what they saw. Raises AlreadyModerated for a state that no question has ever been in."""
        if self.state.data and self.state.data not in set(QuestionState):
            raise AlreadyModerated
        return Moderator(organiser_id, QuestionState(self.state.data or QuestionState.PENDING))


class ReasonIsNeeded:
    """Refuses a rejection without words of its own and without a reason from the list."""

    def __call__(self, form: Form, field: Words) -> None:
        if not field.data and not form["reason_slug"].data:
            raise ValidationError(NO_REASON)


class RejectionForm(ModerationForm):
    """Why a question is not published: its asker reads it. A reason from the list brings words of its own."""

    reason = Words(validators=[ReasonIsNeeded(), AtMost(LONGEST_REASON, "The reason")])
    reason_slug = Words()
    known: Sequence[RejectionReason] = ()

    def choose_from(self, reasons: Sequence[RejectionReason]) -> Self:
        """Says which reasons there are."""
        self.known = reasons
        return self

    def validate_reason_slug(self, field: Words) -> None:
        """Refuses a reason that is not on the list. Called by WTForms because of its name."""
        if field.data and field.data not in {reason.slug for reason in self.known}:
            raise ValidationError("Select a reason from the list")

    @property
    def words(self) -> str:
        """What the asker reads."""
        listed = next((reason.words for reason in self.known if reason.slug == self.reason_slug.data), "")
        return self.reason.data or listed


class EditForm(ModerationForm):
    """A mended wording and the themes. `instead_of` is the wording that was on the moderator's screen."""

    text = Words(validators=[Needed("Enter the question"), AtMost(LONGEST_QUESTION, "The question")])
    themes = Themes()
    keep_themes = Yes()
    instead_of = Words()

    def choose_from(self, themes: Sequence[Theme]) -> Self:
        """Says which themes there are."""
        self.themes.known = themes
        return self

    def edit(self, question: Question, about: Sequence[Theme]) -> QuestionEdit:
        """The valid form as the service takes it; `about` is what the question is about so far."""
        themes = tuple(theme.id for theme in about) if self.keep_themes.data else self.themes.ids
        return QuestionEdit(self.text.data, themes, self.instead_of.data or question.text)


class ThemesForm(ModerationForm):
    """What a question is about, as an organiser says."""

    themes = AnyThemes()

    def choose_from(self, themes: Sequence[Theme]) -> Self:
        """Says which themes there are."""
        self.themes.known = themes
        return self


class MergeForm(ModerationForm):
    """Which question a question asks the same as."""

    into = Words(validators=[Needed("Select the question it asks the same as")])


class ShortlistForm(ModerationForm):
    """On the shortlist, or `off` it."""

    off = Yes()


class OnlyFor:
    """A check that one of several deeds needs, and the others do not."""

    def __init__(self, deed: str, check: Callable[[Form, Any], None]) -> None:
        self.deed = deed
        self.check = check

    def __call__(self, form: Form, field: Any) -> None:
        if form["deed"].data == self.deed:
            self.check(form, field)


class BulkForm(RejectionForm):
    """One deed on several questions. Without `sure` the page that asks is shown, and nothing is done.

    `into` is which of them the others ask the same as. `suggested` are the questions of which what rules suggest is
    confirmed, each as `id:slugs`, and `themes` what all of them are about.
    """

    questions = Ticked()
    deed = Words()
    sure = Yes()
    batch = Words()
    reason = Words(validators=[OnlyFor("reject", ReasonIsNeeded()), AtMost(LONGEST_REASON, "The reason")])
    into = Words(validators=[OnlyFor("merge", Needed("Select the question that the others ask the same as"))])
    suggested = Ticked()
    themes = AnyThemes()

    def validate_themes(self, field: AnyThemes) -> None:
        """Refuses themes without any, suggested or not. Called by WTForms because of its name."""
        if self.deed.data == "themes" and not field.data and not self.suggested.data:
            raise ValidationError("Select at least one theme")

    def themes_by_question(self) -> dict[str, tuple[str, ...]]:
        """The ids of the themes of each question."""
        ids = {theme.slug: theme.id for theme in self.themes.known}
        confirmed = {id: slugs.split(",") for id, _, slugs in (one.partition(":") for one in self.suggested.data)}
        wanted = {one.partition(":")[0]: self.themes.data for one in self.questions.data}
        return {
            id: tuple(ids[slug] for slug in dict.fromkeys([*confirmed.get(id, ()), *slugs]) if slug in ids)
            for id, slugs in wanted.items()
        }


class ReasonForm(WordsForm):
    """A reason a question can be turned down for."""

    label = Words(validators=[OneLine(), Needed("Enter a name for the reason"), AtMost(LONGEST_LABEL, "The name")])
    words = Words(validators=[Needed("Enter what the asker reads"), AtMost(LONGEST_REASON, "What the asker reads")])
    active = Yes()


class ThemeForm(WordsForm):
    """A theme that questions can be about."""

    label = Words(validators=[OneLine(), Needed("Enter a name for the theme"), AtMost(LONGEST_LABEL, "The name")])
    active = Yes()


class MoveForm(WordsForm):
    """One place `up` a list, or down."""

    way = Words()
