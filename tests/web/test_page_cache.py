"""Finished pages: good for one state of the public content and one minute, and never more than there is room for."""

from datetime import UTC, datetime, timedelta

import pytest

from eventsite.web.caching import FinishedPage, PageCache, accepts_gzip
from tests.conftest import StandingClock


class FixedRevision:
    """Which state the public content is in, as the test says."""

    def __init__(self, number: int | None) -> None:
        self.number = number

    def current(self) -> int | None:
        return self.number

    async def settle(self) -> None:
        return None


@pytest.fixture
def revision() -> FixedRevision:
    return FixedRevision(7)


@pytest.fixture
def cache(revision: FixedRevision, clock: StandingClock) -> PageCache:
    return PageCache(revision, now=clock, room=1000)


def page(size: int = 100) -> FinishedPage:
    return FinishedPage(b"x" * size, "text/html")


def test_a_page_is_found_while_nothing_changed(cache: PageCache) -> None:
    kept = page()
    cache.keep("/", cache.moment(), kept)
    assert cache.find("/", cache.moment()) is kept
    assert cache.find("/events", cache.moment()) is None


def test_a_change_ends_it(cache: PageCache, revision: FixedRevision) -> None:
    cache.keep("/", cache.moment(), page())
    revision.number = 8
    assert cache.find("/", cache.moment()) is None


def test_a_minute_ends_it(cache: PageCache, clock: StandingClock) -> None:
    cache.keep("/", cache.moment(), page())
    clock.move(seconds=59)
    assert cache.find("/", cache.moment()) is not None
    clock.move(seconds=1)
    assert cache.find("/", cache.moment()) is None


def test_a_page_begun_before_a_change_is_not_good_after_it(cache: PageCache, revision: FixedRevision) -> None:
    begun = cache.moment()
    revision.number = 8
    cache.keep("/", begun, page())
    assert cache.find("/", cache.moment()) is None


def test_nothing_is_kept_while_nobody_knows_of_changes(cache: PageCache, revision: FixedRevision) -> None:
    revision.number = None
    cache.keep("/", cache.moment(), page())
    assert cache.find("/", cache.moment()) is None


def test_the_stalest_goes_when_there_is_no_room(cache: PageCache) -> None:
    for name in "abc":
        cache.keep(f"/{name}", cache.moment(), page(400))
    assert [cache.find(f"/{name}", cache.moment()) is not None for name in "abc"] == [False, True, True]


async def test_a_fact_is_found_out_once(cache: PageCache, revision: FixedRevision) -> None:
    asked: list[int] = []

    async def find_out() -> int:
        asked.append(1)
        return len(asked)

    assert [await cache.remembered("how many", find_out) for _ in range(3)] == [1, 1, 1]
    revision.number = 8
    assert await cache.remembered("how many", find_out) == 2
    revision.number = None
    assert [await cache.remembered("how many", find_out) for _ in range(2)] == [3, 4]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (b"gzip", True),
        (b"GZIP, deflate, br", True),
        (b"br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        (b"*", True),
        (b"", False),
        (b"br", False),
        (b"gzip;q=0", False),
        (b"gzip; q=0.0", False),
        (b"x-gzip-like", False),
    ],
)
def test_gzip_is_sent_to_those_who_ask(header: bytes, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({}, 200),
        ({"if-none-match": "ETAG"}, 304),
        ({"if-none-match": "W/ETAG"}, 304),
        ({"if-none-match": '"other", ETAG'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": '"other"', "if-modified-since": "Tue, 01 Jan 2030 00:00:00 GMT"}, 200),
        ({"if-modified-since": "Wed, 10 Mar 2027 12:00:00 GMT"}, 304),
        ({"if-modified-since": "Wed, 10 Mar 2027 11:59:59 GMT"}, 200),
        ({"if-modified-since": "yesterday"}, 200),
    ],
)
async def test_conditional_requests(said: dict[str, str], status: int) -> None:
    finished = FinishedPage(
        b"calendar", "text/calendar", modified=datetime(2027, 3, 10, 12, tzinfo=UTC) + timedelta(seconds=0.5)
    )
    etag = finished.plain.etag.decode()
    headers = [(name.encode(), value.replace("ETAG", etag).encode()) for name, value in said.items()]
    sent = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    await finished({"type": "http", "method": "GET", "headers": headers}, None, send)  # type: ignore[arg-type]  # -- not read
    assert (sent[0]["status"], sent[1]["body"]) == (status, b"calendar" if status == 200 else b"")
