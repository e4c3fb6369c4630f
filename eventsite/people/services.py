"""Verbs about people. A person is made by the first form that names their address, and changed by themselves alone."""

from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, for_update, new_id, transaction
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.rules import ANNOUNCEMENTS, UPDATES, WORDINGS
from eventsite.people.tables import ConsentAction

FIND = "SELECT id, email, name, link_version FROM person WHERE email_key = {}"
ADD = """
    INSERT INTO person (id, email, email_key, name, job_title, organisation, link_version, created_at, updated_at)
    VALUES ({}, {}, {}, {}, {}, {}, 0, {}, {}) ON CONFLICT (email_key) DO NOTHING RETURNING id
"""
CHANGE = """
    UPDATE person SET name = {}, job_title = {}, organisation = {}, updated_at = {}
    WHERE id = {} AND NOT (name = {} AND job_title = {} AND organisation = {}) RETURNING id
"""
HOLD = "UPDATE person SET updated_at = updated_at WHERE id = {} RETURNING id"
# Who says stop means now: what waits, perhaps for an hour behind two thousand others, does not go.
TAKE_BACK = """
    DELETE FROM outbox_letter WHERE state = 'waiting' AND kind LIKE 'announcements/%'
        AND recipient_key = (SELECT email_key FROM person WHERE id = {})
"""
CONSENT = "INSERT INTO consent (id, person, purpose, action, wording, source, at) VALUES ({}, {}, {}, {}, {}, {}, {})"


@dataclass(frozen=True)
class PersonDraft:
    """What a form says about who sends it. `email_key` is the address casefolded."""

    email: str
    email_key: str
    name: str
    job_title: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Details:
    """What a person may change about themselves. An address is changed by writing to us: a link is sent to it."""

    name: str
    job_title: str
    organisation: str


@dataclass(frozen=True)
class KnownPerson:
    """A person as a service needs them. `is_new` says that this very deed made the row."""

    id: str
    email: str
    name: str
    link_version: int
    is_new: bool


async def find_or_add_person(draft: PersonDraft, *, now: datetime) -> KnownPerson:
    """The person with this address; what is stored of one we know is left as it is. Call it inside a transaction.

    The row is held until then, so that whoever is erased at that moment is erased before or after the whole deed.
    """
    said = (draft.email, draft.email_key, draft.name, draft.job_title, draft.organisation)
    while True:
        person_id = new_id()
        if await execute(ADD, person_id, *said, now, now):
            return KnownPerson(person_id, draft.email, draft.name, 0, is_new=True)
        # They may be erased between the two statements: then the next round makes them anew.
        for known in await execute(FIND + for_update(keeps_key=True), draft.email_key):
            return KnownPerson(**known, is_new=False)


async def record_consent(
    person_id: str, action: ConsentAction, *, source: str, now: datetime, purpose: str = UPDATES
) -> None:
    """Writes down what a person wants or no longer does, with the words they were shown."""
    await execute(CONSENT, new_id(), person_id, purpose, action.value, WORDINGS[purpose], source, now)


async def change_details(person_id: str, details: Details, *, now: datetime) -> bool:
    """Changes what is stored of a person, as they ask. False where it said so already."""
    said = (details.name, details.job_title, details.organisation)
    async with transaction():
        changed = await execute(CHANGE, *said, now, person_id, *said)
        if changed:
            await ledger.record("person.changed", subject=("person", person_id), actor=ledger.VISITOR, now=now)
    return bool(changed)


async def switch_updates(person_id: str, *, wanted: bool, source: str, now: datetime) -> bool:
    """Sends a person news of other events from now on, or stops it. False where it stood so already."""
    async with transaction():
        if not await execute(HOLD, person_id) or await wants_updates(person_id) == wanted:
            return False
        await _switch(UPDATES, person_id, wanted, source, now)
    return True


async def switch_announcements(person_id: str, *, wanted: bool, source: str, now: datetime) -> bool:
    """Writes down that a person objects to announcements about their events, or does so no longer.

    False where it stood so already. Announcements that still wait for them are not sent; letters about their own place,
    seats and questions go to them all the same.
    """
    async with transaction():
        if not await execute(HOLD, person_id) or await takes_announcements(person_id) == wanted:
            return False
        await _switch(ANNOUNCEMENTS, person_id, wanted, source, now)
        if not wanted:
            await execute(TAKE_BACK, person_id)
    return True


async def unsubscribe(person_id: str, *, source: str, now: datetime) -> bool:
    """Stops announcements and news of other events together: what "unsubscribe" and "junk" in a mail program mean.

    False where nothing was left to stop, or nobody is there any more.
    """
    async with transaction():
        announcements = await switch_announcements(person_id, wanted=False, source=source, now=now)
        updates = await switch_updates(person_id, wanted=False, source=source, now=now)
    return announcements or updates


async def _switch(purpose: str, person_id: str, wanted: bool, source: str, now: datetime) -> None:
    """Called with the person's row held, so that two clicks at once are one word after the other."""
    action = ConsentAction.GIVEN if wanted else ConsentAction.WITHDRAWN
    await record_consent(person_id, action, source=source, now=now, purpose=purpose)
    subject = ("person", person_id)
    await ledger.record(f"{purpose}.{action.value}", subject=subject, actor=ledger.VISITOR, now=now)
