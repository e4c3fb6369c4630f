"""`eventsite export`: lists to take along."""

import json
import stat
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.running import eventsite
from tests.factories import make_event, make_session
from tests.questions.factories import make_question
from tests.self_service.factories import make_interest, make_person

pytestmark = pytest.mark.usefixtures("database")

HELD = {"state": "held", "held_reasons": "nhs_number", "held_spans": '[[8, 20, "nhs_number"]]'}
WORDS = "Why was 943 476 5919 sent home?"


async def test_interests_are_written_as_csv_unless_said_otherwise(now: datetime) -> None:
    event = await make_event(slug="hpn-midlands")
    await make_interest(await make_person("ann", now=now), event, now=now)
    code, said, complained = await eventsite("export", "interests", "--event", "hpn-midlands")
    assert (code, complained) == (0, "")
    header, line = said.splitlines()
    assert header == "event,name,email,job_title,organisation,state,updates,registered_at"
    assert line.startswith("hpn-midlands,Ann Archer,ann@trust.example,")


async def test_held_words_are_covered_unless_they_are_asked_for() -> None:
    await make_question(await make_session(await make_event(slug="hpn-midlands")), text=WORDS, **HELD)
    command = ("export", "questions", "--event", "hpn-midlands", "--format", "json")
    plain, whole = await eventsite(*command), await eventsite(*command, "--include-held")
    assert (plain.code, plain.complained) == (0, "")
    assert [row["text"] for row in json.loads(plain.said)] == ["█" * len(WORDS)]
    assert [row["text"] for row in json.loads(whole.said)] == [WORDS]
    assert whole.complained.startswith("The words of held questions go along")


async def test_a_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    await make_session(await make_event(slug="hpn-midlands"), slug="ai-safety")
    file = tmp_path / "programme.xlsx"
    command = ("export", "programme", "--event", "hpn-midlands", "--format", "xlsx", "-o", str(file))
    assert await eventsite(*command) == (0, "", "")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    sheet = load_workbook(file).active
    assert sheet is not None
    assert sheet["B2"].value == "ai-safety"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("interests", "--event", "nowhere"), 1, "There is no event nowhere."),
        (("programme", "--event", "x", "-o", "/no/where"), 1, "The file /no/where cannot be written: No such file or"),
        (("questions", "--event", "x", "--format", "pdf"), 2, ""),
        (("questions",), 2, ""),
    ],
)
async def test_what_cannot_be_done_is_a_sentence(arguments: tuple[str, ...], code: int, sentence: str) -> None:
    ran = await eventsite("export", *arguments)
    assert (ran.code, ran.said) == (code, "")
    assert ran.complained.startswith(sentence)
    assert "Traceback" not in ran.complained
