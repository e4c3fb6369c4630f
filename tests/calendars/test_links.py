"""Links to calendars on the web (R2.6, R3.2)."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from eventsite.calendars.entries import Entry, Status, UnfitEntry
from eventsite.calendars.links import (
    google_link,
    google_subscription_link,
    outlook_personal_link,
    outlook_work_link,
    webcal_link,
)
from tests.calendars.factories import event, session

AWKWARD = "Ann & Olive: 100% + é? #1 <b>"


def parts(link: str) -> tuple[str, dict[str, str]]:
    """The address before the question mark, and the values after it."""
    split = urlsplit(link)
    values = parse_qs(split.query, strict_parsing=True)
    return f"{split.scheme}://{split.netloc}{split.path}", {name: value for name, [value] in values.items()}


def test_r2_6_google_is_given_utc_and_the_zone_to_show() -> None:
    entry = session()

    assert parts(google_link(entry)) == (
        "https://calendar.google.com/calendar/render",
        {
            "action": "TEMPLATE",
            "text": "How do we deploy AI safely?",
            "dates": "20270626T083000Z/20270626T094500Z",
            "ctz": "Europe/London",
            "details": entry.details,
            "location": "Great Hall, 1 High Street, Birmingham B15 2TT",
        },
    )


def test_r2_6_google_is_given_whole_days_without_a_zone_and_the_day_after_the_last() -> None:
    _, values = parts(google_link(event()))

    assert values == {
        "action": "TEMPLATE",
        "text": "HPN Midlands",
        "dates": "20270626/20270628",
        "details": "https://events.example.org/events/hpn-midlands",
    }


def test_r2_6_outlook_at_work_is_given_utc() -> None:
    entry = session()

    assert parts(outlook_work_link(entry)) == (
        "https://outlook.office.com/calendar/action/compose",
        {
            "rru": "addevent",
            "startdt": "2027-06-26T08:30:00Z",
            "enddt": "2027-06-26T09:45:00Z",
            "subject": "How do we deploy AI safely?",
            "body": entry.details,
            "location": "Great Hall, 1 High Street, Birmingham B15 2TT",
        },
    )


def test_r2_6_outlook_for_personal_accounts_is_another_host_and_names_its_path() -> None:
    address, values = parts(outlook_personal_link(session()))

    assert address == "https://outlook.live.com/calendar/0/deeplink/compose"
    assert values == {"path": "/calendar/action/compose", **parts(outlook_work_link(session()))[1]}


def test_r2_6_outlook_is_given_whole_days_and_the_day_after_the_last() -> None:
    _, values = parts(outlook_work_link(event()))

    assert (values["allday"], values["startdt"], values["enddt"]) == ("true", "2027-06-26", "2027-06-28")


@pytest.mark.parametrize("make", [google_link, outlook_work_link, outlook_personal_link])
def test_r2_6_every_value_survives_the_address(make: Callable[[Entry], str]) -> None:
    link = make(session(summary=AWKWARD, location=AWKWARD))

    _, values = parts(link)

    assert AWKWARD in {values.get("text"), values.get("subject")}
    assert values["location"] == AWKWARD
    assert link.isascii()
    assert "+" not in link


def test_r2_6_a_winter_session_is_the_same_in_utc() -> None:
    winter = session(starts=datetime(2027, 1, 10, 9, 30, tzinfo=UTC), ends=datetime(2027, 1, 10, 10, 30, tzinfo=UTC))

    assert parts(google_link(winter))[1]["dates"] == "20270110T093000Z/20270110T103000Z"


def test_r2_6_a_long_description_is_shortened_and_the_address_kept() -> None:
    link = google_link(session(description="d" * 4000))

    assert len(link) < 1000
    assert parts(link)[1]["details"].endswith("https://events.example.org/events/hpn-midlands/sessions/ai")


def test_r3_6_a_cancelled_session_says_so_in_a_link_too() -> None:
    assert parts(google_link(session(status=Status.CANCELLED)))[1]["text"] == "Cancelled: How do we deploy AI safely?"


def test_r3_2_a_feed_has_a_webcal_address_and_a_google_subscription() -> None:
    feed = "https://events.example.org/events/hpn-midlands.ics"

    assert webcal_link(feed) == "webcal://events.example.org/events/hpn-midlands.ics"
    assert parts(google_subscription_link(feed)) == (
        "https://calendar.google.com/calendar/r",
        {"cid": "webcal://events.example.org/events/hpn-midlands.ics"},
    )


def test_r3_2_only_a_web_address_becomes_webcal() -> None:
    with pytest.raises(UnfitEntry, match="https://"):
        webcal_link("ftp://events.example.org/a.ics")
