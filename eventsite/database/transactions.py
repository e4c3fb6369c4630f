"""What a transaction is, whichever engine runs it."""

import logging
from collections.abc import Callable
from types import TracebackType
from typing import Any, Literal, Self

from eventsite.database.errors import TransactionAbandoned

logger = logging.getLogger(__name__)

Callback = Callable[[], object]


class Joinable:
    """Mixed into both engines' transactions: an inner one joins the outer one, and all of it is kept or nothing.

    An exception that leaves an inner transaction dooms the whole, even where somebody catches it on the way:
    what the inner one had written before it failed must not be kept by accident.
    """

    engine: Any
    open: bool = False
    doomed: bool = False
    callbacks: list[Callback]
    _parent: Any

    def settle_parent(self) -> None:
        """Forget a parent that has ended: a task started inside a transaction may outlive it."""
        self.callbacks = []
        if self._parent is not None and not self._parent.open:
            self._parent = None

    async def __aenter__(self) -> Self:
        if self._parent is not None:
            parent: Self = self._parent
            return parent
        await self.begin()
        self.open = True
        self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> Literal[False]:
        if self._parent is not None:
            self._parent.doomed = self._parent.doomed or error is not None
            return False
        self.engine.current_transaction.set(None)
        if self.open:
            await self._end(error)
        return False

    async def _end(self, error: BaseException | None) -> None:
        if error is None and not self.doomed:
            await self.commit()
            return
        await self.rollback()
        if error is None:
            raise TransactionAbandoned("An inner transaction failed, so nothing of the outer one was kept.")

    async def begin(self) -> None:
        """Start; afterwards statements run inside."""
        raise NotImplementedError

    async def commit(self) -> None:
        """Keep everything, durably; end."""
        raise NotImplementedError

    async def rollback(self) -> None:
        """Keep nothing; end. Never raises for a connection that has died: then nothing was kept anyway."""
        raise NotImplementedError


def run_callbacks(callbacks: list[Callback]) -> None:
    """Run what was to happen after the commit. The commit stands, so a failure here is only logged."""
    for callback in callbacks:
        try:
            callback()
        except Exception:
            logger.exception("A callback after a commit failed")
