"""`eventsite person` and `eventsite retention`: what somebody may ask of us, and what goes by itself."""

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventsite.database import execute
from eventsite.self_service.erasure import OrganiserInUse
from eventsite.settings import Settings
from tests.cli.running import eventsite
from tests.factories import make_event, make_session
from tests.organisers.factories import make_organiser
from tests.self_service.factories import address_of, hold_everything, make_interest, make_person

pytestmark = pytest.mark.usefixtures("database")

ANN = address_of("ann")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def ann(database: None, settings: Settings) -> None:
    """Ann with a row in every table, and Mallory too."""
    event = await make_event(name="HPN Midlands")
    session = await make_session(event, title="How do we deploy AI safely?")
    for who in ("ann", "mallory"):
        await hold_everything(who, event, session, settings=settings, now=NOW)


@pytest.mark.usefixtures("ann")
async def test_everything_held_is_written_out_as_json() -> None:
    code, said, complained = await eventsite("person", "export", "Ann@Trust.Example")
    exported = json.loads(said)
    assert (code, complained) == (0, "")
    assert exported["address"] == ANN
    by_table = {kind["table"]: kind["rows"] for kind in exported["held"]}
    assert by_table["person"][0]["organisation"] == "Example Trust of ann"
    assert by_table["interest"][0]["event"] == "HPN Midlands"
    assert {row["session"] for row in by_table["question"]} == {"How do we deploy AI safely?"}
    assert by_table["outbox_letter"][0]["content"].startswith("From: ")
    assert [row["deed"] for row in by_table["ledger_entry"]] == ["interest.registered"]
    assert "mallory" not in said.casefold()


@pytest.mark.usefixtures("ann")
async def test_nothing_that_opens_a_door_is_written_out() -> None:
    said = (await eventsite("person", "export", ANN)).said
    for column in ("password_hash", "token_digest", "link_version", "dedupe_key", "email_key"):
        assert f'"{column}"' not in said


@pytest.mark.usefixtures("ann")
async def test_a_file_that_is_written_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    assert await eventsite("person", "export", ANN, "-o", str(file)) == (0, "", "")
    assert json.loads(file.read_text())["address"] == ANN
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.usefixtures("ann")
async def test_everything_is_erased_and_said_by_table() -> None:
    code, said, complained = await eventsite("person", "erase", ANN)
    assert (code, complained) == (0, "")
    assert dict(line.split("\t") for line in said.splitlines()) == {
        "interest": "1",
        "seat": "1",
        "invite": "1",
        "question": "4",
        "voice": "1",
        "question_notice": "1",
        "consent": "1",
        "person": "1",
        "bounce": "1",
        "suppression": "1",
        "inbound_letter": "1",
        "complaint": "1",
        "outbox_letter": "2",
    }
    assert await execute("SELECT email FROM person") == [{"email": address_of("mallory")}]
    assert (await eventsite("person", "export", ANN)).complained == f"Nothing is held on {ANN}.\n"


async def test_erasing_what_is_not_held_is_done_already() -> None:
    assert await eventsite("person", "erase", ANN) == (0, f"Nothing is held on {ANN}.\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "ann"), "Enter an email address in the correct format, like name@example.com"),
        (("export", "stranger@trust.example"), "Nothing is held on stranger@trust.example."),
        (("export", ANN, "-o", "/no/where"), "The file /no/where cannot be written: No such file or directory."),
        (("erase", ANN), str(OrganiserInUse())),
    ],
)
async def test_what_cannot_be_done_is_one_sentence_on_standard_error(arguments: tuple[str, ...], sentence: str) -> None:
    await make_organiser(email=ANN)
    assert await eventsite("person", *arguments) == (1, "", f"{sentence}\n")


async def test_retention_says_what_would_go_and_then_lets_it_go() -> None:
    long_ago = datetime(2024, 1, 1, tzinfo=UTC)
    event = await make_event(starts_on=long_ago.date(), ends_on=long_ago.date() + timedelta(days=1))
    await make_interest(await make_person(now=long_ago), event, now=long_ago)
    for arguments in (("--dry-run",), ()):
        assert await eventsite("retention", *arguments) == (0, "interest\t1\nperson\t1\n", "")
    assert await eventsite("retention") == (0, "Nothing is past its date.\n", "")


@pytest.mark.parametrize("command", [("person", "export", ANN), ("person", "erase", ANN), ("retention",)])
async def test_a_database_that_is_behind_is_said_to_be(tmp_path: Path, command: tuple[str, ...]) -> None:
    empty = f"sqlite:///{tmp_path}/empty.sqlite"
    ran = await eventsite(*command, DATABASE_URL=empty)
    assert ran == (1, "", "The database is behind this version. Run: eventsite migrate\n")
