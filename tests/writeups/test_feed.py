"""The Atom feed: what RFC 4287 asks of one, whatever a title says."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

from eventsite.links import Links
from eventsite.writeups.feed import ATOM, feed_of
from eventsite.writeups.queries import WriteupCard
from tests.conftest import SECRET, SITE_URL

NAMES = {"a": ATOM}
LINKS = Links(SITE_URL, SECRET)
NASTY = "<script>alert(1)</script> & ]]> \x00\x0b\ud800\ufffe ‘quoted’ 😀"


def card(**given: object) -> WriteupCard:
    values: dict[str, object] = {
        **{"id": "1", "slug": "one", "title": "One", "standfirst": "First", "event_name": "", "event_slug": ""},
        **{"picture": "", "drawing": "", "image_alt": ""},
        "published_at": datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
        "updated_at": datetime(2027, 1, 5, 9, 0, tzinfo=UTC),
    }
    return WriteupCard(**values | given)  # type: ignore[arg-type]  # -- a test's values by name


def read(*cards: WriteupCard, author: str = "HPN") -> ElementTree.Element:
    return ElementTree.fromstring(feed_of(cards, name="HPN", author=author, links=LINKS))


def said(element: ElementTree.Element, path: str) -> str | None:
    return element.findtext(path, namespaces=NAMES)


def test_feed_and_entries_have_what_the_standard_asks_for() -> None:
    feed = read(card(), card(slug="two", updated_at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC)))

    assert feed.tag == f"{{{ATOM}}}feed"
    assert (said(feed, "a:title"), said(feed, "a:id")) == ("HPN write-ups", f"{SITE_URL}/writeups")
    assert said(feed, "a:updated") == "2027-02-01T09:00:00Z"
    assert said(feed, "a:author/a:name") == "HPN"
    itself = feed.find("a:link[@rel='self']", NAMES)
    assert itself is not None
    assert itself.attrib == {
        "rel": "self",
        "type": "application/atom+xml",
        "href": f"{SITE_URL}/writeups/feed.atom",
    }
    entry = feed.findall("a:entry", NAMES)[0]
    assert said(entry, "a:id") == f"{SITE_URL}/writeups/one"
    assert (said(entry, "a:title"), said(entry, "a:summary")) == ("One", "First")
    assert said(entry, "a:published") == "2027-01-04T09:00:00Z"
    assert said(entry, "a:updated") == "2027-01-05T09:00:00Z"


def test_any_words_are_text_and_never_markup() -> None:
    feed = read(card(title=NASTY, standfirst=NASTY), author=NASTY)

    shown = "<script>alert(1)</script> & ]]> \ufffd\ufffd\ufffd\ufffd ‘quoted’ 😀"
    assert said(feed, "a:entry/a:title") == shown
    assert said(feed, "a:entry/a:summary") == shown
    assert said(feed, "a:author/a:name") == shown
    assert feed.find(".//script") is None


def test_times_are_in_utc_wherever_they_came_from() -> None:
    summer = timezone(timedelta(hours=1))

    feed = read(card(published_at=datetime(2027, 7, 1, 10, 0, tzinfo=summer)))

    assert said(feed, "a:entry/a:published") == "2027-07-01T09:00:00Z"


def test_an_empty_feed_is_valid_too() -> None:
    feed = read()

    assert feed.findall("a:entry", NAMES) == []
    assert said(feed, "a:updated") == "1970-01-01T00:00:00Z"
