"""The worker as the site runs it: it takes in what comes home, and sends letters whether it can or not."""

import asyncio
import logging
import smtplib
from pathlib import Path

import pytest

from eventsite.events.tables import Event
from eventsite.mail import queries
from eventsite.presentation import stationery_for
from eventsite.settings import Settings, load_settings
from eventsite.stationery import Stationery
from eventsite.worker import Worker
from tests.answering import invitation_of, standing
from tests.conftest import SECRET, SITE_URL, StandingClock
from tests.factories import make_event
from tests.interest.people import Cast
from tests.servers import free_port
from tests.smtp_server import SmtpServer, smtp_server

US = {"secret_key": SECRET, "site_url": SITE_URL, "mail_from": "events@events.example.org"}


def with_lmtp(listen: str, server: SmtpServer) -> Settings:
    return load_settings(US | {"lmtp_listen": listen, "smtp_url": server.url()})


async def invited(clock: StandingClock, stationery: Stationery) -> tuple[Event, Cast]:
    return await make_event(), Cast(stationery, clock())


@pytest.mark.usefixtures("database")
async def test_the_worker_takes_in_an_answer_and_ends_when_it_is_told(
    clock: StandingClock, stationery: Stationery
) -> None:
    event, cast = await invited(clock, stationery)
    ann = await cast.accepted(event, "Ann Archer")
    invite = await invitation_of(ann, event)
    port = free_port()

    def hand_over() -> None:
        with smtplib.LMTP("127.0.0.1", port, timeout=10) as mx:
            mx.sendmail(ann.email, [invite.row["organizer"]], invite.answer("DECLINED"))

    async with smtp_server() as server:
        worker = Worker(stationery_for(with_lmtp(f"127.0.0.1:{port}", server)), now=clock)
        async with worker.running():
            await server.wait_for(2)
            await asyncio.to_thread(hand_over)
    assert await standing(ann, event) == "declined"
    with pytest.raises(ConnectionError):
        await asyncio.open_connection("127.0.0.1", port)


@pytest.mark.usefixtures("database")
async def test_letters_go_out_although_nothing_can_come_in(
    clock: StandingClock, stationery: Stationery, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    event, cast = await invited(clock, stationery)
    ann = await cast.interested(event, "Ann Archer")
    async with smtp_server() as server:
        settings = with_lmtp(f"unix:{tmp_path}/nowhere/socket", server)
        with caplog.at_level(logging.ERROR, "eventsite.worker"):
            async with Worker(stationery_for(settings), now=clock).running():
                await server.wait_for(1)
    assert len(await queries.letters_to(ann.email)) == 1
    assert "LMTP_LISTEN: unix:" in caplog.text
