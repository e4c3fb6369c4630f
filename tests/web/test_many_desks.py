"""Forty open desks on a real process: everybody hears soon, and the process ends with all of them open."""

import os
import signal

import pytest

from tests.measures.desks import SOON, measure, moderator_and_questions
from tests.servers import servers

DESKS = 40


@pytest.mark.slow
async def test_an_approval_reaches_every_desk_soon_and_the_process_ends_cleanly(database: None) -> None:
    cookie, questions = await moderator_and_questions(3)
    async with servers(1, os.environ["DATABASE_URL"]) as (server,):
        found = await measure(server, cookie, questions, desks=DESKS)

    assert (found.deaf, len(found.delays)) == (0, 3 * DESKS)
    # The measure prints whether it was a second; a machine that runs other tests meanwhile gets more.
    assert max(found.delays) < 10 * SOON
    # uvicorn ends itself by the signal it was sent, once everything is closed.
    assert found.ended_with == -signal.SIGTERM
    assert "Finished server process" in found.said
    assert "Traceback" not in found.said
    assert found.ended_after < 3
