"""What is done to people on stage: who they are, and which sessions they are in, in which order."""

from dataclasses import asdict
from datetime import datetime

from piccolo.columns.combination import And

from eventsite import ledger
from eventsite.database import is_unique_violation, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.events.drafts import SpeakerDraft, StageDraft
from eventsite.events.tables import Appearance, Part, ProgrammeSession, Speaker


class AlreadyOnStage(Refusal):
    """This person is in this session already"""

    field = "speaker"


async def add_speaker(draft: SpeakerDraft, *, actor: str, now: datetime) -> Speaker:
    """A person on stage. One with the very same name, post and organisation is the one we have."""
    async with transaction():
        known = await Speaker.objects().get(_is(draft))
        if known is not None:
            return known
        speaker = Speaker(created_at=now, updated_at=now, **asdict(draft))
        await speaker.save()
        await _enter("speaker.added", ("speaker", speaker.id), actor, now)
    return speaker


async def edit_speaker(speaker: Speaker, draft: SpeakerDraft, *, actor: str, now: datetime) -> None:
    """Changes a person on stage, in every session and write-up they are in."""
    changed = [name for name, value in asdict(draft).items() if getattr(speaker, name) != value]
    async with transaction():
        await Speaker.update(updated_at=now, **asdict(draft)).where(Speaker.id == speaker.id)
        await _enter("speaker.edited", ("speaker", speaker.id), actor, now, changed=changed)


async def put_on_stage(session: ProgrammeSession, draft: StageDraft, *, actor: str, now: datetime) -> None:
    """Puts a person, known or new, into a session after those who are in it. Raises AlreadyOnStage."""
    try:
        async with transaction():
            speaker_id = draft.speaker_id
            if draft.newcomer:
                speaker_id = (await add_speaker(draft.newcomer, actor=actor, now=now)).id
            await _append(session, speaker_id, draft.part)
            await _note_change(session, now)
            await _enter("session.speaker_added", ("session", session.id), actor, now, speaker=speaker_id)
    except Exception as error:
        if is_unique_violation(error):
            raise AlreadyOnStage from error
        raise


async def take_off_stage(session: ProgrammeSession, speaker_id: str, *, actor: str, now: datetime) -> None:
    """Takes a person out of a session. Raises NotFound for one who is not in it."""
    async with transaction():
        there = (Appearance.session == session.id) & (Appearance.speaker == speaker_id)
        if not await Appearance.delete().where(there).returning(Appearance.id):
            raise NotFound
        await _note_change(session, now)
        await _enter("session.speaker_removed", ("session", session.id), actor, now, speaker=speaker_id)


async def move_up_on_stage(session: ProgrammeSession, speaker_id: str, *, actor: str, now: datetime) -> None:
    """Shows a person before the one who was shown before them; the first stays first. Raises NotFound."""
    async with transaction():
        order = await _order(session)
        if speaker_id not in order:
            raise NotFound
        place = order.index(speaker_id)
        order.insert(max(place - 1, 0), order.pop(place))
        for position, speaker in enumerate(order):
            await _place(session, speaker, position)
        await _note_change(session, now)
        await _enter("session.speaker_moved", ("session", session.id), actor, now, speaker=speaker_id)


async def _append(session: ProgrammeSession, speaker_id: str, part: Part) -> None:
    if not await Speaker.exists().where(Speaker.id == speaker_id):
        raise NotFound
    taken = await Appearance.select(Appearance.position).where(Appearance.session == session.id)
    position = max((row["position"] for row in taken), default=-1) + 1
    await Appearance(session=session.id, speaker=speaker_id, part=part, position=position).save()


async def _order(session: ProgrammeSession) -> list[str]:
    rows = (
        await Appearance.select(Appearance.speaker)
        .where(Appearance.session == session.id)
        .order_by(Appearance.position)
        .order_by(Appearance.id)
    )
    return [row["speaker"] for row in rows]


async def _place(session: ProgrammeSession, speaker_id: str, position: int) -> None:
    there = (Appearance.session == session.id) & (Appearance.speaker == speaker_id)
    await Appearance.update({Appearance.position: position}).where(there)


async def _note_change(session: ProgrammeSession, now: datetime) -> None:
    await ProgrammeSession.update({ProgrammeSession.updated_at: now}).where(ProgrammeSession.id == session.id)


def _is(draft: SpeakerDraft) -> And:
    is_in_post = (Speaker.job_title == draft.job_title) & (Speaker.organisation == draft.organisation)
    return (Speaker.name == draft.name) & is_in_post


async def _enter(deed: str, subject: tuple[str, str], actor: str, now: datetime, **details: object) -> None:
    await ledger.record(deed, subject=subject, actor=actor, now=now, details=details)
