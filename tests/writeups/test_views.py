"""What everybody reads: the list, a write-up, the feed and pictures; and that a draft is in none of them."""

from xml.etree import ElementTree

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.database import recorded_statements
from eventsite.events.tables import Event, EventState, Part
from eventsite.writeups.services import retract_writeup
from tests.conftest import SITE_URL
from tests.factories import MADE_AT, make_event, make_session, make_speaker
from tests.organisers.factories import make_organiser
from tests.writeups.factories import make_draft, make_picture, make_writeup, seat

FEED = "/writeups/feed.atom"


@pytest.fixture
async def paths(mallory: httpx2.AsyncClient, north: Event) -> list[str]:
    """Everywhere a write-up might be found."""
    return ["/", "/writeups", FEED, "/events", f"/events/{north.slug}", "/sitemap.xml"]


async def test_a_write_up_is_set_out_with_all_that_belongs_to_it(mallory: httpx2.AsyncClient, north: Event) -> None:
    picture = await make_picture()
    writeup = await make_writeup(picture=picture.id, drawing="", event=north.id, image_alt="Four people & a table")
    david = await make_speaker(name="David Walliker", job_title="Chief Digital Officer", organisation="Example Trust")
    await seat(writeup, david.id, Part.CHAIR)

    answer = await mallory.get(f"/writeups/{writeup.slug}")

    page = BeautifulSoup(answer.text, "html.parser")
    address = f"/pictures/{picture.digest[:32]}.webp"
    image = page.select_one("article img")
    assert answer.status_code == 200
    assert image is not None
    assert {name: image[name] for name in ("src", "alt", "width", "height")} == {
        "src": address, "alt": "Four people & a table", "width": "64", "height": "32",
    }  # fmt: skip
    assert words(page, "h1") == [writeup.title]
    assert words(page, ".standfirst") == ["What was said."]
    assert words(page, ".person-name") == ["David Walliker Chair"]
    assert words(page, ".person-post") == ["Chief Digital Officer, Example Trust"]
    assert words(page, "figure.quotation blockquote") == ["“It’s a mindset change.”"]
    assert words(page, "figure.quotation figcaption") == ["— David Walliker"]
    assert words(page, ".prose li") == ["First point", "Second point"]
    assert words(page, ".story-head .overline") == ["HPN North · 6 to 7 March 2025"]
    assert [link["href"] for link in page.select("aside a")] == ["/interest", "/events/hpn-north"]
    assert {tag["property"]: tag["content"] for tag in page.select("meta[property^='og:']")} == {
        "og:type": "article",
        "og:site_name": "HPN",
        "og:title": writeup.title,
        "og:description": "What was said.",
        "og:url": f"{SITE_URL}/writeups/{writeup.slug}",
        "og:image": SITE_URL + address,
        "og:image:width": "64",
        "og:image:height": "32",
        "og:image:alt": "Four people & a table",
    }


def words(page: BeautifulSoup, selector: str) -> list[str]:
    """The text of each thing that is so marked, on one line."""
    return [" ".join(found.get_text().split()) for found in page.select(selector)]


async def test_without_an_event_or_a_panel_the_page_simply_says_less(mallory: httpx2.AsyncClient) -> None:
    writeup = await make_writeup()

    page = await mallory.get(f"/writeups/{writeup.slug}")

    assert page.status_code == 200
    assert "On the panel" not in page.text
    assert "The event this was part of" not in page.text
    assert "Register interest" in page.text


async def test_an_event_that_is_still_a_draft_is_not_named(mallory: httpx2.AsyncClient) -> None:
    secret = await make_event(name="HPN Secret", state=EventState.DRAFT)
    writeup = await make_writeup(event=secret.id)

    for path in ("/", "/writeups", FEED, f"/writeups/{writeup.slug}"):
        answer = await mallory.get(path)
        assert writeup.title in answer.text
        assert "HPN Secret" not in answer.text


async def test_pictures_in_the_text_say_how_much_room_they_take(mallory: httpx2.AsyncClient) -> None:
    picture = await make_picture()
    known, unknown = f"/pictures/{picture.digest[:32]}.webp", f"/pictures/{'0' * 32}.webp"
    words = f'<img src="{known}" says the text'
    writeup = await make_writeup(body=f"![A > hall]({known})\n\n![Gone]({unknown})\n\n{words}")

    page = await mallory.get(f"/writeups/{writeup.slug}")

    assert f'<img src="{known}" width="64" height="32" alt="A &gt; hall" loading="lazy">' in page.text
    assert f'<img src="{unknown}" alt="Gone" loading="lazy">' in page.text
    assert words in BeautifulSoup(page.text, "html.parser").get_text()


@pytest.mark.parametrize(("sections", "listed"), [(2, 0), (3, 3)])
async def test_the_sections_are_listed_where_there_are_three_or_more(
    sections: int, listed: int, mallory: httpx2.AsyncClient
) -> None:
    body = "\n\n".join(f"## Section {number} & more\n\nWords.\n\n### Below" for number in range(sections))
    writeup = await make_writeup(body=body)

    page = BeautifulSoup((await mallory.get(f"/writeups/{writeup.slug}")).text, "html.parser")

    links = [(link["href"], link.get_text()) for link in page.select("nav.contents a")]
    assert len(links) == listed
    for address, text in links:
        heading = page.find(id=str(address).removeprefix("#"))
        assert heading is not None
        assert heading.get_text() == text


async def test_a_draft_is_nowhere(mallory: httpx2.AsyncClient, north: Event, paths: list[str]) -> None:
    session = await make_session(north)
    draft = await make_draft(title="Not yet said", event=north.id, session=session.id, body="Secret words")
    bait = await make_writeup(title="Long since said", event=north.id, session=session.id)

    for path in [*paths, f"/events/{north.slug}/sessions/{session.slug}"]:
        answer = await mallory.get(path)
        assert answer.status_code in ({200, 404} if path == "/sitemap.xml" else {200})
        assert draft.title not in answer.text
        assert draft.slug not in answer.text
        assert draft.id not in answer.text
        assert bait.title in answer.text or path in {"/events", "/sitemap.xml"}
    assert (await mallory.get(f"/writeups/{draft.slug}")).status_code == 404
    assert (await mallory.get(f"/writeups/{draft.id}")).status_code == 404


async def test_one_that_is_taken_off_the_site_is_gone_at_once(
    mallory: httpx2.AsyncClient, paths: list[str], north: Event
) -> None:
    olive = await make_organiser(password=None)
    writeup = await make_writeup(title="Said too much", event=north.id)
    seen = {path: await mallory.get(path) for path in [*paths, f"/writeups/{writeup.slug}"]}

    await retract_writeup(writeup.id, actor=olive.id, now=MADE_AT)

    for path, before in seen.items():
        tag = before.headers.get("etag", '"none"')
        answer = await mallory.get(
            path, headers={"if-none-match": tag, "if-modified-since": "Mon, 01 Jan 2035 00:00:00 GMT"}
        )
        assert "Said too much" not in answer.text
        assert answer.status_code != 304 or "Said too much" not in before.text
    assert (await mallory.get(f"/writeups/{writeup.slug}")).status_code == 404


async def test_everybody_gets_the_same_bytes_and_keeps_them_until_they_change(mallory: httpx2.AsyncClient) -> None:
    writeup = await make_writeup()

    for path in ("/writeups", f"/writeups/{writeup.slug}", FEED):
        first = await mallory.get(path)
        again = await mallory.get(path, headers={"if-none-match": first.headers["etag"]})
        assert first.headers["cache-control"] == "public, no-cache"
        assert "set-cookie" not in first.headers
        assert again.status_code == 304


async def test_the_list_takes_as_many_queries_for_thirty_as_for_one(mallory: httpx2.AsyncClient) -> None:
    async def statements() -> int:
        await make_writeup()
        with recorded_statements() as recorded:
            assert (await mallory.get("/writeups?fresh")).status_code == 200
        return len(recorded)

    for_one = await statements()
    for _ in range(28):
        await make_writeup()
    assert await statements() == for_one <= 2


async def test_the_newest_comes_first(mallory: httpx2.AsyncClient) -> None:
    old = await make_writeup(title="The old one")
    new = await make_writeup(title="The new one", published_at=MADE_AT.replace(month=2))

    page = (await mallory.get("/writeups")).text

    assert 0 < page.index(new.title) < page.index(old.title)


async def test_an_empty_site_says_what_comes(mallory: httpx2.AsyncClient) -> None:
    assert "Nothing has been written yet" in (await mallory.get("/writeups")).text
    assert (await mallory.get(FEED)).status_code == 200


async def test_the_feed_is_served_as_one(mallory: httpx2.AsyncClient) -> None:
    await make_writeup(title="On trust & <tools>")

    answer = await mallory.get(FEED)

    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert "On trust & <tools>" in [element.text for element in ElementTree.fromstring(answer.content).iter()]


async def test_a_picture_is_served_for_ever_as_what_it_is(mallory: httpx2.AsyncClient) -> None:
    picture = await make_picture()

    answer = await mallory.get(f"/pictures/{picture.digest[:32]}.webp")

    assert answer.content == bytes(picture.content)
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["", "x.webp", "0" * 32 + ".webp", "0" * 32 + ".svg", "%00", "..%2f..%2fetc%2fpasswd", "٣" * 32 + ".webp"]
)
async def test_no_other_picture_is_there(name: str, mallory: httpx2.AsyncClient) -> None:
    await make_picture()

    assert (await mallory.get(f"/pictures/{name}")).status_code == 404


@pytest.mark.parametrize("slug", ["nothing", "%00", "%ff", "%ed%a0%80", "a" * 3000, "%27%3b--", "Draft"])
async def test_an_address_that_leads_nowhere_is_a_page_that_says_so(slug: str, mallory: httpx2.AsyncClient) -> None:
    answer = await mallory.get(f"/writeups/{slug}")

    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert (await mallory.post("/writeups")).status_code == 405
