"""What questions are about, as the desk sees it: who says so, and what rules suggest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from eventsite.database import execute
from eventsite.questions.tables import ThemeSource

THEMES = """
    SELECT question_theme.question, question_theme.source, question_theme.words, theme.id, theme.slug, theme.label
    FROM question_theme JOIN theme ON theme.id = question_theme.theme
    WHERE question_theme.question IN ({}) AND (theme.active OR question_theme.source <> 'rule')
    ORDER BY theme.position, theme.label
"""


@dataclass(frozen=True)
class AboutTheme:
    """That a question is about a theme: by whom, and where a rule suggests it, by which words."""

    id: str
    slug: str
    label: str
    source: str
    words: str

    @property
    def is_suggested(self) -> bool:
        """Whether nobody has confirmed it yet."""
        return self.source == ThemeSource.RULE


async def about_of(question_ids: Iterable[str]) -> dict[str, list[AboutTheme]]:
    """What each question is or may be about, in the form's order. One query, or none."""
    found: dict[str, list[AboutTheme]] = defaultdict(list)
    ids = list(question_ids)
    if ids:
        for row in await execute(THEMES.replace("{}", ", ".join("{}" for _ in ids)), *ids):
            found[row.pop("question")].append(AboutTheme(**row))
    return found
