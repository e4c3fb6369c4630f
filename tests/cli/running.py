"""Commands run as an operator runs them: each in a process of its own, with a deployment's environment."""

import asyncio
import os
import sys
from typing import NamedTuple

from tests.conftest import SECRET, SITE_URL

DEPLOYMENT = {"SECRET_KEY": SECRET, "SITE_URL": SITE_URL, "MAIL_FROM": "events@events.example.org"}


class Ran(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int | None
    said: str
    complained: str


async def eventsite(*arguments: str, **environment: str) -> Ran:
    """Runs `eventsite ...` on the tests' database, or on the one named by DATABASE_URL."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "eventsite", *arguments),
        env=os.environ | DEPLOYMENT | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return Ran(process.returncode, said.decode(), complained.decode())
