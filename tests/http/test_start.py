"""A bad deployment does not start: it ends within seconds with exit code 1 and a sentence that names what is wrong."""

import asyncio
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import deployment, free_port, run_eventsite, server

WITHIN = 5.0
SITE_URL = "http://127.0.0.1:8000"
AWAY = ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////proc/nowhere/eventsite.sqlite"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return deployment(f"sqlite:///{tmp_path}/eventsite.sqlite", SITE_URL)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


async def ended(*arguments: str, environment: dict[str, str]) -> tuple[int | None, str]:
    """How a command ended that should end by itself, and what it said."""
    process = await run_eventsite(*arguments, environment=environment)
    try:
        said, _ = await asyncio.wait_for(process.communicate(), WITHIN)
    except TimeoutError:
        process.kill()
        raise
    return process.returncode, said.decode()


def is_a_sentence(said: str) -> bool:
    lines = said.strip().splitlines()
    return len(lines) == 1 and lines[0].endswith(".") and "Traceback" not in said


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_all_settings_that_are_bad_are_named(environment: dict[str, str], command: str) -> None:
    bad = {"SECRET_KEY": "short", "SITE_URL": "z", "SMTP_URL": "y", "MAIL_FROM": "x"}
    code, said = await ended(command, environment=environment | bad)
    assert (code, [line.split()[0] for line in said.splitlines()]) == (1, list(bad))


@pytest.mark.parametrize("url", AWAY)
async def test_a_database_that_is_away_is_named(environment: dict[str, str], url: str) -> None:
    code, said = await ended("serve", environment=environment | {"DATABASE_URL": url})
    assert (code, "DATABASE_URL" in said) == (1, True), said
    assert is_a_sentence(said), said


@pytest.mark.parametrize("command", ["serve", "worker"])
async def test_a_database_without_its_schema_is_not_served(environment: dict[str, str], command: str) -> None:
    code, said = await ended(command, environment=environment)
    assert (code, "eventsite migrate" in said) == (1, True), said
    assert is_a_sentence(said), said


async def test_a_port_that_is_taken_is_named(environment: dict[str, str], taken_port: int) -> None:
    await ended("migrate", environment=environment)
    for arguments, more in ((["--port", str(taken_port)], {}), ([], {"PORT": str(taken_port)})):
        code, said = await ended("serve", *arguments, environment=environment | more)
        assert (code, f"Port {taken_port}" in said) == (1, True), said
        assert is_a_sentence(said), said


async def test_bad_usage_is_told_apart(environment: dict[str, str]) -> None:
    code, said = await ended("serve", "--port", "many", environment=environment)
    assert (code, "Traceback" in said) == (2, False), said


@pytest.mark.parametrize("port", ["0", "99999"])
async def test_a_port_that_is_none_is_refused(environment: dict[str, str], port: str) -> None:
    code, said = await ended("serve", f"--port={port}", environment=environment)
    assert (code, is_a_sentence(said)) == (1, True), said


async def test_a_good_deployment_starts_and_stops_when_told(environment: dict[str, str]) -> None:
    await ended("migrate", environment=environment)
    async with server(free_port(), environment) as running:
        process = running.process
    assert process.returncode in {0, -15}
