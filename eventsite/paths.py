"""Where the folders beside the package are: in a checkout next to it, in an installed wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    beside, inside = _PACKAGE.parent / name, _PACKAGE / f"_{name}"
    # An installed package has neighbours of its own: only a checkout has a pyproject.toml there.
    in_checkout = (_PACKAGE.parent / "pyproject.toml").is_file()
    return beside if in_checkout and beside.is_dir() else inside


TEMPLATES = _folder("templates")
STATIC = _folder("static")
MIGRATIONS = _folder("migrations")
