"""The site's own files under `static/`: read once, compressed once, served under names that hold their digest."""

import hashlib
import mimetypes
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request

from eventsite.web.caching import IMMUTABLE, FinishedPage


class StaticFiles:
    """`address(name)` for templates, `answer` for the route: `/static/site.0f3a9c21.css`, kept for a year."""

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, FinishedPage] = {}
        self._addresses: dict[str, str] = {}
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            self._add(path.relative_to(folder).as_posix(), path.read_bytes())

    def address(self, name: str) -> str:
        """The address of a file under `static/`; raises KeyError for one that is not there."""
        return self._addresses[name]

    async def answer(self, request: Request) -> FinishedPage:
        """The file of that hashed name, or 404."""
        try:
            return self._files[request.path_params["name"]]
        except KeyError:
            raise HTTPException(404) from None

    async def favicon(self, request: Request) -> FinishedPage:
        """What browsers ask for without being told to."""
        return self._files[self.address("favicon.svg").removeprefix("/static/")]

    def _add(self, name: str, content: bytes) -> None:
        stem, dot, ending = name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{dot}{ending}"
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kind = (
            f"{media_type}; charset=utf-8"
            if media_type.startswith("text/") or media_type.endswith(("xml", "javascript"))
            else media_type
        )
        self._files[hashed] = FinishedPage(content, kind, cache_control=IMMUTABLE)
        self._addresses[name] = f"/static/{hashed}"
