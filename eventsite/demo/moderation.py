"""What has happened to the demonstration's questions so far: by the site's own services, at times that have passed.

Two ask the same, one stands with another, one is held, two are on the shortlist; of the past panel's questions two were
taken up, one was answered in writing and one was not reached.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventsite import ledger
from eventsite.closing.tables import Passage
from eventsite.database import execute, new_id
from eventsite.demo import writeup
from eventsite.demo.people import somebody
from eventsite.events.queries import Panel, get_event, get_session_of
from eventsite.organisers.tables import Organiser, Role
from eventsite.questions.asking_services import QuestionDraft, clarify_question, submit_question
from eventsite.questions.merge_services import merge_question
from eventsite.questions.services import Moderator
from eventsite.questions.shortlist_services import set_minutes, shortlist_question
from eventsite.questions.tables import Question, QuestionState
from eventsite.questions.voice_services import add_voice
from eventsite.stationery import Stationery
from eventsite.writeups.passages import passages_like

MO = "mo@example.org"
HAZARD_LOG = "Who owns the hazard log"
STOPPED = "Which AI pilot did you stop"
BOARD = "How do you tell a board"
SCRIBE = "What would you want to see before you let an ambient scribe"
LEGACY = "Our oldest system cannot export"

SAME_AGAIN = "Who is responsible for the hazard log when a supplier's model updates itself every month?"
STANDS_WITH = "Have you ever stopped an AI pilot, and what made you stop it?"
HELD = "Why did the triage tool send 999 000 1006 home twice, and who looks at such cases?"
ADDED = "We mean the record of a community trust, twelve years old, without an interface of its own."

# State, words, and the written answer where there is one.
NORTH = (
    ("asked", "What holds back AI in back offices: money, old systems, or trust in the cloud?", None),
    ("asked", "How much should a patient be told about the workings of a tool?", None),
    (
        "answered",
        "How do you help colleagues who are unsure in Teams before you give them Copilot?",
        "Somebody sits beside them for the first week. Ask your digital team for a *floor walker*, and begin with "
        "one task that everybody does each day.",
    ),
    ("not_reached", "Which of you has switched a clinical tool off again, and how was that told to staff?", None),
)
DECIDED = "UPDATE question SET decided_by = {} WHERE decided_at IS NOT NULL AND decided_by IS NULL"
ARRIVED = """
    UPDATE outbox_letter SET state = 'sent', attempts = 1, due_at = created_at, sent_at = created_at
    WHERE state = 'waiting'
"""


@dataclass(frozen=True)
class Evening:
    """A panel, whoever moderates it, and what they do how long ago."""

    panel: Panel
    mo: str
    stationery: Stationery
    now: datetime

    async def ask(self, text: str, number: int, *, ago: timedelta) -> str:
        """Somebody asks; the question's id."""
        draft = QuestionDraft(text, person=somebody(number))
        asked = await submit_question(self.panel, draft, stationery=self.stationery, now=self.now - ago)
        return asked.id

    async def add_voices(self, question_id: str, numbers: range, *, ago: timedelta) -> None:
        """Others ask the same."""
        for number in numbers:
            await add_voice(
                self.panel.session.id,
                question_id,
                somebody(number),
                network="",
                stationery=self.stationery,
                now=self.now - ago,
            )

    async def shortlist(self, question_id: str, minutes: int, *, ago: timedelta) -> None:
        """Mo puts it before the panel, for so many minutes."""
        at = self.now - ago
        await shortlist_question(question_id, Moderator(self.mo, QuestionState.APPROVED), now=at)
        await set_minutes(question_id, minutes, Moderator(self.mo, QuestionState.SHORTLISTED), now=at)


async def moderate_so_far(stationery: Stationery, now: datetime) -> None:
    """All of it, for the two panels that matter most: the one to come at HPN Midlands and the one that was."""
    mo = Organiser(email=MO, email_key=MO, name="Mo Malik", role=Role.MODERATOR, created_at=now - timedelta(days=40))
    await mo.save()
    await _enter_what_was_decided(mo.id)
    event = await get_event("hpn-midlands")
    panel = Panel(await get_session_of(event, "ai-safety"), event)
    await _at_midlands(Evening(panel, mo.id, stationery, now))
    await _at_north(mo.id, now)
    await execute(ARRIVED)


async def _enter_what_was_decided(mo: str) -> None:
    """The ledger knows what the rows say."""
    await execute(DECIDED, mo)
    for question in await Question.objects():
        await _enter("submitted", question.id, ledger.VISITOR, question.submitted_at)
        if question.decided_at:
            await _enter(question.state, question.id, mo, question.decided_at)


async def _at_midlands(evening: Evening) -> None:
    named = {question.text: question.id for question in await Question.objects()}
    known = {start: next(named[text] for text in named if text.startswith(start)) for start in _STARTS}
    await evening.ask(SAME_AGAIN, 3, ago=timedelta(hours=3))
    await evening.ask(HELD, 7, ago=timedelta(hours=2))
    same = await evening.ask(STANDS_WITH, 11, ago=timedelta(hours=6))
    waits = Moderator(evening.mo, QuestionState.PENDING)
    at = evening.now - timedelta(hours=5)
    await merge_question(same, known[STOPPED], waits, stationery=evening.stationery, now=at)
    await evening.add_voices(known[HAZARD_LOG], range(14, 18), ago=timedelta(hours=4))
    await evening.add_voices(known[STOPPED], range(20, 22), ago=timedelta(hours=4))
    await evening.shortlist(known[BOARD], 8, ago=timedelta(hours=1))
    await evening.shortlist(known[SCRIBE], 6, ago=timedelta(hours=1))
    await clarify_question(known[LEGACY], ADDED, now=evening.now - timedelta(hours=1))


async def _at_north(mo: str, now: datetime) -> None:
    event = await get_event("hpn-north")
    session = await get_session_of(event, writeup.SLUG)
    for number, (state, text, answer) in enumerate(NORTH):
        asked_at = session.starts_at - timedelta(days=3, hours=number)
        question = Question(
            session=session.id,
            text=text,
            state=state,
            submitted_at=asked_at,
            decided_by=mo,
            decided_at=asked_at + timedelta(hours=5),
            asked_at=session.starts_at + timedelta(minutes=10 * number) if state == "asked" else None,
        )
        if answer:
            question.answer, question.answered_by = answer, mo
            question.answered_at = session.ends_at + timedelta(days=9)
        await question.save()
        await _enter("submitted", question.id, ledger.VISITOR, asked_at)
        await _enter("approved", question.id, mo, asked_at + timedelta(hours=5))
        await _enter(state, question.id, mo, question.answered_at or session.ends_at)
        if state == "asked":
            await _tie(question, mo, now)


async def _tie(question: Question, mo: str, now: datetime) -> None:
    """The passage of the write-up that takes it up."""
    for found in await passages_like(question.text, most=1, at_least=0.0):
        await Passage(
            id=new_id(),
            question=question.id,
            writeup=found.writeup_id,
            anchor=found.anchor,
            excerpt=found.text,
            tied_by=mo,
            tied_at=now,
            told_at=now,
        ).save()


async def _enter(deed: str, question_id: str, actor: str, at: datetime) -> None:
    await ledger.record(f"question.{deed}", subject=("question", question_id), actor=actor, now=at)


_STARTS = (HAZARD_LOG, STOPPED, BOARD, SCRIBE, LEGACY)
