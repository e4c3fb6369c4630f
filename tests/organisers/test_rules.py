"""Where a sign-in may lead, and how long a link is good."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.organisers.rules import LINK_IS_GOOD_FOR, desk_address, is_link_fresh

NOW = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "wanted",
    [
        "/organise",
        "/organise/",
        "/organise/questions",
        "/organise/questions?state=held&page=2",
        "/organise/interest?event=hpn-midlands&q=a%40b.org",
        "/organise/events/hpn-midlands-2027",
    ],
)
def test_a_sign_in_leads_to_the_page_on_the_desk_that_was_wanted(wanted: str) -> None:
    assert desk_address(wanted) == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "/",
        "/events",
        "//evil.example",
        "///evil.example",
        "/organise//evil.example",
        "/\\evil.example",
        "/organise\\..\\..\\evil.example",
        "/organise/../events",
        "/organise/./x",
        "/organise/%2e%2e/events",
        "/organise/%5cevil.example",
        "/%2forganise",
        "/organised",
        "/organise@evil.example",
        "/organise:80@evil.example",
        "https://evil.example/organise",
        "//evil.example/organise",
        "javascript:alert(1)",
        "data:text/html,organise",
        "\t//evil.example",
        "/organise\t/x",
        "/organise/x\r\nset-cookie: a=b",
        "/organise/x\n",
        " /organise",
        "/organise/ｘ",
        "/organise?next=//evil.example",
        "/organise/x#//evil.example",
        "/ORGANISE/questions",
        "/organise/sign-in",
        "/organise/sign-out",
        "/organise/password/x",
    ],
)
def test_a_sign_in_leads_nowhere_but_to_the_desk(wanted: str) -> None:
    assert desk_address(wanted) == "/organise/"


def test_a_link_is_good_for_three_days() -> None:
    assert is_link_fresh(NOW - LINK_IS_GOOD_FOR + timedelta(seconds=1), NOW)
    assert not is_link_fresh(NOW - LINK_IS_GOOD_FOR, NOW)
    assert not is_link_fresh(None, NOW)
    assert timedelta(days=3) == LINK_IS_GOOD_FOR
