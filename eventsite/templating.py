"""The one Jinja environment: pages and letters are files under `templates/`, undefined names are errors."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


def create_environment(
    folder: Path, *, filters: Mapping[str, Callable[..., Any]], names: Mapping[str, Any]
) -> Environment:
    """An environment over the templates in `folder`, with `names` known to every template.

    Files ending in `.html` and `.xml` are escaped as they are written; `.txt` files, which become letters, are not.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html", "xml"], default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters.update(filters)
    environment.globals.update(names)
    return environment
