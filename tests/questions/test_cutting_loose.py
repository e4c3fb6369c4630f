"""Somebody is erased, or their time is up: what others asked with them stays, is counted, and can still be decided."""

from datetime import timedelta

from eventsite.database import execute
from eventsite.questions.merge_services import return_orphans
from eventsite.questions.queries import askers_of, correspondents
from eventsite.questions.tables import Moderation, Question, Voice
from eventsite.self_service.erasure import erase
from eventsite.self_service.retention import retention
from tests.conftest import SECRET
from tests.questions.deciding import Desk

LONG = timedelta(days=400)


async def erase_person(desk: Desk, who: str) -> None:
    await erase(f"{who}@example.org", secret=SECRET, actor="operator", now=desk.clock())


async def test_whoever_stood_with_an_erased_question_that_nobody_had_published_stands_alone(desk: Desk) -> None:
    head, other, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    await desk.merge(third, into=other)
    await desk.merge(other, into=head)
    await desk.post(after=5)

    await erase_person(desk, "ann")
    await return_orphans(desk.clock(), stationery=desk.stationery)

    assert [await desk.state(one) for one in (other, third)] == ["pending", "merged"]
    assert await askers_of([other]) == {other: 2}
    assert sorted(await desk.post(after=5)) == [("bob", "reconsidered"), ("cleo", "reconsidered")]
    await desk.approve(other)
    assert sorted(await desk.post(after=5)) == [("bob", "approved"), ("cleo", "approved")]


async def test_a_published_question_keeps_those_who_stand_with_it_when_its_asker_is_erased(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.approve(head)
    await desk.merge(other, into=head)

    await erase_person(desk, "ann")

    assert await return_orphans(desk.clock(), stationery=desk.stationery) == 0
    assert [one.name for one in await correspondents(head)] == ["bob"]
    assert await askers_of([head]) == {head: 2}


async def test_an_erased_asker_who_was_merged_is_still_counted_and_not_known(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.merge(other, into=head)

    await erase_person(desk, "bob")

    row = await desk.row(other)
    assert (row.state, row.person, row.merged_into) == ("merged", None, head)
    assert await askers_of([head]) == {head: 2}
    await desk.unmerge(other)
    await desk.approve(head)
    assert await desk.post(after=5) == [("ann", "approved")]


async def test_an_erased_voice_still_counts(desk: Desk) -> None:
    head = await desk.asked_by("ann", state="approved")
    await Voice(question=head, person=await desk.person("bob"), dedupe_key="b", added_at=desk.clock()).save()

    await erase_person(desk, "bob")

    assert await askers_of([head]) == {head: 2}
    assert [one.name for one in await correspondents(head)] == ["ann"]


async def test_nothing_of_an_erased_question_is_left(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.reject(asked)
    await Voice(question=asked, dedupe_key="b", added_at=desk.clock()).save()

    await erase_person(desk, "ann")

    assert await Question.count() == 0
    assert await Voice.count() == 0
    assert await Moderation.count() == 0
    assert await execute("SELECT id FROM outbox_letter") == []


async def test_long_after_the_event_what_is_left_leads_to_nobody(desk: Desk) -> None:
    head, other, waiting, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo", "dora")]
    await desk.approve(head)
    await desk.merge(other, into=head)
    await desk.merge(third, into=waiting)
    await Voice(question=head, person=await desk.person("eve"), dedupe_key="e", added_at=desk.clock()).save()
    await desk.post(after=5)
    later = desk.clock.move(days=LONG.days)

    await retention(secret=SECRET, now=later)
    await return_orphans(later, stationery=desk.stationery)
    await retention(secret=SECRET, now=later)

    assert await askers_of([head]) == {head: 3}
    assert await correspondents(head) == []
    rows = await execute("SELECT id, state FROM question ORDER BY submitted_at, id")
    assert {row["id"]: row["state"] for row in rows} == {head: "approved", other: "merged"}
    assert await execute("SELECT id FROM person") == []
