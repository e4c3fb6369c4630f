"""Names in addresses."""

import pytest

from eventsite.events.slugs import LONGEST, free_slug, slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("HPN Midlands", "hpn-midlands"),
        ("How do we deploy AI safely?", "how-do-we-deploy-ai-safely"),
        ("What’s next for the NHS's data", "whats-next-for-the-nhss-data"),
        ("Café – société", "cafe-societe"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("日本", ""),
        ("  ---  ", ""),
    ],
)
def test_a_slug_is_the_title_in_plain_letters_digits_and_hyphens(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    assert slug_of("word " * 40) == "-".join(["word"] * 12)
    assert slug_of("x" * 300) == "x" * LONGEST


def test_a_slug_that_is_taken_gets_the_year_and_then_a_number() -> None:
    taken = {"hpn-north"}
    assert free_slug("HPN North", taken, otherwise="event", years=[2027]) == "hpn-north-2027"
    taken |= {"hpn-north-2027", "hpn-north-2"}
    assert free_slug("HPN North", taken, otherwise="event", years=[2027]) == "hpn-north-3"


def test_a_title_without_letters_gets_the_name_of_what_it_is() -> None:
    assert free_slug("日本", set(), otherwise="session") == "session"


@pytest.mark.parametrize("title", ["New", "Edit"])
def test_no_slug_stands_where_the_desk_has_an_address_of_its_own(title: str) -> None:
    assert free_slug(title, set(), otherwise="event") == f"{title.lower()}-2"
