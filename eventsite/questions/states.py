"""Where a question stands, and every way from there to elsewhere. Pure, and the only place that knows.

Services ask `before(deed)` which rows a deed may change and write `after(deed)`; README's picture is `picture()`.
"""

from enum import StrEnum


class QuestionState(StrEnum):
    """Where a question stands. Nobody but its asker and the organisers sees one before it is approved."""

    PENDING = "pending"
    HELD = "held"
    """It may identify a person, or tells of harm: read by those alone who may, and its words shown to nobody else."""
    APPROVED = "approved"
    REJECTED = "rejected"
    MERGED = "merged"
    """It stands with another one, `merged_into`, that asks the same."""
    WITHDRAWN = "withdrawn"
    SHORTLISTED = "shortlisted"
    """The panel has it before it, in the order of `shortlist_position`."""
    ASKED = "asked"
    """It was put to the panel in the room."""
    NOT_REACHED = "not_reached"
    ANSWERED = "answered"
    """It has a written answer."""


class Deed(StrEnum):
    """What moves a question from one state to another, as the moderator, chair or asker would say it."""

    APPROVE = "approve"
    RELEASE = "release"
    """Publish one that was held: a deed of its own, for those who may read it."""
    HOLD = "hold"
    REJECT = "reject"
    MERGE = "merge"
    SHORTLIST = "shortlist"
    UNLIST = "unlist"
    """Take it off the shortlist."""
    ASK = "ask"
    LEAVE_OUT = "leave out"
    """Say that the panel did not reach it."""
    ANSWER = "answer"
    WITHDRAW = "withdraw"


_S = QuestionState
_LEADS_TO = {
    Deed.APPROVE: _S.APPROVED,
    Deed.RELEASE: _S.APPROVED,
    Deed.HOLD: _S.HELD,
    Deed.REJECT: _S.REJECTED,
    Deed.MERGE: _S.MERGED,
    Deed.SHORTLIST: _S.SHORTLISTED,
    Deed.UNLIST: _S.APPROVED,
    Deed.ASK: _S.ASKED,
    Deed.LEAVE_OUT: _S.NOT_REACHED,
    Deed.ANSWER: _S.ANSWERED,
    Deed.WITHDRAW: _S.WITHDRAWN,
}
_LEADS_FROM = {
    Deed.APPROVE: (_S.PENDING, _S.REJECTED),
    Deed.RELEASE: (_S.HELD,),
    Deed.HOLD: (_S.PENDING, _S.APPROVED),
    Deed.REJECT: (_S.PENDING, _S.HELD, _S.APPROVED, _S.SHORTLISTED),
    # What is held may be read by few: it is released or turned down first.
    Deed.MERGE: (_S.PENDING, _S.APPROVED, _S.SHORTLISTED),
    Deed.SHORTLIST: (_S.APPROVED,),
    Deed.UNLIST: (_S.SHORTLISTED,),
    Deed.ASK: (_S.APPROVED, _S.SHORTLISTED, _S.NOT_REACHED),
    Deed.LEAVE_OUT: (_S.APPROVED, _S.SHORTLISTED),
    Deed.ANSWER: (_S.APPROVED, _S.SHORTLISTED, _S.ASKED, _S.NOT_REACHED),
    Deed.WITHDRAW: tuple(state for state in _S if state != _S.WITHDRAWN),
}

PUBLIC = (_S.APPROVED, _S.SHORTLISTED, _S.ASKED, _S.NOT_REACHED, _S.ANSWERED)
"""Everybody may read a question in one of these."""


def before(deed: Deed) -> tuple[QuestionState, ...]:
    """The states a deed leads from."""
    return _LEADS_FROM[deed]


def after(deed: Deed) -> QuestionState:
    """The state a deed leads to."""
    return _LEADS_TO[deed]


def can(deed: Deed, state: QuestionState | str) -> bool:
    """Whether a deed is possible for a question in a state."""
    return state in before(deed)


def picture() -> str:
    """The whole machine as a Mermaid state diagram, as README shows it."""
    first = [f"    [*] --> {QuestionState.PENDING}: submit", f"    [*] --> {QuestionState.HELD}: submit"]
    arrows = [f"    {start} --> {after(deed)}: {deed}" for deed in Deed for start in before(deed)]
    return "\n".join(["stateDiagram-v2", *first, *arrows])
