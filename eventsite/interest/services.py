"""Verbs about interest. Each is one transaction: row, ledger entry and finished letter together or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.events.queries import ensure_still_published
from eventsite.events.rules import ensure_open_for_interest
from eventsite.events.tables import Event
from eventsite.interest.letters import interest_known, interest_received
from eventsite.interest.place_queries import hold_event, hold_standing
from eventsite.interest.place_services import leave, pass_on_places_of
from eventsite.interest.rules import QUIET_AFTER_LETTER
from eventsite.interest.states import Deed, InterestState, after, before, can
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson, PersonDraft, find_or_add_person, record_consent
from eventsite.people.tables import ConsentAction
from eventsite.stationery import Stationery


def _registering(states: Iterable[InterestState]) -> str:
    back = ", ".join(f"'{state}'" for state in states)
    return f"""
        INSERT INTO interest (id, person, event, state, registered_at, changed_at) VALUES {{rows}}
        ON CONFLICT (person, event) DO UPDATE SET state = excluded.state, changed_at = excluded.changed_at
        WHERE interest.state IN ({back}) RETURNING event
    """  # noqa: S608 -- our own names


# Anybody can type anybody's address: a form brings back what was withdrawn, the person's own link all that can be.
BY_FORM = _registering([InterestState.WITHDRAWN])
BY_LINK = _registering(before(Deed.REGISTER))
ROW = f"({{}}, {{}}, {{}}, '{after(Deed.REGISTER)}', {{}}, {{}})"
WRITTEN_LATELY = (
    "SELECT 1 AS found FROM outbox_letter WHERE recipient_key = {} AND kind LIKE 'interest/%' AND created_at > {}"
)


@dataclass(frozen=True)
class InterestDraft:
    """What the form says: who, which events (as just read from the database), and whether news of others is wished."""

    person: PersonDraft
    events: Sequence[Event]
    updates: bool


async def register_interest(
    draft: InterestDraft, *, stationery: Stationery, now: datetime, by_link: bool = False
) -> KnownPerson:
    """Registers a person's interest and writes to them.

    A first form makes the person; a later one adds the events that are missing (a withdrawn interest comes back) and
    changes nothing else. Where nothing was new, one letter brings the link to their page, unless one just did.
    `by_link` says that they came by the link to their own page: then a declined or expired offer becomes an interest
    again, too. Raises InterestClosed where an event closed meanwhile.
    """
    for event in draft.events:
        ensure_open_for_interest(event, now)
    async with transaction():
        await ensure_still_published(draft.events)
        person = await find_or_add_person(draft.person, now=now)
        new = await _register(person, draft.events, BY_LINK if by_link else BY_FORM, now)
        if draft.updates and person.is_new:
            await record_consent(person.id, ConsentAction.GIVEN, source="interest form", now=now)
        if new:
            await _thank(person, new, Cause.SYSTEM if by_link else Cause.VISITOR, stationery, now)
        elif not await execute(WRITTEN_LATELY, draft.person.email_key, now - QUIET_AFTER_LETTER):
            await _remind(person, stationery, now)
    return person


async def withdraw_interest(
    person_id: str, event_id: str, *, actor: str, stationery: Stationery, now: datetime
) -> bool:
    """Takes an interest back, and with it a place, an offer and seats, which pass on.

    False where there was none to take back: withdrawing twice is no fault. Raises NotFound where there never was one.
    """
    async with transaction():
        event = await hold_event(event_id)
        standing = await hold_standing(event_id, person_id)
        if not can(Deed.WITHDRAW, standing.state):
            return False
        await leave(event, standing, Deed.WITHDRAW, actor=actor, stationery=stationery, now=now)
        await pass_on_places_of(event_id, stationery=stationery, now=now)
        return True


async def _register(person: KnownPerson, events: Sequence[Event], sql: str, now: datetime) -> list[Event]:
    """The events that were new to this person. Written in one order, so that two forms at once never wait in a ring."""
    ordered = sorted(events, key=lambda event: event.id)
    values = [value for event in ordered for value in (new_id(), person.id, event.id, now, now)]
    rows = await execute(sql.replace("{rows}", ", ".join([ROW] * len(ordered))), *values)
    registered = {row["event"] for row in rows}
    return [event for event in events if event.id in registered]


async def _thank(
    person: KnownPerson, events: Sequence[Event], cause: Cause, stationery: Stationery, now: datetime
) -> None:
    details: dict[str, object] = {"events": [event.slug for event in events]}
    await ledger.record(
        "interest.registered", subject=("person", person.id), actor=ledger.VISITOR, now=now, details=details
    )
    letter = interest_received(person, events, stationery)
    key = f"interest:{new_id()}:received"
    await enqueue(letter, key=key, cause=cause, now=now, settings=stationery.settings)


async def _remind(person: KnownPerson, stationery: Stationery, now: datetime) -> None:
    letter = interest_known(person, stationery)
    await enqueue(letter, key=f"interest:{new_id()}:known", cause=Cause.VISITOR, now=now, settings=stationery.settings)
