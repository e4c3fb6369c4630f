"""One deed to many questions: done where they are still as they were seen, told where not, undone together."""

from eventsite.database import execute
from eventsite.questions import bulk_services as bulk
from eventsite.questions.queries import themes_of
from eventsite.questions.tables import QuestionState
from tests.organisers.factories import make_organiser
from tests.questions.deciding import REASON, Desk

PENDING, APPROVED = QuestionState.PENDING, QuestionState.APPROVED


async def test_what_somebody_else_has_changed_is_left_alone_and_told(desk: Desk) -> None:
    mine, theirs = await desk.asked_by("ann"), await desk.asked_by("bob")
    await desk.reject(theirs)
    seen = [(mine, PENDING), (theirs, PENDING), ("0" * 16, PENDING), (mine, PENDING)]

    done = await bulk.approve_questions(seen, desk.olive, stationery=desk.stationery, now=desk.clock())

    assert done.done == (mine,)
    assert [left.question_id for left in done.left] == [theirs, "0" * 16]
    assert done.left[0].why.startswith("Somebody else changed this question before you.")
    assert [await desk.state(one) for one in (mine, theirs)] == ["approved", "rejected"]


async def test_the_same_form_sent_twice_does_its_deed_once(desk: Desk) -> None:
    seen = [(await desk.asked_by("ann", f"Who signs {number}?"), PENDING) for number in range(3)]

    for _ in range(2):
        done = await bulk.reject_questions(
            seen, REASON, desk.olive, reason_slug="product", stationery=desk.stationery, now=desk.clock()
        )

    assert (len(done.done), len(done.left)) == (0, 3)
    assert len(await desk.post(after=5)) == 3
    rows = await execute("SELECT rejected_for, rejection_reason FROM question")
    assert {(row["rejected_for"], row["rejection_reason"]) for row in rows} == {("product", REASON)}


async def test_what_was_done_together_is_undone_together(desk: Desk) -> None:
    head = await desk.asked()
    seen = [(await desk.asked_by("ann", f"Who signs {number}?"), PENDING) for number in range(4)]
    merged = await bulk.merge_questions(
        [(head, PENDING), *seen], head, desk.olive, stationery=desk.stationery, now=desk.clock()
    )
    assert len(merged.done) == 4
    await desk.unmerge(seen[0][0], by=(await make_organiser()).id)

    undone = await bulk.undo_batch(merged.batch, desk.olive, stationery=desk.stationery, now=desk.clock())

    assert sorted(undone.done) == sorted(one for one, _ in seen[1:])
    assert {await desk.state(one) for one, _ in seen} == {"pending"}
    assert await desk.post(after=5) == []
    again = await bulk.undo_batch(merged.batch, desk.olive, stationery=desk.stationery, now=desk.clock())
    assert (again.done, again.left) == ((), ())


async def test_what_has_been_decided_since_is_left_alone(desk: Desk) -> None:
    one, two = await desk.asked(), await desk.asked()
    approved = await bulk.approve_questions(
        [(one, PENDING), (two, PENDING)], desk.olive, stationery=desk.stationery, now=desk.clock()
    )
    await desk.reject(one)

    undone = await bulk.undo_batch(approved.batch, desk.olive, stationery=desk.stationery, now=desk.clock())

    assert (undone.done, [left.question_id for left in undone.left]) == ((two,), [one])
    assert [await desk.state(each) for each in (one, two)] == ["rejected", "pending"]


async def test_nobody_undoes_somebody_elses_batch(desk: Desk) -> None:
    seen = [(await desk.asked(), PENDING)]
    held = await bulk.hold_questions(seen, desk.olive, codes=("incident",), now=desk.clock())

    undone = await bulk.undo_batch(
        held.batch, (await make_organiser()).id, stationery=desk.stationery, now=desk.clock()
    )

    assert undone.done == ()
    assert await desk.state(seen[0][0]) == "held"


async def test_the_shortlist_is_in_the_order_of_the_form(desk: Desk) -> None:
    ids = [await desk.asked(state="approved") for _ in range(3)]
    seen = [(one, APPROVED) for one in reversed(ids)]

    await bulk.shortlist_questions(seen, desk.olive, now=desk.clock())

    rows = await execute("SELECT id FROM question WHERE state = 'shortlisted' ORDER BY shortlist_position")
    assert [row["id"] for row in rows] == ids[::-1]


async def test_every_deed_of_a_batch_says_so(desk: Desk) -> None:
    seen = [(await desk.asked(), PENDING) for _ in range(2)]

    done = await bulk.approve_questions(seen, desk.olive, stationery=desk.stationery, now=desk.clock())

    rows = await execute("SELECT batch, deed, organiser FROM moderation")
    assert [tuple(row.values()) for row in rows] == [(done.batch, "approve", desk.olive)] * 2


async def test_themes_are_given_where_the_question_is_still_as_it_was_seen(desk: Desk) -> None:
    mine, theirs, panel = await desk.asked(), await desk.asked(), desk.panel
    await desk.reject(theirs)
    wanted = {mine: (panel.safety.id, panel.bias.id), theirs: (panel.safety.id,)}

    done = await bulk.theme_questions([(mine, PENDING), (theirs, PENDING)], wanted, desk.olive, now=desk.clock())

    assert (done.done, [left.question_id for left in done.left]) == ((mine,), [theirs])
    about = await themes_of([mine, theirs])
    assert {one: [theme.slug for theme in about[one]] for one in about} == {
        mine: ["clinical-safety", "bias"],
        theirs: [],
    }
    assert [row["deed"] for row in await execute("SELECT deed FROM moderation")] == ["reject"]
