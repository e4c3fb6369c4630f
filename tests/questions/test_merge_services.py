"""Two questions that ask the same stand together: credit, count and letters are kept, and they can be parted."""

import asyncio

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.questions.asking_services import withdraw_question
from eventsite.questions.merge_services import return_orphans
from eventsite.questions.queries import approved_questions, askers_of, correspondents, family_of
from eventsite.questions.rules import AlreadyModerated, Moderator, NotMergeable, NotPossibleNow
from eventsite.questions.tables import QuestionState, Voice
from tests.organisers.factories import make_organiser
from tests.questions.deciding import Desk, entries_of
from tests.questions.factories import make_panel, make_question


async def test_it_stands_with_the_other_and_its_asker_is_credited(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.approve(head)
    await desk.post(after=5)

    await desk.merge(other, into=head)

    row = await desk.row(other)
    assert (row.state, row.merged_into, row.state_before, row.merged_by) == ("merged", head, "pending", desk.olive)
    assert await askers_of([head, other]) == {head: 2, other: 1}
    assert [one.email.partition("@")[0] for one in await correspondents(head)] == ["ann", "bob"]
    assert await desk.post(after=5) == [("bob", "merged")]
    assert [one.id for one in await approved_questions(desk.panel.session.id)] == [head]
    assert await entries_of(other) == ["merged"]


async def test_the_approval_of_the_one_is_written_to_both(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.merge(other, into=head)
    await desk.approve(head)

    assert sorted(await desk.post(after=5)) == [("ann", "approved"), ("bob", "approved")]


async def test_parted_at_once_nobody_hears_of_it(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob", state="approved")
    await desk.merge(other, into=head)

    await desk.unmerge(other, by=(await make_organiser()).id)

    row = await desk.row(other)
    assert (row.state, row.merged_into, row.merged_by, row.state_before) == ("approved", None, None, None)
    assert await askers_of([head, other]) == {head: 1, other: 1}
    assert await desk.post(after=3600) == []


async def test_parted_after_both_were_told_the_one_that_came_back_hears_it(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.merge(other, into=head)
    await desk.approve(head)
    await desk.post(after=5)

    await desk.unmerge(other)

    assert await desk.state(other) == "pending"
    assert await desk.post(after=5) == [("bob", "reconsidered")]


async def test_questions_stand_together_at_any_depth(desk: Desk) -> None:
    first, second, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    await desk.merge(third, into=second)
    await desk.merge(second, into=first)
    await Voice(question=third, dedupe_key="one", added_at=desk.clock()).save()

    assert await askers_of([first, second, third]) == {first: 4, second: 3, third: 2}
    assert await family_of(first) == [first, second, third]

    await desk.unmerge(second)

    assert await askers_of([first, second]) == {first: 1, second: 3}


async def test_whoever_asked_twice_counts_once_and_gets_one_letter(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("ann", "Who signs it?")
    await desk.merge(other, into=head)
    person = (await desk.row(head)).person
    await Voice(question=head, person=person, dedupe_key="ann", added_at=desk.clock()).save()
    await Voice(question=head, dedupe_key="nobody", added_at=desk.clock()).save()

    await desk.approve(head)

    assert await askers_of([head]) == {head: 2}
    (ann,) = await correspondents(head)
    assert (ann.question_id, ann.voice) == (head, "")
    assert ("ann", "approved") in await desk.post(after=5)


async def test_a_voice_with_an_address_is_credited_and_not_written_to_at_every_turn(desk: Desk) -> None:
    head = await desk.asked_by("ann")
    voice = Voice(question=head, person=await desk.person("bob"), dedupe_key="b", added_at=desk.clock())
    await voice.save()

    await desk.approve(head)

    assert [one.voice for one in await correspondents(head)] == ["", voice.id]
    assert await desk.post(after=5) == [("ann", "approved")]


@pytest.mark.parametrize("state", ["merged", "held", "rejected", "withdrawn"])
async def test_what_is_no_place_to_stand_takes_nobody_in(desk: Desk, state: str) -> None:
    head, other = await desk.asked(state=state), await desk.asked()

    with pytest.raises(NotMergeable, match="Choose one that waits or is published"):
        await desk.merge(other, into=head)
    assert await desk.state(other) == "pending"


async def test_nothing_stands_with_itself_elsewhere_or_nowhere(desk: Desk) -> None:
    asked = await desk.asked()
    _, elsewhere = await make_panel()

    with pytest.raises(NotMergeable, match="itself"):
        await desk.merge(asked, into=asked)
    with pytest.raises(NotMergeable, match="different panels"):
        await desk.merge(asked, into=(await make_question(elsewhere)).id)
    with pytest.raises(NotFound):
        await desk.merge(asked, into="0" * 16)
    with pytest.raises(NotPossibleNow):
        await desk.merge(await desk.asked(state="held"), into=asked)
    with pytest.raises(NotPossibleNow):
        await desk.unmerge(asked)


async def test_two_that_are_merged_with_each_other_at_once_make_no_circle(desk: Desk) -> None:
    one, two = await desk.asked(), await desk.asked()

    results = await asyncio.gather(desk.merge(one, into=two), desk.merge(two, into=one), return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "NotMergeable"]
    assert sorted([await desk.state(one), await desk.state(two)]) == ["merged", "pending"]


async def test_turned_down_the_others_come_back_and_are_told(desk: Desk) -> None:
    head, other, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    await desk.merge(other, into=head)
    await desk.post(after=5)
    await desk.merge(third, into=head)

    await desk.reject(head)

    assert [await desk.state(one) for one in (other, third)] == ["pending", "pending"]
    assert (await desk.row(other)).merged_into is None
    # Cleo's letter had not left: she was told nothing, and there is nothing to put right.
    assert sorted(await desk.post(after=5)) == [("ann", "rejected"), ("bob", "reconsidered")]
    assert await entries_of(other) == ["merged", "unmerged"]


async def test_the_rejection_undone_they_stand_together_again(desk: Desk) -> None:
    head, other, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    await desk.merge(other, into=head)
    await desk.merge(third, into=head)
    await desk.post(after=5)
    await desk.reject(head)
    await desk.approve(third)

    await desk.undo(head)

    assert [await desk.state(one) for one in (head, other, third)] == ["pending", "merged", "approved"]
    assert (await desk.row(other)).merged_into == head
    assert (await desk.row(other)).state_before == "pending"
    assert await desk.post(after=5) == [("cleo", "approved")]
    await desk.unmerge(other)
    assert await desk.state(other) == "pending"


async def test_turned_down_again_by_undoing_the_others_come_back(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.reject(head)
    await desk.approve(head)
    await desk.merge(other, into=head)

    await desk.undo(head)

    assert [await desk.state(one) for one in (head, other)] == ["rejected", "pending"]
    assert await desk.post(after=5) == [("ann", "rejected")]


async def test_taken_back_by_its_asker_the_others_come_back(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob", state="approved")
    await desk.merge(other, into=head)

    await withdraw_question(head, stationery=desk.stationery, now=desk.clock())

    assert [await desk.state(one) for one in (head, other)] == ["withdrawn", "approved"]
    assert await desk.post(after=5) == []


async def test_taken_back_in_the_middle_the_others_stand_with_the_first(desk: Desk) -> None:
    first, second, third = [await desk.asked_by(who) for who in ("ann", "bob", "cleo")]
    await desk.merge(third, into=second)
    await desk.merge(second, into=first)

    await withdraw_question(second, stationery=desk.stationery, now=desk.clock())

    row = await desk.row(second)
    assert (row.state, row.merged_into, row.state_before) == ("withdrawn", None, None)
    assert (await desk.row(third)).merged_into == first
    assert await askers_of([first]) == {first: 2}


async def test_what_stood_with_a_deleted_question_comes_back(desk: Desk) -> None:
    head, other = await desk.asked_by("ann"), await desk.asked_by("bob", state="approved")
    await desk.merge(other, into=head)
    await execute("DELETE FROM question WHERE id = {}", head)

    assert await return_orphans(desk.clock(), stationery=desk.stationery) == 1
    assert await return_orphans(desk.clock(), stationery=desk.stationery) == 0
    assert await desk.state(other) == "approved"
    assert await entries_of(other) == ["merged", "unmerged"]


async def test_what_came_back_by_itself_is_not_undone_by_itself(desk: Desk) -> None:
    from eventsite.questions.rules import NotUndoable

    head, other = await desk.asked(), await desk.asked()
    await desk.merge(other, into=head)
    await desk.reject(head)

    with pytest.raises(NotUndoable, match="It came back"):
        await desk.undo(other)


async def test_a_merged_question_of_before_the_log_is_parted_all_the_same(desk: Desk) -> None:
    head = await desk.asked()
    other = await desk.asked(state="merged", merged_into=head, state_before="approved")

    await desk.unmerge(other)

    assert await desk.state(other) == "approved"
    with pytest.raises(NotPossibleNow):
        await desk.unmerge(other)


async def test_merging_is_for_whoever_saw_the_question_as_it_is(desk: Desk) -> None:
    from eventsite.questions.merge_services import merge_question

    head, other = await desk.asked(), await desk.asked(state="approved")
    moderator = Moderator(desk.olive, QuestionState.PENDING)

    with pytest.raises(AlreadyModerated):
        await merge_question(other, head, moderator, stationery=desk.stationery, now=desk.clock())
    assert await desk.state(other) == "approved"
