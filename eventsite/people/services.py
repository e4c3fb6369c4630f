"""Verbs about people. A person is made by the first form that names their address, and changed by themselves alone."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.database import execute, new_id
from eventsite.people.rules import UPDATES, UPDATES_WORDING
from eventsite.people.tables import ConsentAction

FIND = "SELECT id, email, name, link_version FROM person WHERE email_key = {}"
ADD = """
    INSERT INTO person (id, email, email_key, name, job_title, organisation, link_version, created_at, updated_at)
    VALUES ({}, {}, {}, {}, {}, {}, 0, {}, {}) ON CONFLICT (email_key) DO NOTHING RETURNING id
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
class KnownPerson:
    """A person as a service needs them. `is_new` says that this very deed made the row."""

    id: str
    email: str
    name: str
    link_version: int
    is_new: bool


async def find_or_add_person(draft: PersonDraft, *, now: datetime) -> KnownPerson:
    """The person with this address; what is stored of one we know is left as it is. Call it inside a transaction."""
    found = await execute(FIND, draft.email_key)
    if found:
        return KnownPerson(**found[0], is_new=False)
    person_id = new_id()
    said = (draft.email, draft.email_key, draft.name, draft.job_title, draft.organisation)
    if await execute(ADD, person_id, *said, now, now):
        return KnownPerson(person_id, draft.email, draft.name, 0, is_new=True)
    return KnownPerson(**(await execute(FIND, draft.email_key))[0], is_new=False)


async def record_consent(person_id: str, action: ConsentAction, *, source: str, now: datetime) -> None:
    """Writes down that a person asked for news of other events, or no longer wants it, with the words they were shown."""
    await execute(CONSENT, new_id(), person_id, UPDATES, action.value, UPDATES_WORDING, source, now)
