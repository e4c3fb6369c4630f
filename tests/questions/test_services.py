"""Verbs about questions: one transaction each, and the first of two at once has won."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import Panel
from eventsite.events.rules import QuestionsClosed
from eventsite.events.tables import ProgrammeSession
from eventsite.people.services import PersonDraft
from eventsite.questions.asking_services import QuestionDraft, submit_question, withdraw_question
from eventsite.questions.queries import themes_of
from eventsite.questions.rules import AlreadyModerated, NotPossibleNow
from eventsite.questions.services import Moderator, QuestionEdit, approve_question, edit_question, reject_question
from eventsite.questions.tables import Question, QuestionState, QuestionTheme, ThemeSource
from eventsite.stationery import Stationery
from tests.organisers.factories import make_organiser
from tests.questions.conftest import AskedPanel
from tests.questions.factories import letters_to, make_question, the_question

PENDING, APPROVED, REJECTED, WITHDRAWN = (
    QuestionState.PENDING,
    QuestionState.APPROVED,
    QuestionState.REJECTED,
    QuestionState.WITHDRAWN,
)
WORDS = "Who signs the safety case?"
ANN = PersonDraft("ann@example.org", "ann@example.org", "Ann Asker")
Ask = Callable[..., Awaitable[str]]


@pytest.fixture
def ask(panel: AskedPanel, stationery: Stationery, now: datetime) -> Ask:
    """Puts a question to the panel, Ann's unless told otherwise, and gives its id."""

    async def asking(text: str = WORDS, *, at: datetime = now, person: PersonDraft | None = ANN, name: str = "") -> str:
        draft = QuestionDraft(text, (panel.bias.id,), name, anonymous=not name, person=person)
        question = await submit_question(Panel(panel.session, panel.event), draft, stationery=stationery, now=at)
        return question.id

    return asking


async def test_a_question_waits_with_its_themes_its_ledger_entry_and_its_letter(panel: AskedPanel, ask: Ask) -> None:
    question_id = await ask()

    question = await the_question()
    assert (question.id, question.text, question.state) == (question_id, WORDS, PENDING)
    assert [theme.slug for theme in (await themes_of([question_id]))[question_id]] == ["bias"]
    assert await deeds() == ["question.submitted by visitor"]
    assert len(await letters_to("ann@example.org")) == 1


async def test_the_same_words_within_the_hour_are_one_question(ask: Ask, now: datetime) -> None:
    first = await ask()

    again = await ask(f"  {WORDS.upper()} ", at=now + timedelta(minutes=59, seconds=59))

    assert again == first
    assert len(await letters_to("ann@example.org")) == 1


async def test_after_the_hour_they_are_another_question(ask: Ask, now: datetime) -> None:
    first = await ask()

    later = await asyncio.gather(*(ask(at=now + timedelta(hours=1)) for _ in range(8)))

    assert len({first, *later}) == 2
    assert len(await letters_to("ann@example.org")) == 2


async def test_other_people_ask_questions_of_their_own(ask: Ask) -> None:
    bob = PersonDraft("bob@example.org", "bob@example.org", "")

    assert len({await ask(), await ask(person=bob), await ask(person=None), await ask(person=None, name="Ann")}) == 4


async def test_copying_a_published_question_does_not_lead_to_its_askers_page(
    ask: Ask, stationery: Stationery, now: datetime
) -> None:
    asked = await ask(person=None)
    await approve_question(asked, Moderator((await make_organiser()).id, PENDING), stationery=stationery, now=now)

    assert await ask(person=None) != asked


async def test_what_was_taken_back_can_be_asked_again(ask: Ask, stationery: Stationery, now: datetime) -> None:
    asked = await ask()
    await withdraw_question(asked, stationery=stationery, now=now)

    assert await ask() != asked


async def test_a_panel_that_closed_meanwhile_takes_nothing(panel: AskedPanel, ask: Ask) -> None:
    await ProgrammeSession.update({"takes_questions": False}).where(ProgrammeSession.id == panel.session.id)

    with pytest.raises(QuestionsClosed):
        await ask()

    assert await execute("SELECT id FROM person") == []


@pytest.mark.parametrize(
    ("saw", "deed"),
    [(PENDING, "approved"), (REJECTED, "approved"), (PENDING, "rejected"), (APPROVED, "rejected")],
)
async def test_the_first_of_two_moderators_at_once_has_won(
    saw: QuestionState, deed: str, panel: AskedPanel, ask: Ask, stationery: Stationery, now: datetime
) -> None:
    asked = await ask()
    await Question.update({Question.state: saw}).where(Question.id == asked)
    both = [Moderator((await make_organiser()).id, saw) for _ in range(2)]

    async def decide(moderator: Moderator) -> None:
        if deed == "approved":
            await approve_question(asked, moderator, stationery=stationery, now=now)
        else:
            await reject_question(asked, "Not for this panel.", moderator, stationery=stationery, now=now)

    results = await asyncio.gather(*map(decide, both), return_exceptions=True)

    assert sorted(type(result).__name__ for result in results) == ["AlreadyModerated", "NoneType"]
    winner = both[results.index(None)]
    assert (await the_question()).decided_by == winner.id
    assert await deeds() == sorted(["question.submitted by visitor", f"question.{deed} by {winner.id}"])
    assert len(await letters_to("ann@example.org")) == 2


async def test_approval_and_rejection_at_once_leave_one_state_and_one_letter(
    ask: Ask, stationery: Stationery, now: datetime
) -> None:
    asked = await ask()
    olive, omar = [Moderator((await make_organiser()).id, PENDING) for _ in range(2)]

    results = await asyncio.gather(
        approve_question(asked, olive, stationery=stationery, now=now),
        reject_question(asked, "Not for this panel.", omar, stationery=stationery, now=now),
        return_exceptions=True,
    )

    question = await the_question()
    assert [type(result) for result in results].count(AlreadyModerated) == 1
    assert question.state == (APPROVED if results[0] is None else REJECTED)
    assert (question.rejection_reason is None) == (question.state == APPROVED)
    assert len(await letters_to("ann@example.org")) == 2


async def test_a_decision_is_not_for_questions_that_were_taken_back(
    ask: Ask, stationery: Stationery, now: datetime
) -> None:
    asked = await ask()
    await withdraw_question(asked, stationery=stationery, now=now)
    olive = (await make_organiser()).id

    with pytest.raises(AlreadyModerated):
        await approve_question(asked, Moderator(olive, PENDING), stationery=stationery, now=now)
    with pytest.raises(NotPossibleNow):
        await approve_question(asked, Moderator(olive, WITHDRAWN), stationery=stationery, now=now)
    with pytest.raises(NotFound):
        await approve_question("0" * 16, Moderator(olive, PENDING), stationery=stationery, now=now)
    assert (await the_question()).state == WITHDRAWN


async def test_a_question_that_was_taken_down_can_be_published_again(
    ask: Ask, stationery: Stationery, now: datetime
) -> None:
    asked = await ask()
    olive = (await make_organiser()).id

    await approve_question(asked, Moderator(olive, PENDING), stationery=stationery, now=now)
    await reject_question(asked, "Names a colleague.", Moderator(olive, APPROVED), stationery=stationery, now=now)
    reason = (await the_question()).rejection_reason
    later = now + timedelta(minutes=1)
    await approve_question(asked, Moderator(olive, REJECTED), stationery=stationery, now=later)

    assert reason == "Names a colleague."
    question = await the_question()
    assert question.state == APPROVED
    assert question.decided_at == later
    endings = [letter.header("subject").rpartition("” ")[2] for letter in await letters_to("ann@example.org")]
    assert (endings.count("is published"), endings.count("will not be published")) == (2, 1)


async def test_an_edit_keeps_what_the_asker_wrote_from_the_first_time_on(
    panel: AskedPanel, ask: Ask, now: datetime
) -> None:
    asked = await ask()
    olive = Moderator((await make_organiser()).id, PENDING)

    await edit_question(asked, QuestionEdit("Who signs?", (panel.safety.id, panel.bias.id), WORDS), olive, now=now)
    await edit_question(asked, QuestionEdit("Who signs it?", (panel.safety.id,), "Who signs?"), olive, now=now)

    question = await the_question()
    assert (question.text, question.original_text, question.edited_by) == ("Who signs it?", WORDS, olive.id)
    rows = await QuestionTheme.select(QuestionTheme.theme, QuestionTheme.source)
    assert rows == [{"theme": panel.safety.id, "source": ThemeSource.ORGANISER}]
    assert [deed.partition(" ")[0] for deed in await deeds()] == ["question.edited"] * 2 + ["question.submitted"]


async def test_an_edit_of_themes_alone_leaves_the_words_as_the_askers(
    panel: AskedPanel, ask: Ask, now: datetime
) -> None:
    asked = await ask()
    olive = Moderator((await make_organiser()).id, PENDING)

    await edit_question(asked, QuestionEdit(WORDS, (panel.bias.id, panel.safety.id), WORDS), olive, now=now)

    assert (await the_question()).original_text is None
    rows = await QuestionTheme.select(QuestionTheme.theme, QuestionTheme.source).order_by(QuestionTheme.source)
    assert rows == [
        {"theme": panel.safety.id, "source": ThemeSource.ORGANISER},
        {"theme": panel.bias.id, "source": ThemeSource.SUBMITTER},
    ]


async def test_of_two_edits_of_the_same_wording_the_first_is_kept(ask: Ask, now: datetime) -> None:
    asked = await ask()
    olive = Moderator((await make_organiser()).id, PENDING)

    results = await asyncio.gather(
        edit_question(asked, QuestionEdit("One?", (), WORDS), olive, now=now),
        edit_question(asked, QuestionEdit("Two?", (), WORDS), olive, now=now),
        return_exceptions=True,
    )

    assert [type(result) for result in results].count(AlreadyModerated) == 1
    assert (await the_question()).text == ("One?" if results[0] is None else "Two?")


async def test_nothing_the_public_wrote_is_in_the_ledger(ask: Ask, stationery: Stationery, now: datetime) -> None:
    asked = await ask(name="Ann Asker")
    olive = (await make_organiser()).id
    await edit_question(asked, QuestionEdit("Who signs?", (), WORDS), Moderator(olive, PENDING), now=now)
    await reject_question(asked, "Not for us.", Moderator(olive, PENDING), stationery=stationery, now=now)

    said = "SELECT deed, subject_id, details FROM ledger_entry WHERE subject = 'question' ORDER BY deed"
    entries = await execute(said)

    assert [(entry["deed"], entry["subject_id"], entry["details"]) for entry in entries] == [
        ("question.edited", asked, ""),
        ("question.rejected", asked, '{"was": "pending"}'),
        ("question.submitted", asked, ""),
    ]


async def test_taking_back_twice_is_no_fault(panel: AskedPanel, stationery: Stationery, now: datetime) -> None:
    question = await make_question(panel.session)

    taken = await asyncio.gather(*(withdraw_question(question.id, stationery=stationery, now=now) for _ in range(4)))

    assert sorted(taken) == [False, False, False, True]
    assert await deeds() == ["question.withdrawn by visitor"]


async def deeds() -> list[str]:
    """What the ledger holds of questions, in the order of the alphabet: the clock of the tests stands still."""
    rows = await execute("SELECT deed, actor FROM ledger_entry WHERE subject = 'question'")
    return sorted(f"{row['deed']} by {row['actor']}" for row in rows)
