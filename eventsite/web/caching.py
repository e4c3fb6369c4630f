"""Published pages as finished bytes: rendered and compressed once, kept while nothing public has changed.

Validators follow RFC 9110: strong ETags, one for each encoding, `If-None-Match` before `If-Modified-Since`.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from typing import Protocol, TypeVar, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send

T = TypeVar("T")
Headers = list[tuple[bytes, bytes]]

PUBLIC = "public, no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"
PRIVATE = "private, no-store"
SMALLEST_COMPRESSED = 500


class Revision(Protocol):
    """Says which state the public content is in; None when nobody can tell, and then nothing is kept."""

    def current(self) -> int | None: ...
    async def settle(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a page, with its header fields ready to send."""

    body: bytes
    etag: bytes
    headers: Headers
    unchanged: Headers


class FinishedPage:
    """An answer whose bytes are final: itself an ASGI application, the same for every reader."""

    def __init__(
        self,
        body: bytes,
        media_type: str,
        *,
        cache_control: str = PUBLIC,
        headers: dict[str, str] | None = None,
        modified: datetime | None = None,
        tag: str | None = None,
    ) -> None:
        """With a `tag` the ETag is made of that and not of the body: it changes whenever the body does."""
        self.status_code = 200
        self.modified = modified
        given = {"content-type": media_type, "cache-control": cache_control, **(headers or {})}
        if modified:
            given["last-modified"] = format_datetime(modified, usegmt=True)
        digest = tag or hashlib.sha256(body).hexdigest()[:32]
        compressed = gzip.compress(body, 9, mtime=0) if _is_compressible(body, media_type) else None
        self.plain = _variant(body, f'"{digest}"', given, varies=compressed is not None)
        self.gzipped = (
            _variant(compressed, f'"{digest}-gz"', given | {"content-encoding": "gzip"}, varies=True)
            if compressed
            else None
        )

    @property
    def size(self) -> int:
        """How many bytes keeping this page takes, roughly."""
        return len(self.plain.body) + (len(self.gzipped.body) if self.gzipped else 0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wanted: dict[bytes, bytes] = dict(scope["headers"])
        variant = self.gzipped if self.gzipped and accepts_gzip(wanted.get(b"accept-encoding", b"")) else self.plain
        if self._is_unchanged(variant, wanted):
            await send({"type": "http.response.start", "status": 304, "headers": variant.unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": variant.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else variant.body})

    def _is_unchanged(self, variant: Variant, wanted: dict[bytes, bytes]) -> bool:
        tags = wanted.get(b"if-none-match")
        if tags is not None:
            return tags.strip() == b"*" or variant.etag in (tag.strip().removeprefix(b"W/") for tag in tags.split(b","))
        since = wanted.get(b"if-modified-since")
        return since is not None and _is_not_newer(self.modified, since)


Moment = tuple[int, int]


class PageCache:
    """Finished pages by path, each with the moment it was made at. Holds at most `room` bytes, the stalest go first.

    A moment is the revision of the public content and the minute on the clock: a page may say "coming" of an event, or
    show a form that closes at an hour, so none outlives its minute.
    """

    def __init__(self, revision: Revision, *, now: Callable[[], datetime], room: int = 16_000_000) -> None:
        self.revision = revision
        self._now = now
        self._room = room
        self._held = 0
        self._kept: OrderedDict[str, tuple[Moment, FinishedPage]] = OrderedDict()
        self._facts: dict[str, tuple[Moment, object]] = {}

    def moment(self) -> Moment | None:
        """What pages made from now on are good for; None when nothing can be kept."""
        number = self.revision.current()
        return None if number is None else (number, int(self._now().timestamp()) // 60)

    def find(self, path: str, moment: Moment | None) -> FinishedPage | None:
        """The page kept for a path if it is still good."""
        kept = self._kept.get(path)
        return kept[1] if kept and kept[0] == moment else None

    def keep(self, path: str, moment: Moment | None, page: FinishedPage) -> None:
        """Keeps a page for as long as the moment lasts that it was begun in."""
        if moment is None:
            return
        self._drop(path)
        self._kept[path] = (moment, page)
        self._held += page.size
        while self._held > self._room:
            self._drop(next(iter(self._kept)))

    async def remembered(self, name: str, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` found out about the public content, asked again only when a page would be made again."""
        moment = self.moment()
        known = self._facts.get(name)
        if moment is not None and known and known[0] == moment:
            return cast(T, known[1])
        made = await make()
        if moment is not None:
            self._facts[name] = (moment, made)
        return made

    def _drop(self, path: str) -> None:
        kept = self._kept.pop(path, None)
        if kept:
            self._held -= kept[1].size


class CachedPages:
    """Middleware: answers from the cache where it can; lets a change be seen before it says that it was made."""

    def __init__(self, app: ASGIApp, cache: PageCache) -> None:
        self.app = app
        self.cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, self._settling(send))
        else:
            moment = self.cache.moment()
            kept = None if scope["query_string"] else self.cache.find(scope["path"], moment)
            scope["eventsite.moment"] = moment
            await (kept or self.app)(scope, receive, send)

    def _settling(self, send: Send) -> Send:
        async def settle_first(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self.cache.revision.settle()
            await send(message)

        return settle_first


@lru_cache(maxsize=256)
def accepts_gzip(header: bytes) -> bool:
    """Whether an Accept-Encoding field asks for gzip (RFC 9110 12.5.3; a weight of 0 means no)."""
    for part in header.lower().split(b","):
        name, _, weight = part.partition(b";")
        if name.strip() in {b"gzip", b"*"}:
            return weight.replace(b" ", b"") not in {b"q=0", b"q=0.0", b"q=0.00", b"q=0.000"}
    return False


def _variant(body: bytes, etag: str, given: dict[str, str], *, varies: bool) -> Variant:
    fields = given | {"etag": etag} | ({"vary": "Accept-Encoding"} if varies else {})
    raw = [(name.encode(), value.encode("latin-1")) for name, value in fields.items()]
    unchanged = [
        field for field in raw if field[0] not in {b"content-type", b"content-encoding", b"content-disposition"}
    ]
    return Variant(body, etag.encode(), [*raw, (b"content-length", str(len(body)).encode())], unchanged)


def _is_compressible(body: bytes, media_type: str) -> bool:
    kind = media_type.partition(";")[0]
    return len(body) >= SMALLEST_COMPRESSED and (
        kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
    )


def _is_not_newer(modified: datetime | None, since: bytes) -> bool:
    try:
        return modified is not None and modified.replace(microsecond=0) <= parsedate_to_datetime(
            since.decode("latin-1")
        )
    except (TypeError, ValueError):
        return False
