"""An announcement becomes letters: all of them or none, each once, and never to who does not want it."""

import asyncio
from datetime import datetime, timedelta
from time import perf_counter

import pytest

from eventsite.announcements.rules import AnnouncementDraft, NobodyToWriteTo, NotADraft, UnknownPlaceholder
from eventsite.announcements.services import (
    copy_announcement,
    create_announcement,
    edit_announcement,
    release_announcement,
)
from eventsite.announcements.tables import Announcement, Audience
from eventsite.database import execute, transaction
from eventsite.errors import Refusal
from eventsite.events.services import ChangedMeanwhile
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.suppression import suppress
from eventsite.mail.tables import OutboxLetter, SuppressionReason
from eventsite.people.services import unsubscribe
from eventsite.self_service.erasure import erase
from eventsite.stationery import Stationery
from tests.announcements.factories import draft_for, interested_in, make_announcement, make_reader, outbox, sit, stand
from tests.conftest import SECRET
from tests.factories import make_event

OLIVE = "0" * 16
DAY = timedelta(days=1)


async def release(announcement: Announcement, stationery: Stationery, now: datetime) -> int | None:
    seen_at = announcement.updated_at
    return await release_announcement(announcement.id, seen_at=seen_at, actor=OLIVE, stationery=stationery, now=now)


async def stands(announcement: Announcement) -> tuple[str, int | None]:
    rows = await execute("SELECT state, letters FROM announcement WHERE id = {}", announcement.id)
    return rows[0]["state"], rows[0]["letters"]


async def recipients() -> list[str]:
    return [row["recipient"] for row in await execute("SELECT recipient FROM outbox_letter")]


async def deeds() -> list[str]:
    rows = await execute("SELECT deed FROM ledger_entry WHERE subject = 'announcement' ORDER BY deed")
    return [row["deed"] for row in rows]


async def test_a_draft_writes_to_nobody(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)

    made = await create_announcement(draft_for(event), actor=OLIVE, stationery=stationery, now=now)

    assert await stands(made) == ("draft", None)
    assert await OutboxLetter.count() == 0
    assert await deeds() == ["announcement.created"]


async def test_a_release_writes_to_each_reader_by_name_and_to_nobody_else(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    ann, bo = await interested_in(event, "Ann Archer"), await interested_in(event, "Bo Baker")
    await make_reader("Mallory Mint")

    assert await release(await make_announcement(event, now=now), stationery, now) == 2

    letters = await outbox()
    assert set(letters) == {ann.email, bo.email}
    assert letters[ann.email].subject == "Parking at HPN Midlands"
    assert letters[ann.email].text.startswith(
        "Dear Ann Archer,\n\nsee where to park <https://events.example.org/events>"
    )
    assert "Dear Bo Baker," in letters[bo.email].html
    assert "Ann" not in letters[bo.email].html


async def test_what_was_released_is_written_down(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    announcement = await make_announcement(event, now=now)

    await release(announcement, stationery, now + DAY)

    assert await stands(announcement) == ("released", 1)
    rows = await execute("SELECT actor, details FROM ledger_entry WHERE deed = 'announcement.released'")
    assert rows[0]["actor"] == OLIVE
    assert '"letters": 1' in rows[0]["details"]


async def test_a_release_twice_is_one(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    announcement = await make_announcement(event, now=now)
    await release(announcement, stationery, now)

    with pytest.raises(NotADraft):
        await release(announcement, stationery, now)

    assert await OutboxLetter.count() == 1


async def test_of_many_who_release_at_once_one_does(event: Event, stationery: Stationery, now: datetime) -> None:
    for _ in range(3):
        await interested_in(event)
    announcement = await make_announcement(event, now=now)

    done = await asyncio.gather(*(release(announcement, stationery, now) for _ in range(8)), return_exceptions=True)

    assert [each for each in done if isinstance(each, int)] == [3]
    assert sum(isinstance(each, NotADraft) for each in done) == 7
    assert await OutboxLetter.count() == 3
    assert await deeds() == ["announcement.released"]


async def test_nobody_releases_what_they_have_not_seen(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    announcement = await make_announcement(event, now=now)
    changed = draft_for(event, subject="Something else")
    await edit(announcement, changed, stationery, now + DAY)

    with pytest.raises(ChangedMeanwhile):
        await release(announcement, stationery, now + DAY)

    assert (await stands(announcement))[0] == "draft"
    assert await OutboxLetter.count() == 0


async def test_identical_letters_to_one_person_are_sent_once(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    ann, bo = await interested_in(event, "Ann Archer"), await interested_in(event, "Bo Baker")
    assert await release(await make_announcement(event, now=now), stationery, now) == 2
    second = await make_announcement(event, now=now + DAY)

    with pytest.raises(NobodyToWriteTo):
        await release(second, stationery, now + DAY)

    cy = await interested_in(event, "Cy Cole")
    assert await release(second, stationery, now + DAY) == 1
    assert sorted(await recipients()) == sorted([ann.email, bo.email, cy.email])


async def test_a_person_in_two_audiences_gets_the_same_words_once(
    event: Event, session: ProgrammeSession, stationery: Stationery, now: datetime
) -> None:
    """Though the foot of the letter would say another reason."""
    ann, bo = await interested_in(event), await interested_in(event)
    await sit(ann, session)
    await release(await make_announcement(event, now=now), stationery, now)
    to_seats = await make_announcement(event, now=now, audience=Audience.SEATS, session=session.id)

    with pytest.raises(NobodyToWriteTo):
        await release(to_seats, stationery, now)

    await sit(await make_reader(), session)
    assert await release(to_seats, stationery, now) == 1
    assert len(await outbox()) == 3
    assert bo.email in await outbox()


async def test_other_words_are_another_letter(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    await release(await make_announcement(event, now=now), stationery, now)

    assert await release(await make_announcement(event, now=now, body="And one thing more."), stationery, now) == 1


async def test_who_unsubscribed_or_bounced_is_left_out(event: Event, stationery: Stationery, now: datetime) -> None:
    ann, mallory, olive = [await interested_in(event, name) for name in ("Ann", "Mallory", "Olive")]
    await unsubscribe(mallory.id, source="one click", now=now)
    await suppress(olive.email_key, reason=SuppressionReason.BOUNCED, words="550 no", now=now)

    assert await release(await make_announcement(event, now=now), stationery, now) == 1
    assert list(await outbox()) == [ann.email]


async def test_with_nobody_to_write_to_it_stays_a_draft(event: Event, stationery: Stationery, now: datetime) -> None:
    announcement = await make_announcement(event, now=now)

    with pytest.raises(NobodyToWriteTo):
        await release(announcement, stationery, now)

    assert await stands(announcement) == ("draft", None)
    assert await deeds() == []


async def test_what_cannot_be_written_is_not_kept(event: Event, stationery: Stationery, now: datetime) -> None:
    for wrong in (draft_for(event, body="Dear {nmae}"), draft_for(event, body="See https://evil.example")):
        with pytest.raises(Refusal) as refused:
            await create_announcement(wrong, actor=OLIVE, stationery=stationery, now=now)
        assert refused.value.field == "body"
    assert await Announcement.count() == 0


async def edit(announcement: Announcement, draft: AnnouncementDraft, stationery: Stationery, now: datetime) -> None:
    seen_at = announcement.updated_at
    await edit_announcement(announcement.id, draft, seen_at=seen_at, actor=OLIVE, stationery=stationery, now=now)


async def test_of_two_who_edit_the_second_is_told(event: Event, stationery: Stationery, now: datetime) -> None:
    announcement = await make_announcement(event, now=now)
    await edit(announcement, draft_for(event, subject="First"), stationery, now + DAY)

    with pytest.raises(ChangedMeanwhile):
        await edit(announcement, draft_for(event, subject="Second"), stationery, now + DAY)

    rows = await execute("SELECT subject FROM announcement")
    assert [row["subject"] for row in rows] == ["First"]


async def test_what_was_released_cannot_be_changed(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    announcement = await make_announcement(event, now=now)
    await release(announcement, stationery, now)

    with pytest.raises(NotADraft):
        await edit(announcement, draft_for(event, subject="Too late"), stationery, now)


async def test_an_edit_that_cannot_be_written_changes_nothing(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    announcement = await make_announcement(event, now=now)
    with pytest.raises(UnknownPlaceholder):
        await edit(announcement, draft_for(event, subject="{session}"), stationery, now)
    assert (await execute("SELECT subject FROM announcement"))[0]["subject"] == "Parking at {event}"


async def test_a_copy_is_a_draft_with_the_same_words(event: Event, stationery: Stationery, now: datetime) -> None:
    await interested_in(event)
    announcement = await make_announcement(event, now=now)
    await release(announcement, stationery, now)

    copy = await copy_announcement(announcement.id, actor=OLIVE, now=now + DAY)

    assert copy.id != announcement.id
    assert (copy.subject, copy.body, copy.event, await stands(copy)) == (
        *(announcement.subject, announcement.body, event.id),
        ("draft", None),
    )


async def test_a_release_that_fails_midway_leaves_nothing(event: Event, stationery: Stationery, now: datetime) -> None:
    """The second reader's address would break the envelope: a fault of ours that no form lets through."""
    await interested_in(event)
    await interested_in(event, email="not an address")
    announcement = await make_announcement(event, now=now)

    with pytest.raises(Exception, match="has not the shape"):
        await release(announcement, stationery, now)

    assert await stands(announcement) == ("draft", None)
    assert await OutboxLetter.count() == 0
    assert await deeds() == []


async def test_a_letter_does_not_outlive_somebody_who_is_erased_meanwhile(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    people = [await interested_in(event) for _ in range(20)]
    announcement = await make_announcement(event, now=now)

    await asyncio.gather(
        release(announcement, stationery, now),
        *(erase(person.email_key, secret=SECRET, actor="visitor", now=now) for person in people[:10]),
    )

    left = set(await outbox())
    assert left == {person.email for person in people[10:]}


async def test_registering_goes_on_while_an_announcement_is_released(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    """Nothing waits for a reader's row: whoever is being written to may send a form at that moment."""
    ann = await interested_in(event)
    announcement = await make_announcement(event, now=now)
    other = await make_event()

    await asyncio.gather(release(announcement, stationery, now), stand(ann, other))

    assert list(await outbox()) == [ann.email]


async def test_two_thousand_letters_are_written_in_a_moment(
    event: Event, stationery: Stationery, now: datetime
) -> None:
    """A bound for a busy machine; unhurried it takes well under two seconds."""
    async with transaction():
        for number in range(2000):
            await interested_in(event, f"Reader {chr(65 + number % 26)}nn")
    announcement = await make_announcement(event, now=now)

    began = perf_counter()
    letters = await release(announcement, stationery, now)
    took = perf_counter() - began

    print(f"2,000 letters in {took:.2f} s")
    assert letters == 2000
    assert took < 20
