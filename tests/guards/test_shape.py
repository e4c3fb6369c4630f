"""The shape of the house: short files of short functions. The middle keeps itself; what is guarded is the tail."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from tests.guards.source import ROOT, Function, functions, length, project_files, sources

LONGEST_FILE = 250
LONGEST_TEST_FILE = 450
LONGEST_FUNCTION = 40
LONGEST_VIEW = 15


def all_functions() -> Iterator[tuple[Path, Function]]:
    for path, tree in sources().items():
        yield from ((path, function) for function in functions(tree))


def is_view(function: Function) -> bool:
    """A view is async, takes the request first and answers it."""
    first = function.args.args[0] if function.args.args else None
    answers = function.returns is not None and ast.unparse(function.returns) in {"Answer", "Response", "FinishedPage"}
    return isinstance(function, ast.AsyncFunctionDef) and first is not None and first.arg == "request" and answers


def too_long(most: int, *, among: list[tuple[Path, Function]]) -> list[str]:
    return [
        f"{path}:{function.lineno} {function.name} has {length(function)} lines, the most are {most}"
        for path, function in among
        if length(function) > most
    ]


def test_no_file_is_longer_than_a_few_screens() -> None:
    limits = {"eventsite": LONGEST_FILE, "tests": LONGEST_TEST_FILE}
    counted = {
        path: len((ROOT / path).read_text("utf-8").splitlines())
        for path in project_files()
        if path.suffix == ".py" and path.parts[0] in limits
    }
    broken = [f"{path} has {lines} lines" for path, lines in counted.items() if lines > limits[path.parts[0]]]
    assert not broken, "\n" + "\n".join(broken)


def test_no_function_is_longer_than_a_screen() -> None:
    broken = too_long(LONGEST_FUNCTION, among=list(all_functions()))
    assert not broken, "\n" + "\n".join(broken)


def test_a_view_loads_asks_and_answers_and_does_no_more() -> None:
    views = [(path, function) for path, function in all_functions() if is_view(function)]
    assert len(views) > 40
    broken = too_long(LONGEST_VIEW, among=views)
    assert not broken, "\n" + "\n".join(broken)


def test_most_functions_are_a_few_lines() -> None:
    lengths = [length(function) for _, function in all_functions()]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=20)[-1] <= 25


def test_every_public_function_and_class_of_the_package_says_what_it_is_for() -> None:
    unsaid = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in sources().items()
        for node in tree.body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not unsaid, "\n" + "\n".join(unsaid)
