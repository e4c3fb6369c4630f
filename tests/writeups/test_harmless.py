"""Markup in what people write, on every page that shows it: words, and nothing that runs."""

import re
from xml.etree import ElementTree

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.events.tables import Event
from eventsite.writeups.tables import Writeup
from tests.factories import make_event, make_speaker
from tests.writeups.factories import form_on, make_draft, make_writeup, seat, send

DESK = "/organise/writeups"
FEED = "/writeups/feed.atom"
XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
XSS_IN_TEXT = (
    *XSS,
    "[click](javascript:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/a.png)",
    '<https://evil.example/"onmouseover=alert(1)>',
    "> <script>alert(1)</script>\n> — <img src=x onerror=alert(1)>",
    "# <script>alert(1)</script>",
    "[https://hpn.example](https://evil.example)",
)


def at(writeup: Writeup) -> str:
    return f"{DESK}/{writeup.id}"


@pytest.mark.parametrize("payload", XSS)
async def test_markup_in_any_field_is_shown_as_words(payload: str, mallory: httpx2.AsyncClient, north: Event) -> None:
    speaker = await make_speaker(name=payload, job_title=payload, organisation=payload)
    writeup = await make_writeup(title=payload, standfirst=payload, image_alt=payload, event=north.id)
    await seat(writeup, speaker.id)

    for path in ("/", "/writeups", f"/events/{north.slug}", f"/writeups/{writeup.slug}"):
        page = BeautifulSoup((await mallory.get(path)).text, "html.parser")
        assert_harmless(page)
        assert payload in page.get_text()
    feed = ElementTree.fromstring((await mallory.get(FEED)).content)
    assert payload in [element.text for element in feed.iter()]


@pytest.mark.parametrize("payload", XSS_IN_TEXT)
async def test_markup_in_the_text_does_nothing(payload: str, mallory: httpx2.AsyncClient) -> None:
    writeup = await make_writeup(body=f"Before\n\n{payload}\n\nAfter {payload}")

    page = BeautifulSoup((await mallory.get(f"/writeups/{writeup.slug}")).text, "html.parser")

    assert_harmless(page)
    prose = page.select_one(".prose")
    assert prose is not None
    assert "Before" in prose.get_text()
    assert not [link for link in prose.select("a") if link.get_text() == "https://hpn.example"]


def assert_harmless(page: BeautifulSoup) -> None:
    """Nothing on the page can run, and nothing is fetched from elsewhere."""
    assert [script for script in page.find_all("script") if not str(script.get("src", "")).startswith("/static/")] == []
    assert [tag for tag in page.find_all(True) for name in tag.attrs if re.match("on|style|srcdoc", name)] == []
    addresses = [str(tag.get(name)) for tag in page.find_all(True) for name in ("href", "src") if tag.get(name)]
    assert [address for address in addresses if re.match(r"\s*(javascript|data|vbscript):", address, re.I)] == []
    assert [image for image in page.find_all("img") if not re.match("/(pictures|static)/", str(image["src"]))] == []


@pytest.mark.parametrize("payload", XSS)
async def test_markup_anywhere_is_words_on_the_desk_too(payload: str, olive: httpx2.AsyncClient) -> None:
    speaker = await make_speaker(name=payload, organisation=payload)
    event = await make_event(name=payload)
    draft = await make_draft(
        title=payload, standfirst=payload, body=payload, image_alt=payload, import_notes=payload, event=event.id
    )
    await seat(draft, speaker.id)
    await send(olive, at(draft), form_on(await olive.get(at(draft)), at(draft)))

    for path in (DESK, at(draft), f"{at(draft)}/revisions/2"):
        page = await olive.get(path)
        assert page.status_code == 200
        assert_harmless(BeautifulSoup(page.text, "html.parser"))
    assert form_on(await olive.get(at(draft)), at(draft))["body"] == [payload]
