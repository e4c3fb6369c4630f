"""Markdown of write-ups: what becomes of it, and what never gets through."""

import re
import time

import pytest
from markupsafe import escape

from eventsite.writeups.markdown import Heading, plain_text, render

DANGEROUS = re.compile(
    r"<(?!/?(?:h[2-5]|p|br|hr|ul|ol|li|blockquote|figure|figcaption|strong|em|code|pre|a|img|table|thead|tbody|tr|th|td)\b)|<[^>]+\s(?:on\w+|style|srcset|target|formaction)\s*=",
    re.I,
)


def test_typographic_and_straight_quotation_marks_stay_byte_for_byte() -> None:
    text = "‘It’s “so”, isn’t it…’ – she said \"yes\" -- and 'no' ... (c) 1/2"
    assert render(text).html == f"<p>{text}</p>\n"


def test_a_no_break_space_stays_a_character() -> None:
    assert render("26\u00a0June &amp;nbsp;").html == "<p>26\u00a0June &amp;nbsp;</p>\n"


def test_a_block_quotation_whose_last_line_is_a_dash_and_a_name_is_a_figure() -> None:
    html = render("> ‘It’s about *trust*.’\n> — Ann Lee, Chief Nurse, Hull").html
    assert html == (
        '<figure class="quotation">\n<blockquote>\n<p>‘It’s about <em>trust</em>.’</p>\n</blockquote>\n'
        "<figcaption>— Ann Lee, Chief Nurse, Hull</figcaption>\n</figure>\n"
    )


def test_the_name_may_stand_in_a_paragraph_of_its_own() -> None:
    html = render("> One.\n>\n> Two.\n>\n> — Ann").html
    assert html.count("<p>") == 2
    assert "<figcaption>— Ann</figcaption>" in html


@pytest.mark.parametrize(
    "markdown", ["> ‘Said by nobody.’", "> — Ann Lee", "> a — Ann", "> one\n> two", "> text\n> —", "‘a’\n— Ann"]
)
def test_without_a_text_and_a_name_in_a_last_line_there_is_no_figure(markdown: str) -> None:
    assert "<figure" not in render(markdown).html


def test_headings_begin_at_the_second_level_and_skip_none() -> None:
    rendered = render("# One\n\n#### Two\n\n# Three")
    assert rendered.headings == (
        Heading("section-one", "One", 2),
        Heading("section-two", "Two", 3),
        Heading("section-three", "Three", 2),
    )
    assert '<h3 id="section-two">Two</h3>' in rendered.html


def test_a_heading_keeps_its_id_when_others_come_and_go() -> None:
    alone, among = render("## Building trust"), render("## New\n\n## Building *trust*\n\n## Building trust")
    assert [heading.id for heading in alone.headings] == ["section-building-trust"]
    assert [heading.id for heading in among.headings][1:] == ["section-building-trust", "section-building-trust-2"]


def test_headings_without_latin_letters_still_have_ids() -> None:
    assert [heading.id for heading in render("## Łódź\n\n## 信頼\n\n## 信頼").headings] == [
        "section-odz",
        "section-untitled",
        "section-untitled-2",
    ]


def test_tables_say_what_their_head_cells_are_for_and_carry_no_style() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |").html
    assert '<th scope="col">a</th>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    "href",
    [
        "https://nhs.uk/a?b=c",
        "http://nhs.uk",
        "mailto:ann@nhs.uk",
        "/events/hpn-north",
        "/interest?event=x",
        "#section-a",
    ],
)
def test_links_to_the_web_to_addresses_and_within_the_site_stay(href: str) -> None:
    assert render(f"[a link]({href})").html == f'<p><a href="{href}">a link</a></p>\n'


@pytest.mark.parametrize(
    "href",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://evil.example",
        "https://nhs.uk@evil.example/",
        "https:evil.example",
        "file:///etc/passwd",
        "evil.example",
        "../up",
        "&#x6a;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "/%09/evil.example\t",
        "https://",
        "mailto:",
        "/ /evil.example",
        "tel:999",
    ],
)
def test_links_to_anywhere_else_lose_their_address(href: str) -> None:
    html = render(f"[a link](<{href}>)").html
    assert re.findall(r'href="(?!/%09/|/%5C|/%20)', html) == []
    assert "a link" in html


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://nhs.uk", "https://nhs.uk/"),
        ("nhs.uk", "https://www.nhs.uk/conditions"),
        ("www.nhs.uk/a", "http://nhs.uk/a/"),
        ("ann@nhs.uk", "mailto:ann@nhs.uk"),
        ("read on", "https://evil.example"),
        ("v1.2 of it", "https://a.example"),
    ],
)
def test_a_text_that_tells_the_truth_about_its_link_stays(text: str, href: str) -> None:
    assert render(f"[{text}]({href})").html == f'<p><a href="{href}">{text}</a></p>\n'


@pytest.mark.parametrize(
    "text",
    [
        "https://nhs.uk",
        "nhs.uk",
        "www.nhs.uk/login",
        "go to *https://nhs.uk* now",
        "ann@nhs.uk",
        "ｎｈｓ．ｕｋ",
        "n\u00adhs.uk",
        "evil.example.nhs.uk",
        "https://evil.example/else",
    ],
)
def test_a_text_that_shows_another_address_than_its_link_is_replaced_by_the_address(text: str) -> None:
    html = render(f"[{text}](https://evil.example/a)").html
    assert html == '<p><a href="https://evil.example/a">https://evil.example/a</a></p>\n'


def test_pictures_come_from_the_site_itself_and_others_leave_their_words() -> None:
    html = render(
        "![a *hall*](/pictures/0a1b.webp) ![elsewhere](https://evil.example/x.png) ![up](/pictures/../x)"
    ).html
    assert html == '<p><img src="/pictures/0a1b.webp" alt="a *hall*" loading="lazy"> elsewhere up</p>\n'


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "![x](javascript:alert(1))",
    '![x"onerror=alert(1)](/pictures/a.png)',
    '[x](https://a.example "onmouseover=alert(1)")',
    '<https://a.example/"onmouseover=alert(1)>',
    "`<script>`",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<style>@import 'x'</style>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<details open ontoggle=alert(1)>",
    "> <b onclick=alert(1)>x</b>\n> — <script>alert(1)</script>",
    "## <img src=x onerror=alert(1)>",
    "| <b onclick=x> |\n|---|\n| <script> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "```<script>\nalert(1)\n```",
    "[<img src=x onerror=alert(1)>](https://a.example)",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\x00<scr\x00ipt>alert(1)</script>",
    "<form action=//evil.example><button>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_leaves_a_tag_or_an_attribute_of_its_own(payload: str) -> None:
    html = render(payload).html
    assert DANGEROUS.findall(html) == []
    assert not re.search(r"(?:href|src)=\"\s*(?:javascript|data|vbscript)", html, re.I)


def test_the_guard_of_these_tests_sees_what_it_looks_for() -> None:
    for bait in ("<script>", "<p onclick=x>", "<img style='x'>", "<iframe>"):
        assert DANGEROUS.search(bait)


def test_a_rendered_text_is_shown_as_it_is_by_a_template() -> None:
    assert escape(render("a")) == "<p>a</p>\n"


def test_plain_text_is_the_words_alone_a_line_for_each_block() -> None:
    markdown = "## A *head*\n\nText [link](/a) ![hall](/pictures/a.webp)\nmore\n\n- one\n\n> said\n> — Ann\n\n    code"
    assert plain_text(markdown) == "A head\nText link hall more\none\nsaid\n— Ann\ncode"


WORST = [
    "[",
    "![[",
    "![",
    "*a ",
    "[a](",
    "![](",
    "# a\n",
    "> ",
    "- ",
    "  - a\n",
    "`a``",
    "|a|\n|-|\n",
    "[[]",
    "**_",
    "a@",
    "a.",
    "<a:",
    "[a.a](b)",
    "&amp;",
    "[x]",
    "> a\n> — b\n\n",
    "1. ",
    "_a__b",
    "[a]: b\n",
    "\\",
    "https://a.a/",
]


@pytest.mark.parametrize("piece", WORST)
def test_twenty_kilobytes_of_anything_take_less_than_half_a_second(piece: str) -> None:
    markdown = (piece * 20_000)[:20_000]
    render("warm")
    # The least of three, in time on the processor, since the machine may be busy with something else.
    seconds = min(_seconds(markdown) for _ in range(3))
    assert seconds < 0.5


def _seconds(markdown: str) -> float:
    started = time.process_time()
    render(markdown)
    return time.process_time() - started
