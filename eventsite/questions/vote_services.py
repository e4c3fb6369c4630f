"""The audience's votes, where a panel has them switched on: one for each browser and question."""

from datetime import datetime

from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound
from eventsite.questions.rules import TAKES_VOTES, NoVotes
from eventsite.tokens import keyed_digest

STANDING = """
    SELECT question.state, COALESCE(panel_stage.takes_votes, FALSE) AS takes_votes
    FROM question LEFT JOIN panel_stage ON panel_stage.session = question.session
    WHERE question.id = {} AND question.session = {}
"""
CAST = """
    INSERT INTO vote (id, question, voter, cast_at) VALUES ({}, {}, {}, {})
    ON CONFLICT (question, voter) DO NOTHING RETURNING id
"""
SWITCHED_ON = "SELECT id FROM panel_stage WHERE session = {} AND takes_votes"
VOTES = """
    SELECT vote.question, COUNT(*) AS votes FROM vote JOIN question ON question.id = vote.question
    WHERE question.session = {} GROUP BY vote.question
"""


async def cast_vote(session_id: str, question_id: str, voter: str, *, now: datetime) -> bool:
    """Counts a browser's vote for a question; False where it was counted before. Raises NotFound, NoVotes.

    `voter` is `voter_digest` of the random number in the browser's own cookie.
    """
    async with transaction():
        found = await execute(STANDING, question_id, session_id)
        if not found:
            raise NotFound
        if not found[0]["takes_votes"] or found[0]["state"] not in TAKES_VOTES:
            raise NoVotes
        return bool(await execute(CAST, new_id(), question_id, voter, now))


def voter_digest(secret: str, number: str) -> str:
    """What is kept of a voter's random number."""
    return keyed_digest(secret, "voter", number)


async def takes_votes(session_id: str) -> bool:
    """Whether a panel has votes switched on. One query."""
    return bool(await execute(SWITCHED_ON, session_id))


async def votes_of(session_id: str) -> dict[str, int]:
    """How many votes each question of a panel has; those without any are left out. One query."""
    return {row["question"]: row["votes"] for row in await execute(VOTES, session_id)}
