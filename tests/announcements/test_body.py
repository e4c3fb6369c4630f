"""Markdown as letters take it: the same words and links in both bodies, and nothing that leads elsewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.announcements.body import Body, UnfitBody, my_page_in_markdown, write_body
from eventsite.announcements.stencil import Gaps
from tests.conftest import SITE_URL

CALENDARS = {"calendar.google.com", "outlook.office.com", "outlook.live.com"}
IN_LETTERS = {"p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "br", "a", "span"}


class Reading(HTMLParser):
    """What a mail program makes of the HTML: its elements, its links, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def links_in(text: str) -> set[str]:
    """The addresses a mail program finds in a text body."""
    return {match.rstrip(".,;:!?)*'\"]}") for match in re.findall(r"https?://[^\s<>]+", text)}


def body_of(markdown: str) -> Body:
    gaps = Gaps(markdown)
    written = markdown.replace("{name}", gaps.mark("name")).replace("{my_page}", my_page_in_markdown(gaps))
    body = write_body(written, site_url=SITE_URL, gaps=gaps)
    page = f"{SITE_URL}/my/token"
    fill = {gaps.mark("name"): "Ann", gaps.mark("my_page"): page}
    text, html = body.text, str(body.html)
    for mark, value in fill.items():
        text, html = text.replace(mark, value), html.replace(mark, value)
    return Body(text, type(body.html)(html))


def refusal_of(markdown: str) -> str:
    with pytest.raises(UnfitBody) as refused:
        body_of(markdown)
    assert refused.value.field == "body"
    return str(refused.value)


def test_the_text_is_written_as_people_write_letters() -> None:
    body = body_of(
        "# Where to *park*\n\nDear {name},\nthe car park\nis **full**.  \nCome by train:\n\n"
        "- from the north\n- from the south\n  1. change\n  2. walk\n\n  ten minutes\n- or stay\n\nSee you there."
    )

    assert body.text == (
        "Where to park\n\nDear Ann, the car park is full.\nCome by train:\n\n"
        "- from the north\n- from the south\n  1. change\n  2. walk\n  ten minutes\n- or stay\n\nSee you there."
    )


def test_the_html_has_its_style_on_each_element_and_no_ids() -> None:
    read = Reading(body_of("# Title\n\nWords *so* **so**  \nso\n\n3. three\n4. four\n\n- one").html)

    assert read.tags == {"h2", "p", "em", "strong", "br", "ol", "ul", "li"}
    assert read.attributes == {"style", "start"}


def test_a_list_that_begins_at_three_does_so_twice() -> None:
    body = body_of("3. three\n4. four")
    assert body.text == "3. three\n4. four"
    assert '<ol start="3"' in body.html


@pytest.mark.parametrize(
    ("markdown", "text", "address"),
    [
        ("[here](/events/x)", f"here <{SITE_URL}/events/x>", f"{SITE_URL}/events/x"),
        (f"[here]({SITE_URL}/interest?event=x&a=b)", None, f"{SITE_URL}/interest?event=x&a=b"),
        (f"{SITE_URL}/events.", f"{SITE_URL}/events.", f"{SITE_URL}/events"),
        (f"<{SITE_URL}/events>", f"{SITE_URL}/events", f"{SITE_URL}/events"),
        (f"({SITE_URL}/events)", f"({SITE_URL}/events)", f"{SITE_URL}/events"),
        ("{my_page}", f"{SITE_URL}/my/token", f"{SITE_URL}/my/token"),
        ("Go to {my_page}, now.", f"Go to {SITE_URL}/my/token, now.", f"{SITE_URL}/my/token"),
        ("[yours]({my_page})", f"yours <{SITE_URL}/my/token>", f"{SITE_URL}/my/token"),
        ("<{my_page}>", f"{SITE_URL}/my/token", f"{SITE_URL}/my/token"),
        ("[{name}]({my_page})", f"Ann <{SITE_URL}/my/token>", f"{SITE_URL}/my/token"),
        ("<{my_page}>x", f"{SITE_URL}/my/token x", f"{SITE_URL}/my/token"),
        ("x<{my_page}>.*x*", f"x {SITE_URL}/my/token .x", f"{SITE_URL}/my/token"),
        ("(<{my_page}>).", f"({SITE_URL}/my/token).", f"{SITE_URL}/my/token"),
        ("[add](https://calendar.google.com/calendar/r?cid=1)", None, "https://calendar.google.com/calendar/r?cid=1"),
        ("[add](https://outlook.office.com/calendar/x)", None, "https://outlook.office.com/calendar/x"),
        ("[add](https://outlook.live.com/calendar/x)", None, "https://outlook.live.com/calendar/x"),
    ],
)
def test_r5_21_a_link_stands_in_both_bodies_in_full(markdown: str, text: str | None, address: str) -> None:
    body = body_of(markdown)

    assert Reading(body.html).links == [address]
    assert address in links_in(body.text)
    assert text in (None, body.text)


@pytest.mark.parametrize("markdown", ["[here](/events)", "[yours]({my_page})", "{my_page}", f"{SITE_URL}/events"])
def test_r5_21_every_link_shows_the_host_it_leads_to(markdown: str) -> None:
    words = "".join(Reading(body_of(markdown).html).words)
    assert "events.example.org" in words


@pytest.mark.parametrize(
    "markdown",
    [
        "[x](https://evil.example/)",
        "[x](http://events.example.org/)",
        "[x](https://events.example.org:8443/)",
        "[x](https://events.example.org.evil.example/)",
        "[x](https://sub.events.example.org/)",
        "[x](http://calendar.google.com/)",
        "[x](mailto:office@example.org)",
        "<office@example.org>",
        "<https://evil.example/>",
        "https://evil.example/?x=1",
        "Look: HTTPS://EVIL.EXAMPLE",
        "www.evil.example",
        "https://events.example.org@evil.example/",
        "https://events.example.org\\@evil.example/",
        "[x](#below)",
        "![pixel](https://evil.example/p.gif) and [x](https://evil.example)",
        "[x][1]\n\n[1]: https://evil.example",
    ],
)
def test_a_link_to_another_site_is_refused_with_a_sentence(markdown: str) -> None:
    assert refusal_of(markdown).startswith("Letters link to this site and to calendars only. Take out the link to ")


@pytest.mark.parametrize("markdown", ["[x](/events/{name})", "[x]({my_page}/details)", f"{SITE_URL}/x/{{name}}"])
def test_an_address_is_never_put_together_from_what_somebody_typed(markdown: str) -> None:
    assert refusal_of(markdown) == "An address cannot hold a placeholder, unless it is {my_page} and nothing else"


def test_words_that_show_an_address_lead_to_that_address() -> None:
    body = body_of("[{my_page}](https://calendar.google.com/x) [https://evil.example](/events)")
    assert links_in(body.text) == {"https://calendar.google.com/x", f"{SITE_URL}/events"}
    assert "evil" not in body.html


@pytest.mark.parametrize(
    ("markdown", "what"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "tables"),
        ("> Quoted", "quotations that stand apart"),
        ("> Quoted\n> — Somebody", "quotations that stand apart"),
        ("![A picture](/pictures/x.png)", "pictures"),
        ("`code`", "code"),
        ("    code", "code"),
        ("```\ncode\n```", "code"),
        ("a\n\n***\n\nb", "lines across the page"),
    ],
)
def test_what_letters_do_not_take_is_refused_with_a_sentence(markdown: str, what: str) -> None:
    assert refusal_of(markdown) == f"Letters take no {what}. Take them out, or link to a page that has them"


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHA+)",
        "[x](JaVaScRiPt:alert(1))",
        '[x](/events "onmouseover=alert(1)")',
        "<style>p{display:none}</style>",
        "&lt;script&gt;",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
    ],
)
def test_hostile_markdown_stays_words(markdown: str) -> None:
    read = Reading(body_of(markdown).html)
    assert read.tags <= IN_LETTERS
    assert read.attributes <= {"style", "href", "start"}
    assert all(link.startswith(f"{SITE_URL}/") for link in read.links)


def test_a_name_that_is_markup_cannot_reach_the_reader_as_such() -> None:
    gaps = Gaps("{name}")
    body = write_body(gaps.mark("name"), site_url=SITE_URL, gaps=gaps)
    assert gaps.cut(body.text) == ("", "name", "")


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "# ",
                "- ",
                "1. ",
                "\n",
                "\n\n",
                "  \n",
                "**",
                "*",
                "_",
                "[",
                "]",
                "(",
                ")",
                "<",
                ">",
                "&",
                '"',
                "\\",
                "`",
            ),
            *(
                "{name}",
                "{my_page}",
                "/events",
                f"{SITE_URL}/x",
                "https://evil.example",
                "www.evil.example",
                "mailto:a@b.c",
            ),
            *(
                "javascript:x",
                "words",
                "é🧡",
                "<b>",
                "<!--",
                "&#x3c;",
                "![",
                "|",
                "---",
                "    ",
                "\u202e",
                "a@b.example",
            ),
            *(
                "[x](/events)",
                "[y]({my_page})",
                "(https://calendar.google.com/r?a=1&b=2)",
                "{",
                "}",
                "gap0q",
                "gap0qnamex",
            ),
        ]
    ),
    max_size=30,
)


@given(PIECES)
def test_r5_21_whatever_is_written_both_bodies_lead_to_the_same_places_of_ours(pieces: list[str]) -> None:
    try:
        body = body_of("".join(pieces))
    except UnfitBody:
        return
    read = Reading(body.html)
    assert read.tags <= IN_LETTERS
    assert read.attributes <= {"style", "href", "start"}
    assert links_in(body.text) >= {link.rstrip(".,;:!?)*'\"]}") for link in read.links}
    for link in {*read.links, *links_in(body.text)}:
        parts = urlsplit(link)
        assert f"{parts.scheme}://{parts.netloc}" == SITE_URL or parts.hostname in CALENDARS, link
