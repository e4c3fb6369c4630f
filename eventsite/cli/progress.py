"""A progress bar on a terminal; in a pipe, nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

WIDTH = 40


class Bar:
    """Called with how much of how much is done, it draws itself anew on one line."""

    def __init__(self, what: str, stream: TextIO) -> None:
        self._what = what
        self._stream = stream
        self._shown = -1

    def __call__(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        if percent != self._shown:
            self._shown = percent
            filled = WIDTH * percent // 100
            self._stream.write(f"\r{self._what} [{'#' * filled}{'.' * (WIDTH - filled)}] {percent:3} %")
            self._stream.flush()


@contextmanager
def bar(what: str, stream: TextIO = sys.stderr) -> Iterator[Bar]:
    """A bar while the block lasts, on a terminal alone; the line is cleared at the end."""
    if not stream.isatty():
        yield Silent(what, stream)
        return
    yield Bar(what, stream)
    stream.write("\r\x1b[K")
    stream.flush()


class Silent(Bar):
    """A bar that nobody is there to see."""

    def __call__(self, done: int, total: int) -> None:
        """Says nothing."""
