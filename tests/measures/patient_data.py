"""`python -m tests.measures patient_data [--missed] [--final]`: what is found, and what is none.

Counted so: what is labelled is found when one finding of the same code overlaps it (recall), and a finding is right
when it overlaps one label of its code (precision). `incident` has no place: a text that tells of one is found when
`find_incident` finds anything in it. A text that names a person is labelled for the person alone, whether or not it
tells of harm too: an incident found there is neither right nor wrong. `--missed` prints each text that was got wrong.

Both halves were written blind, by people who did not see how anything is found, and read a second time by others. The
final half is not for tuning: `--final` scores it once, at the end.
"""

import argparse
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eventsite.questions.patient_data import find_incident, find_personal

TEXTS = Path(__file__).with_suffix(".jsonl")
GOALS = {
    "nhs_number": 0.99,
    "national_insurance_number": 0.99,
    "email": 0.99,
    "telephone": 0.99,
    "date_of_birth": 0.95,
    "postcode": 0.95,
}
PRECISION = 0.95


@dataclass
class Score:
    """What was there, what of it was found, and what was found."""

    labelled: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong_texts: list[str] = field(default_factory=list)

    def recall(self, code: str = "") -> float:
        """The share of what is labelled that was found, of one code or of all."""
        return _share(self.caught, self.labelled, code)

    def precision(self, code: str = "") -> float:
        """The share of what was found that is labelled."""
        return _share(self.right, self.findings, code)


def labelled_texts(half: str) -> list[dict[str, Any]]:
    """The texts of one half."""
    return [row for line in TEXTS.read_text("utf-8").splitlines() if (row := json.loads(line))["half"] == half]


def score(rows: list[dict[str, Any]]) -> Score:
    """Reads each text and counts."""
    result = Score()
    for row in rows:
        labels = [(label["code"], label.get("start", 0), label.get("end", 1)) for label in row["found"]]
        found = [(one.code, one.start, one.end) for one in find_personal(row["text"])]
        # An incident has no place in a text: it is there or it is not.
        found += [("incident", 0, 1)] if _counts_incidents(labels) and find_incident(row["text"]) else []
        caught = [label for label in labels if any(_same(label, other) for other in found)]
        right = [one for one in found if any(_same(one, other) for other in labels)]
        for counter, things in (
            (result.labelled, labels),
            (result.caught, caught),
            (result.findings, found),
            (result.right, right),
        ):
            counter.update(code for code, _, _ in things)
        if len(caught) < len(labels) or len(right) < len(found):
            result.wrong_texts.append(f"{row['text']}\n    labelled {labels}\n    found    {found}")
    return result


def table(result: Score) -> str:
    """One line for each code and one for all."""
    lines = [f"{'':<27}{'n':>5}{'recall':>9}{'precision':>11}{'goal':>7}"]
    for code in [*sorted(result.labelled | result.findings), ""]:
        number = result.labelled[code] if code else result.labelled.total()
        goal = f"{GOALS[code]:.2f}" if code in GOALS else ""
        lines.append(
            f"{code or 'all':<27}{number:>5}{result.recall(code):>9.3f}{result.precision(code):>11.3f}{goal:>7}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Prints the table of one half."""
    parser = argparse.ArgumentParser(prog="python -m tests.measures patient_data")
    parser.add_argument("--final", action="store_true", help="score the half that nobody tuned to")
    parser.add_argument("--missed", action="store_true", help="print each text of the tuning half that was got wrong")
    chosen = parser.parse_args(arguments)
    half = "final" if chosen.final else "tuning"
    rows = labelled_texts(half)
    result = score(rows)
    print(f"patient data, {half} half: {len(rows)} texts, {sum(not row['found'] for row in rows)} of them clean\n")
    print(table(result))
    if chosen.missed and not chosen.final:
        print("", *result.wrong_texts, sep="\n")


def _counts_incidents(labels: list[tuple[str, int, int]]) -> bool:
    """Whether an incident in it would have been labelled: not where a person is named."""
    codes = {code for code, _, _ in labels}
    return "incident" in codes or "named_person" not in codes


def _same(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _share(some: Counter[str], of: Counter[str], code: str) -> float:
    part, whole = (some[code], of[code]) if code else (some.total(), of.total())
    return part / whole if whole else 1.0
