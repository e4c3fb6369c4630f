"""One letter from its claim to its settlement: handed over, and written down with whatever the mail server said."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from eventsite.database import transaction
from eventsite.mail import settlements
from eventsite.mail.addresses import address_key
from eventsite.mail.book import Book, warn_of_lost, write_down
from eventsite.mail.claims import ClaimedLetter
from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Permanent, Transient, Transport, Unreachable
from eventsite.mail.rhythm import Rhythm
from eventsite.mail.rules import speaks_of_address
from eventsite.mail.suppression import note_bounce

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """Hands letters to a transport and settles them. `chance` is a source of numbers from 0 to 1."""

    transport: Transport
    now: Callable[[], datetime]
    chance: Callable[[], float]
    rhythm: Rhythm

    async def deliver(self, letter: ClaimedLetter, book: Book) -> bool:
        """Hand over one letter; False where it came back through no fault of its own, as the next one would."""
        if not await self._still_ours(letter):
            return True
        try:
            await self.transport.deliver(letter.sender, letter.recipient, letter.content, letter_id=letter.id)
        except DeliveryFailure as failure:
            return await self._settle(letter, failure)
        except Exception as error:
            log_failure(f"Letter {letter.id} could not be handed over", error)
            return await self._settle(letter, Transient(type(error).__name__))
        await book.add(letter)
        return True

    async def give_back(self, letter: ClaimedLetter, *, words: str | None = None) -> None:
        """Let go of a letter as if it had not been claimed."""
        await self._write_down(partial(settlements.give_back, letter, words=words))

    async def _still_ours(self, letter: ClaimedLetter) -> bool:
        if letter.lease_until - self.now() > timedelta(seconds=self.rhythm.least_lease):
            return True
        return await settlements.renew(letter, now=self.now())

    async def _settle(self, letter: ClaimedLetter, failure: DeliveryFailure) -> bool:
        logger.warning("Letter %s was not delivered: %s", letter.id, type(failure).__name__)
        words = str(failure)
        if isinstance(failure, (Misconfigured, Unreachable)):
            await self.give_back(letter, words=words)
            return False
        if isinstance(failure, Permanent):
            await self._write_down(partial(_give_up, letter, failure, now=self.now()))
        else:
            again = partial(settlements.release, letter, now=self.now(), words=words, chance=self.chance())
            await self._write_down(partial(again, uncertain=failure.uncertain))
        return True

    async def _write_down(self, change: Callable[[], Awaitable[bool]]) -> None:
        warn_of_lost(1 - await write_down(change, self.rhythm))


async def _give_up(letter: ClaimedLetter, failure: Permanent, *, now: datetime) -> bool:
    """A refused address is noted as a bounce is: the server has only said at once what others say by letter."""
    async with transaction():
        if not await settlements.mark_dead(letter, words=str(failure)):
            return False
        if speaks_of_address(failure.status):
            bounce = partial(note_bounce, action="failed", status=failure.status, words=str(failure))
            await bounce(address_key(letter.recipient), letter_id=letter.id, now=now)
        return True


def log_failure(what: str, error: Exception) -> None:
    """Log where an exception was raised; its text may hold what somebody typed."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s: %s\n%s", what, type(error).__name__, where)
