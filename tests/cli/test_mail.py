"""`eventsite mail receive` takes in whatever a mail server pipes to it, or asks it to come again."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
import pytest_asyncio

from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.mail.tables import InboundLetter
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery
from tests.answering import invitation_of, standing
from tests.cli.running import DEPLOYMENT, Ran, eventsite
from tests.conftest import StandingClock
from tests.factories import make_event
from tests.interest.people import Cast

DONE = Ran(0, "", "")


async def receive(message: bytes, *arguments: str, **environment: str) -> Ran:
    """Runs the command as a mail server does: in a process of its own, with the message on standard input."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "eventsite", "mail", "receive", *arguments),
        env=os.environ | DEPLOYMENT | environment,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate(message)
    return Ran(process.returncode, said.decode(), complained.decode())


class Place:
    def __init__(self, event: Event, ann: KnownPerson, no: bytes, address: str) -> None:
        self.event, self.ann, self.no, self.address = event, ann, no, address

    async def state(self) -> str:
        return await standing(self.ann, self.event)


@pytest_asyncio.fixture(loop_scope="session")
async def place(database: None, stationery: Stationery, clock: StandingClock) -> Place:
    """Ann's place, and the message in which she gives it up."""
    event = await make_event()
    ann = await Cast(stationery, clock()).accepted(event, "Ann Archer")
    invite = await invitation_of(ann, event)
    return Place(event, ann, invite.answer("DECLINED"), invite.row["organizer"])


async def test_a_plain_message_is_enough(place: Place) -> None:
    assert await receive(place.no) == DONE
    assert await place.state() == "declined"


async def test_the_mail_server_may_say_whom_the_envelope_names(place: Place) -> None:
    no = place.no.replace(place.address.encode(), b"undisclosed")
    assert await receive(no, "--recipient", place.address) == DONE
    assert await place.state() == "declined"


@pytest.mark.parametrize("name", ["ORIGINAL_RECIPIENT", "RECIPIENT"])
async def test_or_postfix_says_it_in_its_environment(place: Place, name: str) -> None:
    assert await receive(place.no.replace(place.address.encode(), b"undisclosed"), **{name: place.address}) == DONE
    assert await place.state() == "declined"


@pytest.mark.parametrize("message", [b"", b"\x00\xff", b"From: x\n\nHello", b"x" * 6_000_000])
async def test_r4_17_whatever_it_is_it_is_taken_in_without_a_word(database: None, message: bytes) -> None:
    assert await receive(message) == DONE
    assert [row["outcome"] for row in await execute("SELECT outcome FROM inbound_letter")] == ["quarantined"]


async def test_the_same_message_again_is_taken_in_once(place: Place) -> None:
    assert [await receive(place.no), await receive(place.no)] == [DONE, DONE]
    assert await InboundLetter.count() == 1


async def test_a_database_that_is_away_means_come_again() -> None:
    ran = await receive(b"From: x\n\nHello", DATABASE_URL="postgresql://127.0.0.1:1/nowhere")
    assert (ran.code, ran.said, ran.complained.count("\n")) == (75, "", 1)
    assert ran.complained.startswith("The message cannot be taken in now: the database")


async def test_so_does_a_database_that_is_behind(tmp_path: Path) -> None:
    ran = await receive(b"From: x\n\nHello", DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite")
    assert (ran.code, ran.complained) == (
        75,
        "The message cannot be taken in now: The database is behind this version. Run: eventsite migrate. "
        "Try again later.\n",
    )


async def test_so_does_a_wrong_setting() -> None:
    ran = await receive(b"From: x\n\nHello", SITE_URL="nonsense")
    assert (ran.code, ran.complained.count("\n")) == (75, 1)
    assert "SITE_URL must be an address" in ran.complained


async def test_bad_usage_is_said_so() -> None:
    ran = await receive(b"From: x\n\nHello", "--whom", "x")
    assert (ran.code, ran.said, ran.complained.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_a_place_to_listen_at_that_cannot_be_had_is_said_at_the_start(command: str, tmp_path: Path) -> None:
    ran = await eventsite(command, LMTP_LISTEN=f"unix:{tmp_path}/nowhere/socket", PORT="8398")
    assert ran == Ran(
        1,
        "",
        f"LMTP_LISTEN cannot be used: unix:{tmp_path}/nowhere/socket: the folder {tmp_path}/nowhere is not there or "
        "not ours to write to.\n",
    )
