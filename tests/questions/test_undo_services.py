"""Second thoughts: within five seconds nothing was said; later it is put right."""

import pytest

from eventsite.questions.rules import AlreadyModerated, NotUndoable
from tests.organisers.factories import make_organiser
from tests.questions.deciding import Desk, entries_of


async def test_a_decision_is_written_to_its_asker_after_five_seconds(desk: Desk) -> None:
    asked = await desk.asked_by("ann")

    await desk.approve(asked)

    assert await desk.post(after=4.9) == []
    assert await desk.post(after=0.1) == [("ann", "approved")]


async def test_undone_at_once_nobody_hears_of_it(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    desk.clock.move(seconds=4)

    said = await desk.undo(asked)

    assert said == "Undone: the question waits to be read again."
    question = await desk.row(asked)
    assert (question.state, question.decided_by, question.decided_at) == ("pending", None, None)
    assert await desk.post(after=3600) == []
    assert await entries_of(asked) == ["approved", "undone"]


async def test_undone_later_its_asker_hears_that_it_does_not_hold(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.reject(asked)
    assert await desk.post(after=5) == [("ann", "rejected")]

    await desk.undo(asked)

    question = await desk.row(asked)
    assert (question.state, question.rejection_reason, question.rejected_for) == ("pending", None, None)
    assert await desk.post(after=5) == [("ann", "reconsidered")]


async def test_of_two_decisions_at_once_the_second_is_told(desk: Desk) -> None:
    asked = await desk.asked_by("ann")

    await desk.approve(asked)
    await desk.reject(asked)

    assert await desk.post(after=5) == [("ann", "rejected")]


async def test_the_second_undone_at_once_the_first_is_told_after_all(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.reject(asked)

    await desk.undo(asked)

    assert await desk.state(asked) == "approved"
    assert await desk.post(after=5) == [("ann", "approved")]
    assert await desk.post(after=3600) == []


async def test_both_undone_at_once_nothing_is_told(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.reject(asked)

    await desk.undo(asked)
    await desk.undo(asked)

    assert await desk.state(asked) == "pending"
    assert await desk.post(after=3600) == []


async def test_what_was_told_before_is_not_told_again(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.post(after=5)
    await desk.reject(asked)

    await desk.undo(asked)

    assert await desk.post(after=3600) == []


async def test_what_was_never_told_is_told_when_something_else_was(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.reject(asked)
    assert await desk.post(after=5) == [("ann", "rejected")]

    await desk.undo(asked)

    assert await desk.post(after=5) == [("ann", "reconsidered")]
    await desk.undo(asked)
    assert await desk.post(after=5) == [("ann", "reconsidered")]


async def test_a_letter_that_was_deleted_long_ago_counts_as_told(desk: Desk) -> None:
    from eventsite.self_service.retention import retention

    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.post(after=5)
    await retention(secret="s" * 32, now=desk.clock.move(days=31))

    await desk.undo(asked)

    assert await desk.post(after=5) == [("ann", "reconsidered")]


async def test_holding_is_silent_and_takes_back_what_waits(desk: Desk) -> None:
    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await desk.hold(asked)
    assert await desk.post(after=5) == []

    await desk.undo(asked)

    question = await desk.row(asked)
    assert (question.state, question.held_reasons, question.held_at) == ("approved", "", None)
    assert await desk.post(after=5) == [("ann", "approved")]


async def test_an_approval_of_what_was_turned_down_undone_has_its_reason_again(desk: Desk) -> None:
    asked = await desk.asked()
    await desk.reject(asked, slug="product")
    await desk.approve(asked)

    await desk.undo(asked)

    question = await desk.row(asked)
    assert (question.state, question.rejection_reason is None, question.rejected_for) == ("rejected", False, "product")


async def test_the_first_edit_is_undone_and_the_second_is_not(desk: Desk) -> None:
    asked = await desk.asked("Who sings?")
    await desk.edit(asked, "Who signs?")
    await desk.edit(asked, "Who signs it?")

    with pytest.raises(NotUndoable, match="not kept"):
        await desk.undo(asked)
    assert (await desk.row(asked)).text == "Who signs it?"

    other = await desk.asked("Who sings?")
    await desk.edit(other, "Who signs?")
    assert await desk.undo(other) == "Undone: the asker’s own words stand again."
    question = await desk.row(other)
    assert (question.text, question.original_text, question.edited_by) == ("Who sings?", None, None)


async def test_a_place_on_the_shortlist_is_given_back(desk: Desk) -> None:
    first, second = [await desk.asked(state="approved") for _ in range(2)]
    await desk.shortlist(first)
    await desk.shortlist(second)
    await desk.unlist(first)

    assert await desk.undo(first) == "Undone: the question is on the shortlist again."

    places = [(await desk.row(one)).shortlist_position for one in (first, second)]
    assert places == [3, 2]
    await desk.undo(second)
    question = await desk.row(second)
    assert (question.state, question.shortlist_position) == ("approved", None)


async def test_nobody_undoes_what_somebody_else_did(desk: Desk) -> None:
    omar = (await make_organiser()).id
    asked = await desk.asked()
    await desk.approve(asked, by=omar)

    with pytest.raises(AlreadyModerated):
        await desk.undo(asked)
    with pytest.raises(NotUndoable):
        await desk.undo(await desk.asked())
    assert await desk.state(asked) == "approved"


async def test_what_its_asker_took_back_stays_taken_back(desk: Desk) -> None:
    from eventsite.questions.asking_services import withdraw_question

    asked = await desk.asked_by("ann")
    await desk.approve(asked)
    await withdraw_question(asked, stationery=desk.stationery, now=desk.clock())

    with pytest.raises(AlreadyModerated):
        await desk.undo(asked)
    assert await desk.state(asked) == "withdrawn"
    assert await desk.post(after=3600) == []
