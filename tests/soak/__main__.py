"""Runs the long round of one subject and prints its line. Every module here that has `run(count)` is a subject."""

import argparse
from importlib import import_module
from pkgutil import iter_modules
from time import monotonic
from types import ModuleType

from tests import soak


def main() -> None:
    """Reads the command line and runs the subject. What it finds wrong ends it with a traceback."""
    chosen = arguments().parse_args()
    began = monotonic()
    line: str = chosen.run(chosen.count)
    print(f"{line} It took {monotonic() - began:,.0f} seconds.")


def arguments() -> argparse.ArgumentParser:
    """A command for each subject, with how many rounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=soak.__doc__)
    commands = parser.add_subparsers(required=True, metavar="SUBJECT")
    for name, module in subjects().items():
        command = commands.add_parser(name, help=(module.__doc__ or "").partition("\n")[0])
        command.add_argument("--count", type=positive, default=1000, help="how many (1000)")
        command.set_defaults(run=module.run)
    return parser


def subjects() -> dict[str, ModuleType]:
    """The subjects by name."""
    names = sorted(found.name for found in iter_modules(soak.__path__) if not found.name.startswith("_"))
    modules = {name: import_module(f"tests.soak.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def positive(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above zero.")
    return int(text)


if __name__ == "__main__":
    main()
