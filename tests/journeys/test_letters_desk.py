"""Olive and the mail: every kind of letter as it looks on a phone and on a desk, what came back, and what came in."""

import subprocess
import sys
from email.message import EmailMessage

import pytest
from axe_playwright_python.base import AxeResults
from playwright.sync_api import Page, expect

from eventsite.backoffice.letter_samples import KINDS
from eventsite.mail.homecoming import home_address
from eventsite.settings import load_settings
from eventsite.tokens import Purpose
from tests.journeys.sites import Site
from tests.journeys.steps import main, press, register_interest
from tests.journeys.test_every_page import AXE, RULES, WIDTHS, arrive, assert_sound

pytestmark = pytest.mark.browser

EXAMPLES = [
    f"/organise/letters/{kind.kind}/html?case={number + 1}"
    for kinds in KINDS.values()
    for kind in kinds
    for number in range(len(kind.examples))
]
KIND_PAGES = [f"/organise/letters/{kind.kind}" for kinds in KINDS.values() for kind in kinds]
FORGED = b"""\
From: mallory@elsewhere.example\r
To: rsvp+nobody@hpn.example\r
Subject: Accepted: HPN Midlands\r
\r
I will come to everything.\r
"""


@pytest.mark.parametrize("address", EXAMPLES)
def test_a_letter_fits_a_phone_and_a_desk(olive: Page, ann: Page, address: str) -> None:
    ann.set_content(olive.request.get(address).text())
    assert_fits(ann)


def test_a_letter_that_does_not_fit_would_be_found(ann: Page) -> None:
    ann.set_content("<html lang=en><title>Bait</title><h1>Bait</h1><table><td>" + "w" * 200)
    with pytest.raises(AssertionError, match="wider than"):
        assert_fits(ann)


def test_no_page_of_a_kind_scrolls_sideways(olive: Page) -> None:
    for address in KIND_PAGES:
        olive.goto(address)
        assert_no_wider(olive)


@pytest.mark.parametrize("kind", ["interest/received", "interest/session_moved", "announcements/announcement"])
def test_the_page_of_a_kind(olive: Page, kind: str) -> None:
    olive.goto(f"/organise/letters/{kind}")
    assert_sound(olive)


def test_olive_looks_how_a_letter_reads(olive: Page) -> None:
    olive.goto("/organise/mail")
    arrive(olive, main(olive).get_by_role("link", name="Every kind of letter"))
    arrive(olive, main(olive).get_by_role("row").filter(has_text="cancels somebody").get_by_role("link"))
    arrive(olive, main(olive).get_by_role("link", name="An offer"))
    framed = olive.frame_locator("iframe[title='The letter as HTML']")
    expect(framed.get_by_role("heading", level=1)).to_be_visible()
    expect(framed.get_by_text("take back our offer")).to_be_visible()
    expect(main(olive).get_by_text("For the calendar")).to_be_hidden()


def test_a_letter_comes_back_and_olive_writes_again(ann: Page, olive: Page, site: Site) -> None:
    address = "gone@canal-street.example"
    register_interest(ann, address, "HPN Midlands")
    hand_over(site, bounce_of(site, site.letter(address, "Your interest in")))

    olive.goto("/organise")
    arrive(olive, main(olive).get_by_role("link", name="that letters are kept from"))
    row = main(olive).get_by_role("row").filter(has_text=address)
    expect(row).to_contain_text("Ann Archer")
    expect(row).to_contain_text("550 5.1.1 No such user")
    assert_sound(olive)
    arrive(olive, row.get_by_role("link", name=address))
    assert_sound(olive)
    press(olive, "Write again")

    expect(olive.get_by_role("alert")).to_contain_text(f"Letters go to {address} again")
    expect(main(olive).get_by_role("row").filter(has_text=address)).to_have_count(0)


def test_a_message_that_nobody_could_deal_with_is_looked_at_and_deleted(olive: Page, site: Site) -> None:
    hand_over(site, FORGED)

    olive.goto("/organise/mail/inbox")
    assert_sound(olive)
    arrive(olive, main(olive).get_by_role("row").filter(has_text="mallory@").get_by_role("link"))
    expect(main(olive)).to_contain_text("I will come to everything.")
    assert_sound(olive)
    press(olive, "Done: delete it")

    expect(olive.get_by_role("alert")).to_contain_text("The message is deleted")
    expect(main(olive).get_by_text("mallory@")).to_have_count(0)


def assert_fits(page: Page) -> None:
    """No wider than its window at either width, and nothing for axe to find, contrast included."""
    assert_no_wider(page)
    page.evaluate(AXE.axe_script)
    found = AxeResults(page.evaluate("rules => axe.run(rules)", RULES))
    assert found.violations_count == 0, found.generate_report()


def assert_no_wider(page: Page) -> None:
    """It does not scroll sideways, on a phone or on a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wider_by = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider_by <= 0, f"{page.url} is {wider_by} pixels wider than {width}"


def hand_over(site: Site, message: bytes) -> None:
    """What a mail server does with a message that comes home."""
    command = [sys.executable, "-m", "eventsite", "mail", "receive"]
    done = subprocess.run(command, env=site.environment, input=message, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def bounce_of(site: Site, letter: EmailMessage) -> bytes:
    """What a mail server writes about a letter to nobody (RFC 3464)."""
    settings = load_settings({name.lower(): value for name, value in site.environment.items()})
    letter_id = letter["Message-ID"].strip("<>").partition("@")[0]
    lines = [
        "From: Mail Delivery System <mailer-daemon@mx.example>",
        f"To: {home_address(settings, Purpose.BOUNCE, letter_id)}",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=cut",
        "",
        "--cut",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "",
        f"Final-Recipient: rfc822; {letter['To']}",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No such user",
        "",
        "--cut--",
        "",
    ]
    return "\r\n".join(lines).encode()
