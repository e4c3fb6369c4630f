"""Who did what when. Written inside the transaction of the deed; nothing in it is ever changed."""

import json
from datetime import datetime

from eventsite.database import execute, new_id

VISITOR = "visitor"
SYSTEM = "system"
OPERATOR = "operator"
CHAIR = "chair"
"""Whoever has the link of a panel's chair."""

INSERT = """
    INSERT INTO ledger_entry (id, at, actor, deed, subject, subject_id, details) VALUES ({}, {}, {}, {}, {}, {}, {})
"""


async def record(
    deed: str, *, subject: tuple[str, str], actor: str, now: datetime, details: dict[str, object] | None = None
) -> None:
    """Enters a deed such as `question.approved`.

    `actor` is an organiser's id, or VISITOR, SYSTEM, CHAIR or OPERATOR (the command line). `details` hold ids, numbers
    and states, never words of the public.
    """
    said = json.dumps(details, sort_keys=True) if details else ""
    await execute(INSERT, new_id(), now, actor, deed, *subject, said)
