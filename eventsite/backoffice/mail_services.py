"""What organisers do about mail: send again, write again, and be done with a message. Each is one transaction."""

from datetime import datetime

from eventsite import ledger
from eventsite.backoffice.mail_queries import get_stopped
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.mail import outbox, suppression

# The row stays without the message, so that the same one is not looked at twice.
DONE = """
    UPDATE inbound_letter SET outcome = 'ignored', content = NULL WHERE id = {} AND outcome = 'quarantined' RETURNING id
"""


class NotAsShown(Refusal):
    """There are other letters now than this page showed. Nothing has been sent: look again."""


async def send_letter_again(letter_id: str, *, actor: str, now: datetime) -> None:
    """A letter that was given up starts afresh. Raises NotFound, NotGivenUp and Overtaken."""
    async with transaction():
        await outbox.requeue(letter_id, now=now)
        await ledger.record("letter.requeued", subject=("outbox_letter", letter_id), actor=actor, now=now)


async def send_all_again(to: str, *, shown: int, actor: str, now: datetime) -> int:
    """Every letter that was given up starts afresh, to addresses with these characters in them; how many they are.

    `shown` is how many the organiser saw: raises NotAsShown for any other number, and sends none.
    """
    async with transaction():
        letters = await outbox.requeue_all(to, now=now)
        if letters != shown or not letters:
            raise NotAsShown
        details: dict[str, object] = {"letters": letters}
        await ledger.record("letters.requeued", subject=("deed", new_id()), actor=actor, now=now, details=details)
    return letters


async def write_again(stopped_id: str, *, actor: str, now: datetime) -> str:
    """Lets letters go to an address again, which it returns. Raises NotFound."""
    async with transaction():
        stopped = await get_stopped(stopped_id)
        await suppression.lift(stopped.address_key)
        await ledger.record("address.allowed", subject=("suppression", stopped_id), actor=actor, now=now)
    return stopped.address_key


async def be_done_with(arrival_id: str, *, actor: str, now: datetime) -> None:
    """Deletes a message that an organiser has looked at. Raises NotFound for one that is not in quarantine."""
    async with transaction():
        if not await execute(DONE, arrival_id):
            raise NotFound
        await ledger.record("message.deleted", subject=("inbound_letter", arrival_id), actor=actor, now=now)
