"""What organisers send: deadlines by the clock in London, and people written down in whatever way is at hand."""

import pytest

from eventsite.interest.desk_forms import InvitationsForm, OfferForm
from eventsite.web.forms import Sent

ANN = ("Ann Archer", "ann@example.org")


def invited(people: str) -> InvitationsForm:
    return InvitationsForm(Sent([("people", people), ("until_on", "2027-05-14"), ("until_at", "17:00")]))


def faults(people: str) -> list[str]:
    form = invited(people)
    assert not form.validate()
    return [str(fault) for fault in form.people.errors]


@pytest.mark.parametrize(
    "line",
    [
        "Ann Archer <ann@example.org>",
        "Ann Archer <ann@EXAMPLE.org>;",
        "Ann Archer, ann@example.org",
        "Ann Archer; ann@example.org",
        "Ann Archer\tann@example.org",
        "ann@example.org, Ann Archer",
        "  “Ann  Archer” <ann@example.org>  ",
        "'Ann Archer' <ann@example.org>,",
        "Ann Archer ann@example.org",
    ],
)
def test_a_name_and_an_address_are_understood_as_people_write_them(line: str) -> None:
    form = invited(line)
    assert form.validate(), form.errors
    assert [(draft.name, draft.email) for draft in form.people.drafts] == [ANN]


def test_several_lines_and_an_address_line_of_outlook_are_several_people_in_their_order() -> None:
    form = invited("Ben Baker, ben@example.org\r\n\r\nAnn Archer <ann@example.org>; Archer, Cy <cy@example.org>")
    assert form.validate()
    assert [draft.name for draft in form.people.drafts] == ["Ben Baker", "Ann Archer", "Archer, Cy"]


def test_what_was_understood_is_understood_again() -> None:
    form = invited("Archer, Cy <cy@example.org>\nZoë O’Hara-Smith (she/her), zoe@example.org")
    assert form.validate()
    again = invited(form.people.as_lines)
    assert again.validate()
    assert again.people.drafts == form.people.drafts


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Ann Archer", "There is no email address in this line"),
        ("ann@example.org", "Write the name before the address"),
        ("Ann <ann@@example.org>", "Enter an email address in the correct format"),
        ("Ann <ann@nowhere>", "Enter an email address in the correct format"),
        ("Ann ann@example.org ben@example.org", "There are several addresses in this line"),
        ("x" * 201 + " <ann@example.org>", "A name must be 200 characters or less"),
        ("Ann Archer <änn@example.org>", "no accented letters"),
    ],
)
def test_a_line_that_is_nobody_says_why_and_which_it_is(line: str, sentence: str) -> None:
    [fault] = faults(f"Ben Baker <ben@example.org>\n{line}")
    assert fault.startswith(f"“{line[:80]}”: ")
    assert sentence in fault


def test_each_bad_line_has_its_own_sentence() -> None:
    assert len(faults("Ann\nBen <ben@example.org>\nCy\nBen Again, BEN@example.org")) == 3


def test_nobody_and_too_many_are_refused() -> None:
    assert faults(" \n ,;\n") == ["Enter the people to invite, a line each"]
    many = "\n".join(f"Person {number} <p{number}@example.org>" for number in range(51))
    assert faults(many) == ["Invite 50 people at once at most: these are 51"]
    assert invited("\n".join(many.splitlines()[:50])).validate()


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("", "17:00", "until_on"),
        ("soon", "17:00", "until_on"),
        ("2027-05-14", "", "until_at"),
        ("2027-05-14", "25:00", "until_at"),
        # The hour that a March night in London does not have.
        ("2027-03-28", "01:30", "until_at"),
    ],
)
def test_a_deadline_that_is_none_is_refused(day: str, hour: str, field: str) -> None:
    form = OfferForm(Sent([("until_on", day), ("until_at", hour)]))
    assert not form.validate()
    assert list(form.errors) == [field]


def test_a_deadline_is_meant_by_the_clock_in_london() -> None:
    form = OfferForm(Sent([("until_on", "14/05/2027"), ("until_at", "5pm")]))
    assert form.validate()
    assert form.until.isoformat() == "2027-05-14T16:00:00+00:00"
