"""What those who ask the same left with a question: names that may stand beside it, and what they added for the panel.

Whoever asked a question that was merged with another one chose, too, whether to be named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from eventsite.database import execute
from eventsite.questions.queries import TREE
from eventsite.questions.rules import shown_name

STANDING = f"""{TREE}
    SELECT tree.head, COALESCE(question.person, question.id) AS who, question.name, question.anonymous,
        question.clarification
    FROM tree JOIN question ON question.id = tree.id
    ORDER BY CASE WHEN tree.id = tree.head THEN 0 ELSE 1 END, question.submitted_at, tree.id
"""  # noqa: S608 -- our own text


@dataclass(frozen=True)
class Credits:
    """`also` are the names to be shown beside its own asker's, each once; `added` is for organisers and chair."""

    also: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


async def credits_of(question_ids: Iterable[str]) -> dict[str, Credits]:
    """What was left with each question by its asker and by those whose questions stand with it. One query, or none."""
    ids = list(question_ids)
    rows = await execute(STANDING.replace("HEADS", ", ".join("{}" for _ in ids)), *ids) if ids else []
    standing: dict[str, list[dict[str, Any]]] = {question_id: [] for question_id in ids}
    for row in rows:
        standing[row["head"]].append(row)
    return {
        question_id: Credits(
            _also(family) if family else (), tuple(row["clarification"] for row in family if row["clarification"])
        )
        for question_id, family in standing.items()
    }


def _also(family: list[dict[str, Any]]) -> tuple[str, ...]:
    """The names of those after the first: nobody twice, and not whoever asked the first one without a name."""
    first, *others = family
    people = {first["who"]}
    names = {shown_name(first["name"], anonymous=first["anonymous"]).casefold(): ""}
    for row in others:
        name = shown_name(row["name"], anonymous=row["anonymous"])
        if name and row["who"] not in people:
            names.setdefault(name.casefold(), name)
            people.add(row["who"])
    return tuple(filter(None, names.values()))
