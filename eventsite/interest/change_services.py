"""Changing and cancelling what people have in their calendars: the deed and every letter of it in one transaction.

Whoever was invited by calendar gets an update or a cancellation of their entry. Whoever wants to come and was never
invited may hold the dates from our first letter, and gets the file to put over it. Of what is over nothing is written,
and of a draft neither.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import Refusal
from eventsite.events import queries, services, session_services
from eventsite.events.drafts import EventDraft, SessionDraft
from eventsite.events.tables import Event, ProgrammeSession, SessionState
from eventsite.interest.change_letters import Press
from eventsite.interest.change_queries import (
    mailing_of_cancellation,
    mailing_of_change,
    mailing_of_session_cancellation,
)
from eventsite.interest.change_rules import Follower, Mailing, SeatHolder, SessionMailing
from eventsite.interest.invites import Occasion, send_cancel, send_request
from eventsite.interest.place_queries import hold_event
from eventsite.interest.states import Deed, after, before
from eventsite.mail.letters import Letter
from eventsite.mail.outbox import enqueue
from eventsite.mail.tables import Cause
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery

_LEAVING = ", ".join(f"'{state}'" for state in before(Deed.CANCEL))
END_INTERESTS = f"""
    UPDATE interest SET state = '{after(Deed.CANCEL)}', changed_at = {{}}
    WHERE event = {{}} AND state IN ({_LEAVING})
"""  # noqa: S608 -- our own words
END_SEATS = """
    UPDATE seat SET state = 'cancelled', waitlisted_at = NULL, changed_at = {}
    WHERE state IN ('taken', 'waitlisted') AND session IN (SELECT id FROM programme_session WHERE event = {})
"""
HELD = "UPDATE invite SET sequence = {} WHERE person = {} AND event = {} AND session IS NULL"
END_SEATS_ON = """
    UPDATE seat SET state = 'cancelled', waitlisted_at = NULL, changed_at = {}
    WHERE state IN ('taken', 'waitlisted') AND session = {}
"""


class MoreThanShown(Refusal):
    """More people would get a letter than this page said. Look at the numbers again before you go on."""

    def __init__(self, mailing: Mailing) -> None:
        super().__init__()
        self.mailing = mailing


async def change_event(
    event: Event,
    draft: EventDraft,
    *,
    seen_at: datetime,
    shown: int,
    own_words: str = "",
    actor: str,
    stationery: Stationery,
    now: datetime,
) -> Mailing:
    """Changes an event as `events.services.edit_event` does, and writes to all whose calendars are to learn of it.

    `shown` is how many people the organiser was told will be written to, nought where nothing was said; `own_words` are
    put into every letter. Raises MoreThanShown, which knows whom, where there are more, and whatever `edit_event`
    raises. Then nothing is changed.
    """
    async with transaction():
        old, planned = await hold_event(event.id), await queries.sessions_of(event.id)
        await services.edit_event(old, draft, seen_at=seen_at, actor=actor, now=now)
        new = await queries.get_event_by_id(event.id)
        mailing = await mailing_of_change(old, new, await _pairs(planned, event.id), now)
        _ensure_shown(mailing, shown)
        await _write(mailing, ("event", event.id), _Hand(actor, stationery, now, own_words))
    return mailing


async def change_session(
    session: ProgrammeSession,
    draft: SessionDraft,
    *,
    seen_at: datetime,
    shown: int,
    own_words: str = "",
    actor: str,
    stationery: Stationery,
    now: datetime,
) -> Mailing:
    """The same for a session: see `change_event` and `events.session_services.edit_session`."""
    async with transaction():
        event, old = await hold_event(session.event), await queries.get_session(session.id)
        await session_services.edit_session(old, draft, seen_at=seen_at, actor=actor, now=now)
        new = await queries.get_session(session.id)
        mailing = await mailing_of_change(event, event, [(old, new)], now)
        _ensure_shown(mailing, shown)
        await _write(mailing, ("session", session.id), _Hand(actor, stationery, now, own_words))
    return mailing


async def call_off_event(
    event: Event, *, shown: int, own_words: str = "", actor: str, stationery: Stationery, now: datetime
) -> Mailing:
    """Cancels an event with its programme, every place and every seat, and writes to all who wanted to come.

    Raises MoreThanShown as `change_event` does, and NotPublished.
    """
    async with transaction():
        old = await hold_event(event.id)
        planned = {one.id for one in await queries.sessions_of(event.id) if one.state == SessionState.SCHEDULED}
        await services.cancel_event(old, actor=actor, now=now)
        new = await queries.get_event_by_id(event.id)
        ended = [one for one in await queries.sessions_of(event.id) if one.id in planned]
        mailing = await mailing_of_cancellation(new, ended, now)
        _ensure_shown(mailing, shown)
        await execute(END_INTERESTS, now, event.id)
        await execute(END_SEATS, now, event.id)
        await _write(mailing, ("event", event.id), _Hand(actor, stationery, now, own_words))
    return mailing


async def call_off_session(
    session: ProgrammeSession, *, shown: int, own_words: str = "", actor: str, stationery: Stationery, now: datetime
) -> Mailing:
    """Cancels a session and every seat on it, and writes to all who have added it.

    Raises MoreThanShown as `change_event` does, and SessionCancelled.
    """
    async with transaction():
        event = await hold_event(session.event)
        await session_services.cancel_session(session, actor=actor, now=now)
        new = await queries.get_session(session.id)
        mailing = await mailing_of_session_cancellation(event, new, now)
        _ensure_shown(mailing, shown)
        await execute(END_SEATS_ON, now, session.id)
        await _write(mailing, ("session", session.id), _Hand(actor, stationery, now, own_words))
    return mailing


@dataclass(frozen=True)
class _Hand:
    """Who writes, on what, when, and what they say of it themselves."""

    actor: str
    stationery: Stationery
    now: datetime
    own_words: str


async def _pairs(before: Sequence[ProgrammeSession], event_id: str) -> list[tuple[ProgrammeSession, ProgrammeSession]]:
    """Each session as it was and as it is."""
    now = {session.id: session for session in await queries.sessions_of(event_id)}
    return [(session, now[session.id]) for session in before if session.id in now]


def _ensure_shown(mailing: Mailing, shown: int) -> None:
    if mailing.people > shown:
        raise MoreThanShown(mailing)


async def _write(mailing: Mailing, subject: tuple[str, str], hand: _Hand) -> None:
    press = Press(mailing, hand.stationery, hand.own_words)
    for follower in mailing.followers:
        await _tell_follower(press, follower, hand)
        # Thousands of letters are some seconds, in which others want to be served.
        await asyncio.sleep(0)
    for part in mailing.sessions:
        for holder in part.holders:
            await _tell_holder(press, part, holder, hand)
            await asyncio.sleep(0)
    if mailing.people:
        details: dict[str, object] = {"people": mailing.people, "letters": mailing.letters}
        await ledger.record(f"{subject[0]}.told", subject=subject, actor=hand.actor, now=hand.now, details=details)


async def _tell_follower(press: Press, follower: Follower, hand: _Hand) -> None:
    letter, event = press.letter_to_follower(follower), press.mailing.event
    if follower.has_entry:
        await _send(press, follower.person, press.occasion_of(), letter, hand)
        return
    if follower.told is not None:
        await execute(HELD, follower.number_of_hold(event), follower.person.id, event.id)
    # A thread of its own: a letter about their place must neither take this one back nor be taken back by it.
    thread = f"hold-{follower.interest_id}"
    await _post(letter, f"interest:{follower.interest_id}", hand, thread)


async def _tell_holder(press: Press, part: SessionMailing, holder: SeatHolder, hand: _Hand) -> None:
    letter = press.letter_to_holder(part, holder)
    if holder.has_entry:
        await _send(press, holder.person, press.occasion_of(part), letter, hand)
    else:
        await _post(letter, f"seat:{holder.seat_id}", hand)


async def _send(press: Press, person: KnownPerson, occasion: Occasion, letter: Letter, hand: _Hand) -> None:
    send = send_cancel if press.mailing.is_cancellation else send_request
    await send(person, occasion, letter, cause=Cause.ORGANISER, stationery=hand.stationery, now=hand.now)


async def _post(letter: Letter, about: str, hand: _Hand, thread: str | None = None) -> None:
    key, settings = f"{about}:{new_id()}", hand.stationery.settings
    await enqueue(letter, key=key, cause=Cause.ORGANISER, now=hand.now, settings=settings, thread=thread)
