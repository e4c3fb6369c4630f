"""The requirements of calendars and mail: each MUST has a test that bears its number."""

import re
from pathlib import Path

REQUIREMENT = re.compile(r"^R(\d+)\.(\d+) MUST", re.MULTILINE)
NUMBERS = re.compile(r"_r(\d+)_(\d+)(?=_)")
TEST = re.compile(r"def (test_\w+)\(")
TESTS = Path(__file__).resolve().parents[1]


def test_each_must_of_calendars_and_mail_has_a_test_named_after_it(shared: Path) -> None:
    listed = set(REQUIREMENT.findall((shared / "reference" / "calendar-and-mail.md").read_text()))
    assert len(listed) > 60
    assert listed - _numbers_of_tests() == set()


def _numbers_of_tests() -> set[tuple[str, ...]]:
    return {
        number
        for file in TESTS.rglob("test_*.py")
        for name in TEST.findall(file.read_text())
        for number in NUMBERS.findall(name)
    }
