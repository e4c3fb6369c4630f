"""The first view of a public page: few requests, few bytes, nothing from anywhere else."""

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import MIDLANDS_PANEL, WRITEUP

pytestmark = pytest.mark.browser

MOST_REQUESTS = 4
MOST_BYTES = 20_000
PAGES = [
    "/",
    "/writeups",
    WRITEUP,
    "/events",
    "/events/hpn-midlands",
    "/events/hpn-north",
    MIDLANDS_PANEL,
    f"{MIDLANDS_PANEL}/questions",
    "/interest",
    "/interest/thanks",
    "/my",
    "/privacy",
    "/cookies",
    "/accessibility",
    "/complaints",
]


@pytest.mark.parametrize("address", PAGES)
def test_the_first_view_is_light(ann: Page, address: str) -> None:
    loaded: list[float] = []
    network = ann.context.new_cdp_session(ann)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    ann.goto(address, wait_until="networkidle")
    assert 2 <= len(loaded) <= MOST_REQUESTS
    assert sum(loaded) <= MOST_BYTES, f"{len(loaded)} requests, {sum(loaded):.0f} bytes"


def test_the_second_view_asks_for_nothing_but_the_page(ann: Page) -> None:
    ann.goto("/events", wait_until="networkidle")
    ann.goto("/events/hpn-midlands", wait_until="networkidle")
    assert ann.evaluate(FETCHED) == []


FETCHED = """performance.getEntriesByType("resource").filter(entry => entry.transferSize).map(entry => entry.name)"""
