"""Every address the application answers, read from its own routers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

SAFE = {"GET", "HEAD"}


@dataclass(frozen=True, order=True)
class Address:
    """A path as its route declares it, and the methods it takes (HEAD goes without saying)."""

    path: str
    methods: frozenset[str]

    @property
    def is_public(self) -> bool:
        """Whether it is for everybody: not on the desk, not somebody's own, and not the machinery's."""
        return not self.path.startswith(("/organise", "/dev/", "/static/", "/livez", "/readyz", "/metrics"))

    def filled(self, values: dict[str, str]) -> str:
        """The path with values in place of its parameters; `x` where none is given."""
        return re.sub(r"{(\w+)(?::\w+)?}", lambda match: values.get(match[1], "x"), self.path)


def addresses(application: ASGIApp) -> list[Address]:
    """Every route of an application, however it is wrapped; a path with two routes is one address."""
    found: dict[str, set[str]] = {}
    for path, methods in _walk(router_of(application).routes, ""):
        found.setdefault(path, set()).update(methods)
    return sorted(Address(path, frozenset(methods - {"HEAD"})) for path, methods in found.items())


def router_of(application: ASGIApp) -> Any:
    """The Starlette application inside its wrappers."""
    inner: Any = application
    while not hasattr(inner, "routes"):
        inner = inner.app
    return inner


def _walk(routes: Sequence[BaseRoute], prefix: str) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _walk(route.routes, prefix + route.path)
        elif isinstance(route, Route):
            yield prefix + route.path, set(route.methods or ())
