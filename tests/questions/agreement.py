"""Whether questions, the ledger and the letters tell the same story, however it came about.

The ledger of each question is a way through the machine of states that ends where the row stands; each decision that is
told has one letter; and what an asker heard last is what is so.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from eventsite.database import execute
from eventsite.questions.settling import STANDS, THE_BEGINNING
from eventsite.questions.states import Deed, QuestionState, after, can

DEEDS = {
    "approved": Deed.APPROVE,
    "released": Deed.RELEASE,
    "held": Deed.HOLD,
    "rejected": Deed.REJECT,
    "merged": Deed.MERGE,
    "shortlisted": Deed.SHORTLIST,
    "unlisted": Deed.UNLIST,
    "asked": Deed.ASK,
    "not_reached": Deed.LEAVE_OUT,
    "answered": Deed.ANSWER,
    "withdrawn": Deed.WITHDRAW,
}
KINDS = {
    "approve": "questions/approved",
    "release": "questions/approved",
    "reject": "questions/rejected",
    "merge": "questions/merged",
}
LEDGER = "SELECT subject_id, deed, details FROM ledger_entry WHERE subject = 'question' ORDER BY at, id"
LETTERS = """
    SELECT key, kind, thread, state, attempts FROM outbox_letter WHERE thread IS NOT NULL ORDER BY created_at, id
"""

Row = dict[str, Any]


async def disagreements() -> list[str]:
    """Everything that does not fit, one sentence each; none is what is hoped for."""
    questions = {row["id"]: row for row in await execute("SELECT * FROM question")}
    ledger = _by(await execute(LEDGER), "subject_id")
    letters = _by(await execute(LETTERS), "thread")
    found = [*_wrong_merges(questions)]
    for question in questions.values():
        found += _wrong_ways(question, ledger[question["id"]])
        found += _wrong_letters(question, letters[f"question:{question['id']}"], await _deeds(question["id"]))
        found += await _wrongly_told(question, questions, letters[f"question:{question['id']}"])
    return found


def _by(rows: list[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


async def _deeds(question_id: str) -> list[Row]:
    return await execute("SELECT id, deed FROM moderation WHERE question = {} ORDER BY done_at", question_id)


def _wrong_merges(questions: dict[str, Row]) -> Iterator[str]:
    for row in questions.values():
        if (row["state"] == "merged") != (row["merged_into"] is not None):
            yield f"{row['id']} is {row['state']} and stands with {row['merged_into']}"
        above, line = row["merged_into"], {row["id"]}
        while above is not None and above not in line:
            line.add(above)
            above = questions[above]["merged_into"]
        if above is not None:
            yield f"{row['id']} stands with itself"
        head = questions.get(row["merged_into"])
        if head and head["state"] in {"rejected", "withdrawn"}:
            yield f"{row['id']} stands with one that is {head['state']}"


def _wrong_ways(question: Row, entries: list[Row]) -> Iterator[str]:
    state: str = QuestionState.PENDING
    for entry in entries:
        said = json.loads(entry["details"] or "{}")
        name = entry["deed"].removeprefix("question.")
        if name in DEEDS:
            deed = DEEDS[name]
            if said.get("was", state) != state or not can(deed, state):
                yield f"{question['id']} was {state}, and the ledger says {name} from {said.get('was')}"
            state = after(deed)
        elif name == "unmerged":
            state = said["to"] if state == "merged" else f"{state}, unmerged"
        elif name == "undone":
            state = said["to"] if state == said["was"] else f"{state}, undone {said}"
    if state != question["state"]:
        yield f"{question['id']} is {question['state']}, and the ledger leads to {state}"


def _wrong_letters(question: Row, letters: list[Row], deeds: list[Row]) -> Iterator[str]:
    """One letter of the right kind for each decision on a question whose asker left an address, and no other."""
    written = [letter["kind"] for letter in letters if letter["kind"] != "questions/reconsidered"]
    for row in deeds:
        kinds = [one["kind"] for one in letters if one["key"].startswith(f"question:{question['id']}:{row['id']}:")]
        own = [kind for kind in kinds if kind != "questions/reconsidered"]
        if own != ([KINDS[row["deed"]]] if row["deed"] in KINDS and question["person"] else []):
            yield f"{question['id']}: {row['deed']} has the letters {own}"
    if not question["person"] and written:
        yield f"{question['id']} has no address, and letters"


async def _wrongly_told(question: Row, questions: dict[str, Row], letters: list[Row]) -> list[str]:
    """What an asker heard last, or is about to hear, speaks of the decision that stands."""
    head = question
    while head["merged_into"] is not None:
        head = questions[head["merged_into"]]
    if not question["person"] or "held" in {question["state"], head["state"]} or question["state"] == "withdrawn":
        return []
    rows = await execute(STANDS, question["id"])
    stands = rows[0]["id"] if rows else THE_BEGINNING
    heard = [one for one in letters if one["state"] in {"waiting", "sending", "sent"} or one["attempts"]]
    told = heard[-1]["key"].split(":")[2] if heard else THE_BEGINNING
    is_handed_on = bool(heard) and heard[-1]["kind"] == "questions/merged" and question["state"] == "merged"
    came_back = bool(rows) and not heard
    if told == stands or is_handed_on or (came_back and await _is_return(stands)):
        return []
    return [f"{question['id']} is {question['state']}: {stands} stands, and its asker was told of {told}"]


async def _is_return(row_id: str) -> bool:
    """Whether a question came back before its asker had been told that it was gone."""
    rows = await execute("SELECT deed FROM moderation WHERE id = {}", row_id)
    return bool(rows and rows[0]["deed"] == "return")
