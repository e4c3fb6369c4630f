"""Reads about people."""

from eventsite.errors import NotFound
from eventsite.people.rules import ANNOUNCEMENTS, UPDATES
from eventsite.people.tables import Consent, ConsentAction, Person
from eventsite.tokens import Purpose, is_valid_token, read_row_id


async def get_person_of_link(secret: str, token: str) -> Person:
    """The person a link to `/my/{token}` belongs to; NotFound for a wrong, foreign or revoked one."""
    person = await Person.objects().get(Person.id == (read_row_id(token) or ""))
    if person is None or not is_valid_token(secret, Purpose.MY, token, person.link_version):
        raise NotFound
    return person


async def person_with_address(email_key: str) -> Person | None:
    """The person known by a casefolded address, if there is one."""
    return await Person.objects().get(Person.email_key == email_key)


async def wants_updates(person_id: str) -> bool:
    """Whether the newest word from a person on news of other events is yes: without a word it is not sent."""
    return await _newest_word(person_id, UPDATES) == ConsentAction.GIVEN


async def takes_announcements(person_id: str) -> bool:
    """Whether organisers may write to a person about the person's own events: yes until told otherwise."""
    return await _newest_word(person_id, ANNOUNCEMENTS) != ConsentAction.WITHDRAWN


async def _newest_word(person_id: str, purpose: str) -> str | None:
    newest = (
        await Consent.select(Consent.action)
        .where((Consent.person == person_id) & (Consent.purpose == purpose))
        .order_by(Consent.at, ascending=False)
        .order_by(Consent.id, ascending=False)
        .first()
    )
    return newest["action"] if newest else None
