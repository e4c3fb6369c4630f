"""What a layout names, no page names otherwise: the layout's own is set last, and the page's would be gone."""

import re

from tests.guards.source import ROOT

TEMPLATES = ROOT / "templates"
SET = re.compile(r"{%-?\s*set\s+([\w, ]+?)\s*(?:=|-?%})")
EXTENDS = re.compile(r"{%-?\s*extends\s+\"([\w/.]+)\"")


def named_in(text: str) -> set[str]:
    return {name.strip() for names in SET.findall(text) for name in names.split(",")}


def test_no_page_names_what_its_layout_names() -> None:
    found = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text("utf-8")
        own = named_in(text)
        while layout := EXTENDS.search(text):
            text = (TEMPLATES / layout[1]).read_text("utf-8")
            found += [f"{path.relative_to(ROOT)}: {name} of {layout[1]}" for name in sorted(own & named_in(text))]
    assert found == []
