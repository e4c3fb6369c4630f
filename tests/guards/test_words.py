"""What must not stand in the project: exemptions without a reason, a clock of one's own, this machine, vague names."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import ROOT, project_files

TEXT = {".py", ".html", ".txt", ".md", ".css", ".js", ".mjs", ".svg", ".toml", ".json", ".yml", ".yaml", ""}
EXEMPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no|nosec|fmt:\s*off)", re.IGNORECASE)
WITH_REASON = re.compile(r" -- \S.{4,}")
OWN_CLOCK = re.compile(r"datetime\.now\(|\butcnow\(|\btime\.time\(|date\.today\(|datetime\.today\(")
CLOCKS = {"eventsite/clock.py"}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "data", "info", "misc", "process", "handle"}
# Put together here, so that this file does not hold what it looks for.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
MACHINE = [r"/ro" + "ot/", r"/ho" + "me/[a-z]", r"/wo" + "rk/", r"/Us" + "ers/"]
UNFINISHED = [r"\bTO" + "DO\b", r"\bFIX" + "ME\b", r"\bX" + "XX\b", r"\bNot" + "ImplementedError\b"]


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of the project that people read, migrations and locks (which tools write) left out."""
    for path in project_files():
        if path.suffix in TEXT and path.parts[0] != "migrations":
            yield path, (ROOT / path).read_text("utf-8")


def lines_with(patterns: list[str]) -> list[str]:
    found = re.compile("|".join(patterns))
    return [
        f"{path}:{number} {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if found.search(line)
    ]


def comments() -> Iterator[tuple[str, str]]:
    for path in project_files():
        if path.suffix == ".py" and path.parts[0] != "migrations":
            with (ROOT / path).open("rb") as file:
                for token in tokenize.tokenize(file.readline):
                    if token.type == tokenize.COMMENT:
                        yield f"{path}:{token.start[0]}", token.string


def test_exemptions_give_their_reason() -> None:
    found = [(where, comment) for where, comment in comments() if EXEMPTION.search(comment)]
    assert len(found) > 5
    broken = [f"{where} {comment}" for where, comment in found if not WITH_REASON.search(comment)]
    assert not broken, "an exemption ends in ` -- why`:\n" + "\n".join(broken)


def test_time_comes_in_by_the_front_door() -> None:
    broken = [
        f"{path}:{number} {line.strip()}"
        for path, text in texts()
        if path.suffix == ".py" and path.parts[0] == "eventsite" and path.as_posix() not in CLOCKS
        for number, line in enumerate(text.splitlines(), 1)
        if OWN_CLOCK.search(line)
    ]
    assert not broken, "`now` is a parameter, and clock.py is where it starts:\n" + "\n".join(broken)


def test_nothing_names_the_host_of_a_registry() -> None:
    assert lines_with([re.escape(host) for host in REGISTRIES]) == []


def test_nothing_names_a_path_of_somebodys_machine() -> None:
    assert lines_with(MACHINE) == []


def test_nothing_is_left_to_do() -> None:
    assert lines_with(UNFINISHED) == []


def test_modules_and_functions_have_names_that_say_something() -> None:
    vague_files = [path for path in project_files() if path.suffix == ".py" and path.stem in VAGUE]
    defined = re.compile(rf"^\s*(?:async )?(?:def|class) ({'|'.join(VAGUE)})\b", re.MULTILINE | re.IGNORECASE)
    vague_names = [f"{path}: {match[1]}" for path, text in texts() for match in defined.finditer(text)]
    assert (vague_files, vague_names) == ([], [])


def test_texts_are_utf_8_with_plain_ends_of_lines() -> None:
    broken = []
    for path in project_files():
        if path.suffix in TEXT:
            content = (ROOT / path).read_bytes()
            content.decode("utf-8")
            if b"\r" in content or (content and not content.endswith(b"\n")):
                broken.append(str(path))
    assert broken == []
