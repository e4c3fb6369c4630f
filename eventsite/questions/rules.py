"""Questions: what holds without asking the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from eventsite.errors import Refusal
from eventsite.people.keeping import QUESTION_LINK_KEPT
from eventsite.questions.states import PUBLIC, Deed, QuestionState, before

LONGEST_QUESTION = 500
LONGEST_CLARIFICATION = 500
LONGEST_REASON = 500
MOST_THEMES = 2
MOST_SUGGESTED = 3
SAME_WITHIN = timedelta(hours=1)
LINK_KEPT = f"until {QUESTION_LINK_KEPT.days} days after the event"

THINKING = timedelta(seconds=5)
"""How long the letter about a decision waits, so that whoever thinks again takes it back before it leaves."""
HELD_FOR = timedelta(days=7)
"""How long what is held of a question is kept."""

APPROVABLE = frozenset(before(Deed.APPROVE))
REJECTABLE = frozenset(before(Deed.REJECT))
EDITABLE = frozenset({QuestionState.PENDING, QuestionState.HELD, QuestionState.APPROVED, QuestionState.SHORTLISTED})
THEMEABLE = frozenset(QuestionState) - {QuestionState.REJECTED, QuestionState.MERGED, QuestionState.WITHDRAWN}
"""What it is about is still of use."""
CLARIFIABLE = EDITABLE
"""Its asker may still add to it: nobody has put it to the panel yet."""
TAKES_VOTES = frozenset({QuestionState.APPROVED, QuestionState.SHORTLISTED})
"""The audience may still vote for it."""


class HoldsPersonalData(Refusal):
    """What you added may identify a person. Take that out: what is added to a question cannot be held back."""

    field = "clarification"


class NotClarifiable(Refusal):
    """It is too late to add anything to this question."""

    field = "clarification"


class NoVotes(Refusal):
    """This panel takes no votes at the moment."""


class NotModerated(Refusal):
    """This could not be done to the question."""


class AlreadyModerated(NotModerated):
    """Somebody else changed this question before you. What stands here now is theirs, and yours was not done."""


class NotPossibleNow(NotModerated):
    """A question in this state cannot be changed in that way."""


class PersonalDataInWording(NotModerated):
    """The new wording may identify a person. Take out what does, or hold the question."""


class NotMergeable(NotModerated):
    """These two questions cannot be merged."""


class NotUndoable(NotModerated):
    """There is nothing to undo here."""


@dataclass(frozen=True)
class Moderator:
    """Who decides, and in which state they saw the question they decide on."""

    id: str
    saw: QuestionState


def is_public(state: str) -> bool:
    """Whether everybody may read a question in this state."""
    return state in PUBLIC


def can_withdraw(state: str) -> bool:
    """Whether its asker may still take a question back: always, once."""
    return state != QuestionState.WITHDRAWN


def ensure_can(deed: Deed, state: QuestionState) -> None:
    """Raises NotPossibleNow where a deed is not meant for questions in this state."""
    ensure_one_of(before(deed), state)


def ensure_one_of(states: Collection[QuestionState], state: QuestionState) -> None:
    """Raises NotPossibleNow where a deed is not meant for questions in this state."""
    if state not in states:
        raise NotPossibleNow


def shown_name(name: str, *, anonymous: bool) -> str:
    """The name that may stand beside a question, or an empty one: given, and meant to be shown."""
    return "" if anonymous else name


def sameness(session_id: str, email_key: str, name: str, text: str) -> str:
    """What two posts have in common that are one question: panel, asker, the name to be shown, and the words.

    The name to be shown counts, since somebody who asks again without it must not find it published. Letter case and
    spacing do not.
    """
    return "\n".join([session_id, email_key, " ".join(name.casefold().split()), " ".join(text.casefold().split())])
