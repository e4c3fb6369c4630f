"""What a person does on their own page that spans rooms."""

from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import Refusal
from eventsite.events.tables import Event
from eventsite.interest.services import InterestDraft, register_interest
from eventsite.interest.states import ACTIVE, Deed, can
from eventsite.interest.tables import Interest
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.people.own_page import own_page_link
from eventsite.people.queries import person_with_address
from eventsite.people.services import KnownPerson, PersonDraft
from eventsite.people.tables import Person
from eventsite.stationery import Stationery

NOBODY = KnownPerson("0" * 16, "nobody@example.org", "Nobody", 0, is_new=False)
RENEW = "UPDATE person SET calendar_version = calendar_version + 1, updated_at = {} WHERE id = {} RETURNING id"
THROW_AWAY = "DELETE FROM outbox_letter WHERE key = {} RETURNING id"


class PlaceCancelled(Refusal):
    """Your place was cancelled by the organisers. Write to us if you think that is wrong."""


async def send_link_again(email_key: str, *, stationery: Stationery, now: datetime) -> bool:
    """Writes to an address (casefolded) with the link to its own page, if we know it. Only the caller hears whether."""
    key = f"self_service:{new_id()}:link"
    async with transaction():
        person = await person_with_address(email_key)
        letter = own_page_link(_known(person) if person else NOBODY, stationery)
        await enqueue(letter, key=key, cause=Cause.VISITOR, now=now, settings=stationery.settings)
        if person is None:
            # Written and thrown away, so that the time it takes does not tell who is known.
            await execute(THROW_AWAY, key)
            return False
        await ledger.record("link.sent", subject=("person", person.id), actor=ledger.VISITOR, now=now)
    return True


async def return_interest(person: Person, interest: Interest, *, stationery: Stationery, now: datetime) -> None:
    """Takes an interest up again that was withdrawn, declined or ran out, with the same letter as the first time.

    One that stands is left alone. Raises InterestClosed where the event has closed meanwhile, PlaceCancelled where the
    organisers took the place back.
    """
    if interest.state in ACTIVE:
        return
    if not can(Deed.REGISTER, interest.state):
        raise PlaceCancelled
    event: Event = interest.event
    known = PersonDraft(person.email, person.email_key, person.name, person.job_title, person.organisation)
    draft = InterestDraft(known, [event], updates=False)
    await register_interest(draft, stationery=stationery, now=now, by_link=True)


async def renew_calendar(person_id: str, *, now: datetime) -> None:
    """Gives a person's own feed a new address; the old one is a 404 from now on."""
    async with transaction():
        for row in await execute(RENEW, now, person_id):
            await ledger.record("person.calendar_renewed", subject=("person", row["id"]), actor=ledger.VISITOR, now=now)


def _known(person: Person) -> KnownPerson:
    return KnownPerson(person.id, person.email, person.name, person.link_version, is_new=False)
