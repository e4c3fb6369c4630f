"""What is held of a question: where it stands in the words, what may be shown of it, what is left once it is purged.

Pure. `held_spans` is JSON, [[start, end, code], ...] in `text`; where there is none, all of the words are held.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eventsite.questions.patient_data import CODE_LABELS, Finding, find_incident, find_personal, masked, told_once
from eventsite.questions.states import QuestionState
from eventsite.questions.tables import Question

ALL_REMOVED = "[removed: this question was held, and not released in time]"
Columns = dict[str, object]


@dataclass(frozen=True)
class Shown:
    """What somebody may see of a question. `is_masked` says that there is more than they may."""

    text: str
    original_text: str | None
    clarification: str | None
    name: str
    is_masked: bool


def shown_to(question: Question | Mapping[str, Any], *, may_read: bool) -> Shown:
    """What of a question may be seen by somebody who may read held ones, or who may not.

    Takes a row or a mapping with its columns. To whom may not, a held question shows its words with what was found in
    them covered, and neither the words it had before, nor what its asker added, nor a name.
    """
    row: Mapping[str, Any] = question.to_dict() if isinstance(question, Question) else question
    text, name = str(row["text"]), str(row.get("name") or "")
    if may_read or not is_covered(row):
        return Shown(text, row.get("original_text"), row.get("clarification"), name, is_masked=False)
    everything = (Finding(0, len(text), ""),)
    spans = row.get("held_spans")
    return Shown(masked(text, everything if spans is None else findings_of(spans)), None, None, "", is_masked=True)


def is_covered(row: Mapping[str, Any]) -> bool:
    """Whether a question's words are for those alone who may read held ones: while it is held, and once it is turned
    down or taken back, where it was held by hand for no reason given: nobody knows what of it could be deleted.
    """
    if row["state"] in {QuestionState.REJECTED, QuestionState.WITHDRAWN}:
        return row["held_at"] is not None and not row["held_reasons"]
    return bool(row["state"] == QuestionState.HELD)


def spans_of(findings: Iterable[Finding]) -> str:
    """Findings as a row holds them."""
    return json.dumps([[one.start, one.end, one.code] for one in findings])


def findings_of(spans: str) -> tuple[Finding, ...]:
    """The findings that a row holds, in the order of the words."""
    return tuple(sorted((Finding(*one) for one in json.loads(spans)), key=lambda one: one.start))


def held_columns(text: str, *, codes: Iterable[str], now: datetime) -> Columns:
    """What a row says of words that are held from now on. `codes` are reasons beside those found in the words."""
    found = find_all(text)
    reasons = {*codes, *(one.code for one in found)}
    spans = spans_of(found) if found else None
    return {"held_reasons": ",".join(sorted(reasons)), "held_spans": spans, "held_at": now, "purged_at": None}


def mended_columns(text: str, reasons: str) -> Columns:
    """What a row says of a held question whose wording was mended: its old reasons stay, and new ones may join them."""
    found = find_all(text)
    codes = {*filter(None, reasons.split(",")), *(one.code for one in found)}
    looked_through: Columns = {"held_reasons": ",".join(sorted(codes)), "held_spans": spans_of(found)}
    return {**looked_through, "purged_at": None} if found else looked_through


def purged_columns(question: Question, *, now: datetime) -> Columns:
    """What is left of a held question once its time is up: its words without what was found in them."""
    added = question.clarification
    return {
        "text": _without_held(question),
        "original_text": None,
        "clarification": without(added, find_personal(added)) if added else added,
        "held_spans": None,
        "purged_at": now,
    }


def find_all(text: str) -> tuple[Finding, ...]:
    """Everything that a question can be held for, in the order of the words, each place once."""
    return told_once(find_personal(text), find_incident(text), len(text))


def new_findings(text: str, before: str) -> list[Finding]:
    """What may identify somebody in a new wording and did not stand in the old one."""
    known = {(one.code, before[one.start : one.end].casefold()) for one in find_personal(before)}
    return [one for one in find_personal(text) if (one.code, text[one.start : one.end].casefold()) not in known]


def without(text: str, findings: Iterable[Finding]) -> str:
    """A text with what was found in it taken out for good, and a word of what it was in its place."""
    parts, end = [], 0
    for one in findings:
        if one.start >= end:
            parts += [text[end : one.start], f"[removed: {CODE_LABELS.get(one.code, one.code)}]"]
        end = max(end, one.end)
    return "".join([*parts, text[end:]])


def _without_held(question: Question) -> str:
    """Held by hand, with reasons and nothing found: nobody knows where it stands, so all of it goes."""
    if question.held_spans is not None:
        return without(question.text, findings_of(question.held_spans))
    return ALL_REMOVED if question.held_reasons else question.text
