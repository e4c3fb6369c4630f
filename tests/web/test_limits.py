"""What is too much or of the wrong kind is refused at once, in words, without being read to the end."""

from collections.abc import AsyncIterator
from datetime import datetime

import httpx2
import pytest

from eventsite.interest.tables import Interest
from eventsite.people.tables import Person
from eventsite.web.forms import MOST_FIELDS
from eventsite.web.limits import LARGE, SMALL
from tests.organisers.factories import signed_in
from tests.web.conftest import FurnishedSite

URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
SIXTY_MEGABYTES = 60_000_000
TOO_LARGE = "larger than this page can take"


class Body:
    """A body in chunks that counts how much of it was taken."""

    def __init__(self, size: int, chunk: bytes = b"x" * 16_384) -> None:
        self.size = size
        self.chunk = chunk
        self.taken = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.taken < self.size:
            self.taken += len(self.chunk)
            yield self.chunk


async def test_an_announced_body_that_is_too_large_is_refused_unread(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    for path in [*site.forms(), "/nothing/here", "/organise/sign-in"]:
        body = Body(SIXTY_MEGABYTES)
        announced = {**URLENCODED, "content-length": str(SIXTY_MEGABYTES)}
        answer = await reader.post(path, content=body, headers=announced)
        assert (answer.status_code, TOO_LARGE in answer.text, body.taken) == (413, True, 0), path


async def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    for path in ("/interest", "/complaints", "/my", f"/events/{site.values['slug']}/sessions/ai-safety/questions"):
        body = Body(SIXTY_MEGABYTES)
        answer = await reader.post(path, content=body, headers=URLENCODED)
        assert answer.status_code in {413, 404}, path
        assert body.taken <= SMALL + 2 * len(body.chunk), path
        assert answer.status_code == 404 or TOO_LARGE in answer.text


async def test_a_body_in_a_thousand_crumbs_is_counted_whole(reader: httpx2.AsyncClient) -> None:
    body = Body(SMALL + 1, chunk=b"x")
    answer = await reader.post("/interest", content=body, headers=URLENCODED)
    assert (answer.status_code, body.taken) == (413, SMALL + 1)


async def test_a_body_of_just_the_limit_is_read(reader: httpx2.AsyncClient) -> None:
    answer = await reader.post("/interest", content=b"name=" + b"x" * (SMALL - 5), headers=URLENCODED)
    assert answer.status_code == 422
    assert "Full name must be" in answer.text


@pytest.mark.parametrize("length", ["-1", "1e3", "0x10", " ", "", "12, 12", "\u0663", "99999999999999999999999"])
async def test_a_length_that_is_no_number_is_refused(reader: httpx2.AsyncClient, length: str) -> None:
    headers = httpx2.Headers({**URLENCODED, "content-length": length}, encoding="utf-8")
    answer = await reader.post("/interest", content=Body(100), headers=headers)
    assert answer.status_code == 413


async def test_only_the_desks_uploads_may_be_large_and_even_they_have_an_end(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    stranger = Body(SIXTY_MEGABYTES)
    answer = await reader.post("/organise/writeups/import", content=stranger, headers=kind)
    assert (answer.status_code, stranger.taken) == (403, 0)


async def test_an_upload_that_never_ends_is_refused_on_the_way(
    site: FurnishedSite, reader: httpx2.AsyncClient, now: datetime
) -> None:
    await signed_in(reader, now=now)
    start = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.docx"\r\n\r\n'
    body = Body(SIXTY_MEGABYTES, chunk=start + b"x" * 60_000)
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = await reader.post("/organise/writeups/import", content=body, headers=kind)
    assert answer.status_code == 413
    assert body.taken <= LARGE + 2 * len(body.chunk)


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=x; charset=utf-8",
        "multipart/form-data; boundary=x; charset=undefined",
        "multipart/form-data; boundary=x; charset=utf-7",
        "multipart/form-data; boundary=x; charset=unicode_escape",
        "multipart/form-data; boundary=x; charset=utf-16",
        "multipart/form-data",
        "application/x-www-form-urlencoded; charset=utf-7",
        "application/x-www-form-urlencoded; charset=utf-16",
        "application/x-www-form-urlencoded; charset=undefined",
        "application/x-www-form-urlencoded; charset=ISO-8859-1",
        "application/json",
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded-not",
        "application/octet-stream",
        "x" * 5000,
        ";",
        "",
    ],
)
async def test_public_forms_take_one_kind_of_form_only(
    site: FurnishedSite, reader: httpx2.AsyncClient, kind: str
) -> None:
    body = b'--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nAnn\r\n--x--\r\n'
    for path in site.forms():
        answer = await reader.post(path, content=body, headers={"content-type": kind})
        # Deeds without an answer to read, such as withdrawing, need no form and so no kind of one.
        assert answer.status_code in {415, 303, 404}, (path, answer.status_code)
    answer = await reader.post("/interest", content=body, headers={"content-type": kind})
    assert (answer.status_code, "takes ordinary web forms only" in answer.text) == (415, True)


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=utf-8",
        "application/x-www-form-urlencoded;charset=UTF-8",
        'application/x-www-form-urlencoded; charset="utf-8"',
        "Application/X-WWW-Form-URLencoded; Charset=utf8",
    ],
)
async def test_however_that_kind_is_written(site: FurnishedSite, reader: httpx2.AsyncClient, kind: str) -> None:
    sent = f"name=Zo%C3%AB&email=zoe@trust.example&job_title=a&organisation=b&events={site.values['slug']}"
    answer = await reader.post("/interest", content=sent.encode(), headers={"content-type": kind})
    assert (answer.status_code, answer.headers["location"]) == (303, "/interest/thanks")
    assert await Person.select(Person.name).where(Person.email_key == "zoe@trust.example").output(as_list=True) == [
        "Zoë"
    ]


async def test_a_thousand_fields_are_too_many(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    for path in ("/interest", "/complaints", "/my"):
        for field in ("x{}=1", "events={}", "events=hpn&{}", "name={}"):
            body = "&".join(field.format(number) for number in range(1000)).encode()
            answer = await reader.post(path, content=body, headers=URLENCODED)
            assert (answer.status_code, "Go back" in answer.text) == (400, True), (path, field)
    assert await Interest.count() == 0
    within = "&".join("events=x" for _ in range(MOST_FIELDS)).encode()
    assert (await reader.post("/interest", content=within, headers=URLENCODED)).status_code == 422


async def test_methods_a_page_does_not_take_are_said_to_be_wrong(
    site: FurnishedSite, reader: httpx2.AsyncClient
) -> None:
    for address, path in site.addresses():
        if address.path.startswith("/organise/"):
            continue
        for method in {
            "GET",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "BREW",
        } - address.methods:
            answer = await reader.request(method, path)
            assert (answer.status_code, "cannot be done here" in answer.text) == (405, True), (method, path)
            assert address.methods <= {word.strip() for word in answer.headers["allow"].split(",")}, (method, path)


async def test_trace_shows_nothing_of_what_was_sent(reader: httpx2.AsyncClient) -> None:
    answer = await reader.request("TRACE", "/", headers={"cookie": "__Host-sign-in=secret", "x-told": "confidence"})
    assert answer.status_code == 405
    assert "secret" not in answer.text
    assert "confidence" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/interest/",
        "/events/",
        "/events/hpn-nowhere",
        "/events/hpn-nowhere.ics",
        "/events/hpn-nowhere/sessions/nothing",
        "/events/hpn-nowhere/sessions/nothing/questions",
        "/writeups/nothing",
        "/pictures/nothing.png",
        "/static/nothing.css",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static//etc/passwd",
        "/.git/config",
        "/.env",
        "/wp-login.php",
        "/my/nothing",
        "/my/" + "x" * 38,
        "/questions/" + "0" * 38,
        "/dev/mailbox",
        "/events/%00",
        "/events/a%00b",
        "/events/%ED%A0%80",
        "/events/%FF",
        "/events/%E2%80%AE",
        "/events/" + "x" * 10_000,
        "/events/<script>alert(1)</script>",
        "/events/%0d%0aset-cookie:a=b",
        "//evil.example/",
        "/%2F%2Fevil.example",
        "/events/..%2f..%2fetc",
        "/organise.php",
    ],
)
async def test_where_nothing_is_there_is_a_page_that_says_so(
    site: FurnishedSite, reader: httpx2.AsyncClient, path: str
) -> None:
    answer = await reader.get(httpx2.URL(f"https://events.example.org{path}"))
    assert answer.status_code == 404
    assert "Page not found" in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in answer.headers


async def test_an_address_keeps_nobody_waiting_with_its_query(site: FurnishedSite, reader: httpx2.AsyncClient) -> None:
    odd = [
        "",
        "?",
        "?event=%00",
        "?event=%FF",
        "?event=<script>",
        "?event=" + "x" * 20_000,
        "?a=1&a=2&&&=&%",
        "?" + "a&" * 999,
    ]
    for path in site.pages():
        plain = await reader.get(path)
        for query in odd:
            answer = await reader.get(httpx2.URL(f"https://events.example.org{path}{query}"))
            assert answer.status_code == 200, (path, query[:30])
            assert path == "/interest" or answer.content == plain.content, (path, query[:30])
            assert b"<script>" not in answer.content
