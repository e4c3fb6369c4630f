"""What the legal pages state besides what is held: versions and dates, cookies, and what is not yet accessible."""

from dataclasses import dataclass
from datetime import date

from eventsite.front.voices import COOKIE as VOTER_COOKIE
from eventsite.organisers.guard import COOKIE as SIGN_IN_COOKIE
from eventsite.web.flash import COOKIE as FLASH_COOKIE


@dataclass(frozen=True)
class Cookie:
    """A cookie the site sets: for what, and until when; for organisers alone, or for readers too."""

    name: str
    purpose: str
    expires: str
    is_for_readers: bool = False


@dataclass(frozen=True)
class Issue:
    """Something that does not meet the standard or has not been shown to: what, which criterion, and what we do."""

    what: str
    criterion: str
    plan: str


@dataclass(frozen=True)
class Notice:
    """The privacy notice as it stands: raise both whenever what it says changes."""

    version: str
    dated: date


@dataclass(frozen=True)
class Accessibility:
    """How far the site is accessible, and when that was looked at. It is looked at again within a year."""

    tested: date
    prepared: date
    next_review: date
    issues: tuple[Issue, ...]


NOTICE = Notice(version="1.2", dated=date(2026, 11, 28))

COOKIES = (
    Cookie(
        SIGN_IN_COOKIE, "Keeps an organiser signed in", "When the browser is closed, and after 12 hours at the latest"
    ),
    Cookie(FLASH_COOKIE, "Carries one sentence to the next page an organiser sees, such as “Saved”", "After a minute"),
    Cookie(
        VOTER_COOKIE,
        "Holds a random number, so that your browser counts once for each question. We keep a digest of it with your "
        "votes, and nothing that says who you are",
        "After 30 days",
        is_for_readers=True,
    ),
)

ACCESSIBILITY = Accessibility(
    tested=date(2026, 11, 23),
    prepared=date(2026, 11, 23),
    next_review=date(2027, 11, 22),
    issues=(
        Issue(
            "We have not yet tested the site with people who use assistive technology every day, such as screen "
            "readers, magnifiers or speech recognition",
            "All criteria",
            "We ask visitors with disabilities to test it, and publish here what they find",
        ),
        Issue(
            "Pictures in older write-ups may have descriptions that say too little",
            "WCAG 2.2 criterion 1.1.1 (non-text content)",
            "A write-up cannot be published without a description. We mend those that readers tell us about",
        ),
    ),
)
