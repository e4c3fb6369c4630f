"""What a deployment installs is pinned, file by file, and is what pyproject.toml asks for."""

import re
import tomllib
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.guards.source import ROOT

PINNED = re.compile(
    r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^\s;]+)(?: ; (.+?))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)",
    re.MULTILINE,
)
# Older ones have faults that the site must not have: header injection, unbounded forms, smuggled commands.
FLOORS = {"starlette": "1.3.1", "python-multipart": "0.0.20", "aiosmtplib": "5.1.3", "jinja2": "3.1.6", "h11": "0.16"}
MADE_ON = {"python_version": "3.11", "python_full_version": "3.11.2", "sys_platform": "linux", "os_name": "posix"}


def lock() -> str:
    return (ROOT / "requirements.txt").read_text("utf-8")


def pins() -> dict[str, Version]:
    return {match[1]: Version(match[2]) for match in PINNED.finditer(lock())}


def asked_for() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line) for line in project["dependencies"]]


def needed_by(requirements: list[Requirement]) -> set[str]:
    """The names of all that these need where the pins were made, and of what that needs, and so on."""
    seen: dict[tuple[str, str], None] = {}
    waiting = [(requirement, "") for requirement in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({**MADE_ON, "extra": extra}):
            continue
        for wanted in ("", *requirement.extras):
            name = (canonicalize_name(requirement.name), wanted)
            if name not in seen:
                seen[name] = None
                needs = distribution(requirement.name).requires or []
                waiting.extend((Requirement(line), wanted) for line in needs)
    return {name for name, _ in seen}


@pytest.mark.parametrize("requirement", asked_for(), ids=lambda requirement: requirement.name)
def test_each_dependency_is_pinned_to_a_version_it_allows(requirement: Requirement) -> None:
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)], prereleases=True)


def test_what_the_dependencies_need_is_pinned_too_and_nothing_else() -> None:
    assert needed_by(asked_for()) == set(pins())


def test_the_lock_holds_pins_with_digests_and_nothing_else() -> None:
    rest = "".join(line for line in PINNED.sub("", lock()).splitlines() if not line.lstrip().startswith("#"))
    assert rest == ""
    assert len(pins()) > 30


def test_nothing_is_older_than_it_may_be() -> None:
    assert {name: pins()[name] for name, floor in FLOORS.items() if pins()[name] < Version(floor)} == {}


def test_nothing_names_where_packages_come_from() -> None:
    assert not re.search(r"https?:|--(extra-)?index|--find-links|file:", lock())
