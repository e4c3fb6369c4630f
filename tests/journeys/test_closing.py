"""Closing the loop: the pages on which an editor ties a write-up to questions, and sees what is left to do."""

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.steps import main
from tests.journeys.test_every_page import arrive, assert_sound

pytestmark = pytest.mark.browser


def test_the_pages_that_close_the_loop(olive: Page) -> None:
    olive.goto("/organise/writeups")
    arrive(olive, main(olive).get_by_role("link", name="How do we deploy AI safely?").last)
    writeup = re.sub(r"[?#].*", "", olive.url)
    for page in ("questions", "letters", "publication"):
        olive.goto(f"{writeup}/{page}")
        assert_sound(olive)
