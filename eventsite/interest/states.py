"""Where a person stands with an event, and every way from there to elsewhere. Pure, and the only place that knows.

Services ask `before(deed)` which rows a deed may change and write `after(deed)`; README's picture is `picture()`.
"""

from enum import StrEnum


class InterestState(StrEnum):
    """Where a person stands with an event."""

    INTERESTED = "interested"
    OFFERED = "offered"
    """A place is kept for them until their offer runs out."""
    ACCEPTED = "accepted"
    """They have a place."""
    WAITLISTED = "waitlisted"
    """They get the next place that comes free, in the order of `waitlisted_at`."""
    DECLINED = "declined"
    EXPIRED = "expired"
    """Their offer ran out unanswered."""
    WITHDRAWN = "withdrawn"
    """They said they are not interested any more."""
    CANCELLED = "cancelled"
    """The organisers took their place back, or cancelled the event."""


class Deed(StrEnum):
    """What moves somebody from one state to another, as the person or organiser would say it."""

    REGISTER = "register"
    OFFER = "offer"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WAIT = "wait"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"


_I = InterestState
_LEADS_TO = {
    Deed.REGISTER: _I.INTERESTED,
    Deed.OFFER: _I.OFFERED,
    Deed.ACCEPT: _I.ACCEPTED,
    Deed.DECLINE: _I.DECLINED,
    Deed.EXPIRE: _I.EXPIRED,
    Deed.WAIT: _I.WAITLISTED,
    Deed.WITHDRAW: _I.WITHDRAWN,
    Deed.CANCEL: _I.CANCELLED,
}
_LEADS_FROM = {
    # Somebody who comes back; a first form needs no state to come from.
    Deed.REGISTER: (_I.WITHDRAWN, _I.DECLINED, _I.EXPIRED),
    # An organiser may invite anybody again who has not a place already.
    Deed.OFFER: (_I.INTERESTED, _I.WAITLISTED, _I.DECLINED, _I.EXPIRED, _I.WITHDRAWN, _I.CANCELLED),
    Deed.ACCEPT: (_I.OFFERED,),
    Deed.DECLINE: (_I.OFFERED, _I.ACCEPTED),
    Deed.EXPIRE: (_I.OFFERED,),
    # From everywhere but a place: also who was too late, changed their mind, or finds the event full.
    Deed.WAIT: (_I.INTERESTED, _I.DECLINED, _I.EXPIRED),
    Deed.WITHDRAW: (_I.INTERESTED, _I.OFFERED, _I.ACCEPTED, _I.WAITLISTED),
    Deed.CANCEL: (_I.INTERESTED, _I.OFFERED, _I.ACCEPTED, _I.WAITLISTED),
}

TAKES_A_PLACE = (InterestState.OFFERED, InterestState.ACCEPTED)
"""The states that count against an event's capacity: an offer keeps its place until it runs out."""
ACTIVE = (InterestState.INTERESTED, InterestState.OFFERED, InterestState.ACCEPTED, InterestState.WAITLISTED)
"""Somebody in one of these wants to come, and is written to about the event."""


def before(deed: Deed) -> tuple[InterestState, ...]:
    """The states a deed leads from."""
    return _LEADS_FROM[deed]


def after(deed: Deed) -> InterestState:
    """The state a deed leads to."""
    return _LEADS_TO[deed]


def can(deed: Deed, state: InterestState | str) -> bool:
    """Whether a deed is possible for somebody in a state."""
    return state in before(deed)


def picture() -> str:
    """The whole machine as a Mermaid state diagram, as README shows it."""
    arrows = [f"    {start} --> {after(deed)}: {deed}" for deed in Deed for start in before(deed)]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {InterestState.INTERESTED}: {Deed.REGISTER}", *arrows])
