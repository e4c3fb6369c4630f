"""No stale word: every command, setting and address in README exists, and every one that exists is in README."""

import re
from itertools import product

import pytest
from cyclopts import App

from eventsite.app import create_app
from eventsite.cli import app as command_line
from eventsite.settings import Settings
from tests.guards.source import ROOT
from tests.routes import Address, addresses

README = (ROOT / "README.md").read_text("utf-8")
CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?<![\w.-])(?:[\w./-]*/)?eventsite((?: +[\w.|<>/:@=,-]+)+)", re.IGNORECASE)
OF_THE_TESTS = {"TEST_DATABASE_URL", "EVENTSITE_SHARED", "CI"}


def code() -> list[str]:
    """What README sets as code: blocks with their continued lines joined, and words between backticks."""
    pieces = [match[1] or match[2] for match in CODE.finditer(README)]
    return [line for piece in pieces for line in piece.replace("\\\n", " ").splitlines()]


def commands(app: App = command_line, before: tuple[str, ...] = ()) -> dict[tuple[str, ...], set[str]]:
    """Every command with its options: `("organiser", "add")` has `--name` and `--role`."""
    found: dict[tuple[str, ...], set[str]] = {}
    for name in (name for name in app if not name.startswith("-")):
        command = app[name]
        if command.default_command:
            arguments = command.assemble_argument_collection()
            found[*before, name] = {option for argument in arguments for option in argument.names}
        found |= commands(command, (*before, name))
    return found


def named_commands() -> list[tuple[str, list[str], set[str]]]:
    """Each use of the command in README: the line, its words (a word with bars counts as several) and its options."""
    uses = []
    for line in code():
        for match in COMMAND.finditer(line):
            words = match[1].split()
            plain = [word for word in words if re.fullmatch(r"[a-z|-]+", word) and not word.startswith("-")]
            uses.append((line, plain, {word.partition("=")[0] for word in words if word.startswith("--")}))
    return uses


def known_commands_of(words: list[str]) -> list[tuple[str, ...]]:
    """The commands a line means: as many of its first words as name one."""
    known = commands()
    for size in (2, 1):
        meant = list(product(*(word.split("|") for word in words[:size])))
        if len(words) >= size and all(command in known for command in meant):
            return meant
    return []


def public_addresses(settings: Settings) -> list[Address]:
    return [address for address in addresses(create_app(settings, with_worker=False)) if address.is_public]


def shape(path: str) -> str:
    return re.sub(r"{[^}]*}", "{}", path)


def test_every_command_is_in_readme() -> None:
    told = {command for _, words, _ in named_commands() for command in known_commands_of(words)}
    assert {" ".join(command) for command in set(commands()) - told} == set()


def test_every_command_in_readme_exists_with_its_options() -> None:
    broken = []
    for line, words, options in named_commands():
        meant = known_commands_of(words)
        known = set[str]().union(*(commands()[command] for command in meant), {"--help", "--version"})
        if (words and not meant) or not options <= known:
            broken.append(line)
    assert broken == []


def test_every_setting_is_in_readme() -> None:
    words = {word for line in code() for word in re.findall(r"[A-Z][A-Z_]+", line)}
    assert {name.upper() for name in Settings.model_fields} - words == set()


def test_every_setting_in_readme_exists() -> None:
    named = {match[0] for line in code() if (match := re.match(r"[A-Z]+(?:_[A-Z]+)+(?==|$)", line.strip()))}
    assert named - {name.upper() for name in Settings.model_fields} - OF_THE_TESTS == set()


def test_every_public_address_is_in_readme(settings: Settings) -> None:
    told = {shape(word) for line in code() for word in re.findall(r"/[^\s`?|]*", line)}
    assert {address.path for address in public_addresses(settings) if shape(address.path) not in told} == set()


def test_every_address_in_readme_exists(settings: Settings) -> None:
    known = {shape(address.path) for address in addresses(create_app(settings, with_worker=False))}
    roots = {path.split("/")[1] for path in known} - {""}
    named = {word for line in code() for word in re.findall(r"(?<![\w./~-])/[\w{}./-]+", line)}
    mine = {shape(word) for word in named if word.split("/")[1].partition(".")[0] in roots}
    templates = [re.compile(re.escape(path).replace(r"\{\}", r"[^/]+")) for path in known]
    assert {word for word in mine if not any(template.fullmatch(word) for template in templates)} == set()


@pytest.mark.parametrize("process", ["release", "web", "worker"])
def test_the_procfile_runs_commands_that_exist(process: str) -> None:
    lines = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
    words = lines[process].split()
    assert words[0] == "eventsite"
    assert {word for word in words if word.startswith("--")} <= commands()[(words[1],)]


def test_ci_runs_the_command_that_readme_names() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    named = [line for line in code() if re.search(r"\bpytest --db=(sqlite|postgres)", line)]
    assert {engine for line in named for engine in re.findall(r"--db=(\w+)", line)} >= {"sqlite", "postgres"}
    assert 'bin/pytest" "--db=$1"' in script
