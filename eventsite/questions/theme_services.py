"""What questions are about: rules suggest it, people confirm it and say which themes there are."""

import re
from dataclasses import dataclass
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.questions.deeds import add_themes, enter
from eventsite.questions.rules import MOST_SUGGESTED, Moderator
from eventsite.questions.tables import Theme, ThemeSource
from eventsite.questions.theme_rules import suggest_themes

LONGEST_WORDS = 200
LONGEST_SLUG = 40

SUGGEST = """
    INSERT INTO question_theme (id, question, theme, source, words)
    SELECT {}, {}, theme.id, 'rule', {} FROM theme WHERE theme.slug = {} AND theme.active
    ON CONFLICT (question, theme) DO NOTHING RETURNING id
"""
SUGGESTED = """
    SELECT about.question, about.theme AS theme_id, theme.slug, theme.label, about.words
    FROM question_theme AS about JOIN theme ON theme.id = about.theme
    WHERE about.source = 'rule' AND theme.active AND about.question IN (WANTED) ORDER BY theme.position, theme.label
"""
CONFIRM = """
    UPDATE question_theme SET source = 'organiser' WHERE question = {} AND theme = {} AND source = 'rule' RETURNING id
"""
REMOVE = "DELETE FROM question_theme WHERE question = {} AND theme = {} RETURNING source"
ABOUT = "SELECT theme FROM question_theme WHERE question = {} AND source <> 'rule'"
COUNTS = """
    SELECT theme.id AS theme_id, theme.slug, theme.label,
        COUNT(CASE WHEN about.source <> 'rule' THEN 1 END) AS questions,
        COUNT(CASE WHEN about.source = 'rule' THEN 1 END) AS suggested
    FROM theme LEFT JOIN (
        SELECT question_theme.theme, question_theme.source FROM question_theme
        JOIN question ON question.id = question_theme.question
        JOIN programme_session AS panel ON panel.id = question.session
        WHERE panel.event = {} AND question.state NOT IN ('withdrawn', 'rejected')
    ) AS about ON about.theme = theme.id
    GROUP BY theme.id, theme.slug, theme.label, theme.position, theme.active
    HAVING theme.active OR COUNT(about.source) > 0
    ORDER BY theme.position, theme.label
"""
LAST = "SELECT COALESCE(MAX(position), 0) AS last FROM theme"


class ThemeExists(Refusal):
    """There is a theme of that name already."""


@dataclass(frozen=True)
class SuggestedTheme:
    """A theme that a rule suggests for a question, and the words that led to it."""

    theme_id: str
    slug: str
    label: str
    words: str


@dataclass(frozen=True)
class ThemeCount:
    """How many questions of an event are about a theme, and for how many more a rule suggests it."""

    theme_id: str
    slug: str
    label: str
    questions: int
    suggested: int


async def suggest_for(question_id: str, text: str) -> None:
    """Writes down which themes the words of a question point to, beside those its asker chose.

    Part of the caller's transaction.
    """
    for suggestion in suggest_themes(text)[:MOST_SUGGESTED]:
        words = ", ".join(suggestion.words)[:LONGEST_WORDS]
        await execute(SUGGEST, new_id(), question_id, words, suggestion.slug)


async def suggested_themes(question_ids: list[str]) -> dict[str, list[SuggestedTheme]]:
    """What rules suggest for each of these questions, and nobody has confirmed. One query."""
    found: dict[str, list[SuggestedTheme]] = {question_id: [] for question_id in question_ids}
    if found:
        places = ", ".join("{}" for _ in question_ids)
        for row in await execute(SUGGESTED.replace("WANTED", places), *question_ids):
            found[row.pop("question")].append(SuggestedTheme(**row))
    return found


async def confirm_theme(question_id: str, theme_id: str, moderator: Moderator, *, now: datetime) -> bool:
    """Says that a suggested theme is right; False where that was said already, or it is not suggested any more."""
    async with transaction():
        confirmed = await execute(CONFIRM, question_id, theme_id)
        if confirmed:
            await enter("themed", question_id, moderator.id, now, {"theme": theme_id})
    return bool(confirmed)


async def remove_theme(question_id: str, theme_id: str, moderator: Moderator, *, now: datetime) -> bool:
    """Says that a question is not about a theme, suggested or not; False where it was not."""
    async with transaction():
        removed = await execute(REMOVE, question_id, theme_id)
        if removed:
            await enter("themed", question_id, moderator.id, now, {"not": theme_id})
    return bool(removed)


async def set_themes(question_id: str, theme_ids: tuple[str, ...], moderator: Moderator, *, now: datetime) -> None:
    """Says what a question is about, and that it is about nothing else. What is suggested beside it stays suggested."""
    async with transaction():
        present = {row["theme"] for row in await execute(ABOUT, question_id)}
        if present == set(theme_ids):
            return
        for theme_id in sorted(present - set(theme_ids)):
            await execute(REMOVE, question_id, theme_id)
        await add_themes(question_id, tuple(one for one in theme_ids if one not in present), ThemeSource.ORGANISER)
        await enter("themed", question_id, moderator.id, now, {"themes": sorted(theme_ids)})


async def theme_counts(event_id: str) -> list[ThemeCount]:
    """How many questions of an event are about each theme, in the themes' order: those turned down are not counted."""
    return [ThemeCount(**row) for row in await execute(COUNTS, event_id)]


async def all_themes() -> list[Theme]:
    """Every theme, those out of use last."""
    return await Theme.objects().order_by(Theme.active, ascending=False).order_by(Theme.position).order_by(Theme.label)


async def add_theme(label: str, *, actor: str, now: datetime) -> Theme:
    """Adds a theme, last in the form; raises ThemeExists."""
    slug = slug_of(label)
    async with transaction():
        if await Theme.exists().where(Theme.slug == slug):
            raise ThemeExists
        position = (await execute(LAST))[0]["last"] + 1
        theme = Theme(slug=slug, label=label, position=position, active=True)
        await theme.save()
        await ledger.record("theme.added", subject=("theme", theme.id), actor=actor, now=now)
    return theme


async def change_theme(theme_id: str, label: str, *, is_active: bool, actor: str, now: datetime) -> None:
    """Gives a theme another name, or takes it out of use; its slug, and what is said of questions, stays. NotFound."""
    async with transaction():
        if (
            not await Theme.update({"label": label, "active": is_active})
            .where(Theme.id == theme_id)
            .returning(Theme.id)
        ):
            raise NotFound
        said: dict[str, object] = {"active": is_active}
        await ledger.record("theme.changed", subject=("theme", theme_id), actor=actor, now=now, details=said)


def slug_of(label: str) -> str:
    """What a name is in addresses and exports: "Bias & equality" is "bias-equality"."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:LONGEST_SLUG].strip("-") or "theme"
