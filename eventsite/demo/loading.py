"""Puts the demonstration content into an empty database. One that has an event already is left as it is."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from eventsite.clock import LONDON, london_date
from eventsite.database import transaction
from eventsite.demo import content, writeup
from eventsite.demo.content import DemoEvent, DemoSession
from eventsite.demo.crowd import add_crowd
from eventsite.demo.moderation import moderate_so_far
from eventsite.demo.places import invite_and_answer
from eventsite.demo.questions import QUESTIONS, DemoQuestion
from eventsite.demo.two_hundred import add_two_hundred
from eventsite.events.tables import Appearance, Event, EventState, Part, ProgrammeSession, Speaker
from eventsite.questions.tables import Question, QuestionTheme, Theme
from eventsite.questions.theme_services import suggest_for
from eventsite.stationery import Stationery
from eventsite.writeups.tables import Writeup, WriteupSpeaker, WriteupState


async def load_demonstration(
    *,
    now: datetime,
    stationery: Stationery | None = None,
    crowd: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Loads events, programme, people on stage, write-up, themes and questions in one transaction; True if it did.

    With `stationery` to write letters with, fifty invented people have registered and answered by the services of the
    site, and questions were moderated. `crowd` adds two thousand more, and two hundred questions, as rows alone, for
    those who want to see long lists; `progress` is told how many people are in.
    """
    async with transaction():
        if await Event.exists():
            return False
        june = content.next_june(london_date(now))
        north = await _add_event(content.NORTH, content.NORTH_DAYS, now)
        await _add_event(content.MIDLANDS, june, now)
        await _add_event(content.MENTAL_HEALTH, june, now)
        await _add_writeup(north, await _add_panel(north, now), now)
        await _add_questions(await _themes(), now)
        if stationery:
            await invite_and_answer(stationery, now)
            await moderate_so_far(stationery, now)
        if crowd:
            await add_two_hundred(await _session_id("hpn-midlands", "ai-safety"), now)
            await add_crowd(now, progress)
    return True


async def _themes() -> dict[str, str]:
    return {row["slug"]: row["id"] for row in await Theme.select(Theme.id, Theme.slug)}


async def _add_event(demo: DemoEvent, days: tuple[date, date], now: datetime) -> Event:
    event = Event(
        slug=demo.slug,
        name=demo.name,
        summary=demo.summary,
        starts_on=days[0],
        ends_on=days[1],
        venue=demo.venue,
        town=demo.town,
        motif=demo.motif,
        capacity=demo.capacity,
        state=EventState.PUBLISHED,
        created_at=now,
        updated_at=now,
    )
    await event.save()
    await ProgrammeSession.insert(*(_session(event, session, now) for session in demo.programme))
    return event


def _session(event: Event, demo: DemoSession, now: datetime) -> ProgrammeSession:
    day = event.starts_on + timedelta(days=demo.day)
    return ProgrammeSession(
        event=event.id,
        slug=demo.slug,
        title=demo.title,
        kind=demo.kind,
        summary=demo.summary,
        starts_at=_moment(day, demo.starts),
        ends_at=_moment(day, demo.ends),
        room=demo.room,
        capacity=demo.capacity,
        takes_questions=demo.takes_questions,
        created_at=now,
        updated_at=now,
    )


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON)


async def _add_panel(event: Event, now: datetime) -> list[tuple[Speaker, Part]]:
    speakers = [
        (Speaker(name=name, job_title=post, organisation=organisation, created_at=now, updated_at=now), part)
        for name, post, organisation, part in content.NORTH_PANEL
    ]
    await Speaker.insert(*(speaker for speaker, _ in speakers))
    session_id = await _session_id(event.slug, writeup.SLUG)
    await Appearance.insert(
        *(
            Appearance(session=session_id, speaker=speaker.id, part=part, position=position)
            for position, (speaker, part) in enumerate(speakers)
        )
    )
    return speakers


async def _add_writeup(event: Event, panel: Iterable[tuple[Speaker, Part]], now: datetime) -> None:
    row = Writeup(
        slug=writeup.SLUG,
        title=writeup.TITLE,
        standfirst=writeup.STANDFIRST,
        body=writeup.BODY,
        event=event.id,
        session=await _session_id(event.slug, writeup.SLUG),
        drawing="writeup-ai-safety.svg",
        image_alt=writeup.IMAGE_ALT,
        state=WriteupState.PUBLISHED,
        published_at=_moment(content.WRITTEN_ON, time(9)),
        created_at=now,
        updated_at=now,
    )
    await row.save()
    await WriteupSpeaker.insert(
        *(
            WriteupSpeaker(writeup=row.id, speaker=speaker.id, part=part, position=position)
            for position, (speaker, part) in enumerate(panel)
        )
    )


async def _add_questions(themes: dict[str, str], now: datetime) -> None:
    for number, demo in enumerate(QUESTIONS):
        question = _question(demo, await _session_id(*demo.panel), now - timedelta(hours=5 * (number + 1)))
        await question.save()
        links = [QuestionTheme(question=question.id, theme=themes[slug]) for slug in demo.themes if slug in themes]
        if links:
            await QuestionTheme.insert(*links)
        await suggest_for(question.id, demo.text)


def _question(demo: DemoQuestion, session_id: str, at: datetime) -> Question:
    return Question(
        session=session_id,
        name=demo.name,
        anonymous=not demo.name,
        text=demo.text,
        original_text=demo.original or None,
        state=demo.state,
        rejection_reason=demo.reason or None,
        decided_at=None if demo.state == "pending" else at + timedelta(hours=2),
        dedupe_key=sha256(f"demonstration {demo.text}".encode()).hexdigest(),
        submitted_at=at,
    )


async def _session_id(event_slug: str, session_slug: str) -> str:
    row = (
        await ProgrammeSession.select(ProgrammeSession.id)
        .where((ProgrammeSession.event.slug == event_slug) & (ProgrammeSession.slug == session_slug))
        .first()
    )
    assert row is not None
    return str(row["id"])
