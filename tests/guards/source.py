"""The project's own files as the guards read them."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "eventsite"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One name of the package that a file of it imports. `importer` and `imported` are dotted, without `eventsite.`."""

    importer: str
    imported: str
    where: str


@cache
def sources(folder: Path = PACKAGE) -> dict[Path, ast.Module]:
    """Every Python file under a folder, parsed, by its path relative to the project."""
    return {path.relative_to(ROOT): ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}


@cache
def project_files() -> list[Path]:
    """Every file of the project, relative to it: what lies in the checkout and is not ignored by git."""
    ignored = {*(ROOT / ".gitignore").read_text("utf-8").replace("/", "").split(), ".git"}
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        found += [Path(folder, name).relative_to(ROOT) for name in names]
    return sorted(found)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method in a file, inner ones included."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """How many lines a function's body has: its signature, decorators, docstring and blank lines do not count."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    lines = {line for node in body for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return len(lines)


def module_name(path: Path) -> str:
    """`eventsite/web/forms.py` is `web.forms`, `eventsite/web/__init__.py` is `web`."""
    parts = path.with_suffix("").parts[1:]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports() -> list[Import]:
    """Everything that the package's files import from the package, wherever in a file it stands."""
    known = {module_name(path) for path in sources()}
    return [
        Import(module_name(path), name, f"{path}:{line}")
        for path, tree in sources().items()
        for line, full in _imported(tree)
        if (name := _module_of(full, known)) is not None
    ]


def outside_imports() -> Iterator[tuple[str, str, str]]:
    """What the package imports from elsewhere: module of ours, name of theirs, and where."""
    for path, tree in sources().items():
        for line, full in _imported(tree):
            if not full.startswith("eventsite."):
                yield module_name(path), full, f"{path}:{line}"


def _imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def _module_of(full: str, known: set[str]) -> str | None:
    name = full.removeprefix("eventsite.")
    if name == full:
        return None
    return name if name in known else name.rpartition(".")[0]
