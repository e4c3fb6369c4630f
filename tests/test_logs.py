"""The log: one line a message, in UTC, and nothing that says who anybody is."""

import json
import logging
from collections.abc import Iterator

import pytest

from eventsite.logs import set_up_logs


@pytest.fixture(autouse=True)
def root_logger_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("json")
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        logging.getLogger("eventsite.web").exception("It went wrong")
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("error", "eventsite.web", "It went wrong")
    assert said["at"].endswith("Z")
    assert "ValueError: broken" in said["traceback"]


def test_text_says_when_in_utc_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    logging.getLogger("eventsite.mail").warning("The mail server is away")
    line = capsys.readouterr().err
    assert line.rstrip().endswith("Z WARNING eventsite.mail: The mail server is away")


def test_what_writes_down_addresses_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logs("text")
    logging.getLogger("mail.log").info("RCPT TO:<ann@example.org>")
    logging.getLogger("mail.log").warning("RCPT TO:<ann@example.org>")
    assert capsys.readouterr().err == ""
