"""How what is held is described: what, why, for how long, and what erasing does to it. The list is in `holdings`."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

INTEREST_KEPT = timedelta(days=183)
QUESTION_LINK_KEPT = timedelta(days=30)
CONSENT_KEPT = timedelta(days=730)
LETTER_KEPT = timedelta(days=30)
COMPLAINT_KEPT = timedelta(days=730)
LEDGER_KEPT = timedelta(days=730)
ERASURE_KEPT = timedelta(days=730)
SUPPRESSION_KEPT = timedelta(days=730)


class Basis(StrEnum):
    """The lawful bases we rely on (UK GDPR Article 6(1)), as the notice names them."""

    LEGITIMATE_INTERESTS = "Legitimate interests"
    CONSENT = "Consent"
    LEGAL_OBLIGATION = "Legal obligation"


class Whom(StrEnum):
    """Whom something is held on, as the notice's headings name them."""

    VISITOR = "If you register interest, ask a question or write to us"
    ANYBODY = "To keep the site safe and to show that we keep the law"
    SPEAKER = "If you speak at an event"
    ORGANISER = "If you organise our events"


class By(StrEnum):
    """What leads from a person to their rows."""

    PERSON = "person"
    ADDRESS = "address"
    ORGANISER = "organiser"
    ROWS = "rows"
    """The ids of rows that were found by another way."""


class Erasing(StrEnum):
    """What erasing a person does to their rows."""

    DELETE = "deleted"
    CUT = "cut"
    """As `Holding.cut` says: what may outlive the person loses everything that leads to them, the rest is deleted."""
    NAMELESS = "nameless"
    """They hold ids alone, which lead to nobody once the rows they name are gone."""
    BY_HAND = "by hand"
    """Not found by an address: an organiser changes them on the desk."""


class Since(StrEnum):
    """From when a holding's time is counted."""

    EVENT = "the last day of the event"
    SESSION = "the last day of the session's event"
    MOMENT = "the moment in a column"
    LAST_USE = "the last row that refers to it"


@dataclass(frozen=True)
class Limit:
    """How long rows are kept: `after` counted from `since`, which `column` holds or leads to.

    `states`: only rows in these; `only`: only rows that meet this condition, in SQL. The others stay with their person.
    """

    since: Since
    column: str = ""
    after: timedelta = timedelta(0)
    states: tuple[str, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Cut:
    """How rows outlive their person, in SQL: what is `set`, for which rows (`outlive`), and which are still `uncut`."""

    set: str
    outlive: str
    uncut: str


@dataclass(frozen=True)
class Holding:
    """One table with personal data. `what`, `why` and `kept` are the notice's words; `found` is (column, way) or None.

    No `limit` means: until an organiser removes it.
    """

    table: str
    whom: Whom
    columns: tuple[str, ...]
    what: str
    why: str
    basis: Basis
    kept: str
    found: tuple[str, By] | None
    erasing: Erasing
    limit: Limit | None = None
    cut: Cut | None = None


def kept_after(last_day: date, span: timedelta) -> date:
    """The last day on which something is still held that may be kept so long after an event's last day."""
    return last_day + span
