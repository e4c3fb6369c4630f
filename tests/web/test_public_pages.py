"""Public pages are the same bytes for every reader, with a strong ETag and no cookie, and read again for nothing."""

import re

import httpx2

from tests.conftest import SITE_URL, StandingClock, browser
from tests.organisers.factories import signed_in
from tests.web.conftest import FurnishedSite

STRONG = re.compile(r'"[!#-~]{16,}"')
COMPRESSED = {"accept-encoding": "gzip"}
UNCOMPRESSED = {"accept-encoding": "identity"}
OF_THEIR_OWN_WORD = ("/pictures/", "/favicon.ico")


def same_for_all(answer: httpx2.Response) -> tuple[bytes, list[tuple[str, str]]]:
    return answer.content, sorted(answer.headers.items())


async def test_each_is_the_same_bytes_for_two_readers(site: FurnishedSite, clock: StandingClock) -> None:
    async with browser(site.app) as ann, browser(site.app, address="2001:db8::1") as mallory:
        await signed_in(mallory, now=clock.time)
        mallory.headers.update({"accept-language": "cy", "user-agent": "Mallory", "host": "events.example.org:443"})
        for path in site.pages():
            first, second = await ann.get(path), await mallory.get(path)
            clock.move(minutes=1)
            again = await ann.get(path)
            assert first.status_code == 200, path
            assert same_for_all(first) == same_for_all(second), path
            assert same_for_all(first) == same_for_all(again), path


async def test_each_has_a_strong_etag_and_no_cookie(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    pages = site.pages()
    assert {"/", "/interest", "/events", "/writeups", "/privacy", "/my", "/complaints"} <= set(pages)
    for path in pages:
        answer = await reader.get(path)
        assert STRONG.fullmatch(answer.headers["etag"]), path
        assert "set-cookie" not in answer.headers, path
        if not path.startswith(OF_THEIR_OWN_WORD):
            assert answer.headers["cache-control"] == "public, no-cache", path


async def test_each_is_not_sent_again_to_those_who_have_it(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    for path in site.pages():
        for encoding in (COMPRESSED, UNCOMPRESSED):
            first = await reader.get(path, headers=encoding)
            again = await reader.get(path, headers={**encoding, "if-none-match": first.headers["etag"]})
            weak = await reader.get(path, headers={**encoding, "if-none-match": f'"x", W/{first.headers["etag"]}'})
            assert (again.status_code, again.content, weak.status_code) == (304, b"", 304), path
            assert again.headers["etag"] == first.headers["etag"], path
            assert again.headers["cache-control"] == first.headers["cache-control"], path


async def test_each_encoding_has_an_etag_of_its_own(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    for path in site.pages():
        plain, compressed = await reader.get(path, headers=UNCOMPRESSED), await reader.get(path, headers=COMPRESSED)
        assert plain.content == compressed.content, path
        if "content-encoding" in compressed.headers:
            assert plain.headers["etag"] != compressed.headers["etag"], path
            assert plain.headers["vary"] == compressed.headers["vary"] == "Accept-Encoding", path


async def test_head_says_what_get_would(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    for path in site.pages():
        full, head = await reader.get(path), await reader.head(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert sorted(head.headers.items()) == sorted(full.headers.items()), path


async def test_what_is_somebodys_own_is_never_stored(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    own = [path for address, path in site.addresses() if "{token}" in address.path and "GET" in address.methods]
    assert len(own) > 3
    for path in own:
        answer = await reader.get(path)
        assert answer.headers["cache-control"] == "private, no-store", path
        assert "etag" not in answer.headers, path


async def test_no_page_says_by_what_name_it_was_asked_for(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    for path in [*site.pages(), "/nothing/here", "/interest/", "/events/", "/organise", "/organise/people/"]:
        for host in ("evil.example", "events.example.org.evil.example", "evil.example:99999", "[::1]", "a b", "", "é"):
            named = [("host", host), ("x-forwarded-host", "evil.example"), ("forwarded", "host=evil.example")]
            answer = await reader.get(path, headers=httpx2.Headers(named, encoding="utf-8"))
            assert answer.status_code in {200, 303, 404}, (path, host)
            assert "evil" not in answer.text, (path, host)
            assert "evil" not in str(answer.headers), (path, host)


async def test_links_to_the_site_itself_begin_with_its_own_address(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    for path in ("/sitemap.xml", "/writeups/feed.atom", "/robots.txt"):
        answer = await reader.get(path, headers={"host": "evil.example"})
        found = re.findall(r"https?://[^\s<\"]+", answer.text.replace("http://www.w3.org/2005/Atom", ""))
        found = [address for address in found if "sitemaps.org" not in address]
        assert found, path
        assert [address for address in found if not address.startswith(SITE_URL)] == [], path
