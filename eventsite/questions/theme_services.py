"""What questions are about: rules suggest it, people confirm it and say which themes there are."""

import re
from datetime import datetime

from eventsite import ledger
from eventsite.database import execute, new_id, transaction
from eventsite.errors import NotFound, Refusal
from eventsite.questions.deeds import SAID, add_themes, enter, replace_themes
from eventsite.questions.moderating import hold_question_row
from eventsite.questions.rules import MOST_SUGGESTED, THEMEABLE, AlreadyModerated, Moderator, ensure_one_of
from eventsite.questions.tables import Theme, ThemeSource
from eventsite.questions.theme_rules import suggest_themes

LONGEST_WORDS = 200
LONGEST_SLUG = 40

SUGGEST = """
    INSERT INTO question_theme (id, question, theme, source, words)
    SELECT {}, {}, theme.id, 'rule', {} FROM theme WHERE theme.slug = {} AND theme.active
    ON CONFLICT (question, theme) DO NOTHING RETURNING id
"""
DISMISS = "DELETE FROM question_theme WHERE question = {} AND source = 'rule' RETURNING theme"
NAMED = "SELECT id FROM theme WHERE LOWER(label) = LOWER({})"
ADD = """
    INSERT INTO theme (id, slug, label, position, active)
    SELECT {}, {}, {}, COALESCE(MAX(position), 0) + 1, TRUE FROM theme WHERE TRUE
    ON CONFLICT (slug) DO NOTHING RETURNING id
"""


class ThemeExists(Refusal):
    """There is a theme of that name already."""


async def suggest_for(question_id: str, text: str) -> None:
    """Writes down which themes the words of a question point to, beside those its asker chose.

    Part of the caller's transaction.
    """
    for suggestion in suggest_themes(text)[:MOST_SUGGESTED]:
        words = ", ".join(suggestion.words)[:LONGEST_WORDS]
        await execute(SUGGEST, new_id(), question_id, words, suggestion.slug)


async def set_themes(question_id: str, theme_ids: tuple[str, ...], moderator: Moderator, *, now: datetime) -> None:
    """Says what a question is about, and that it is about nothing else: what else was suggested is not any more."""
    async with transaction():
        is_news = await replace_themes(question_id, theme_ids)
        dismissed = await execute(DISMISS, question_id)
        if is_news or dismissed:
            said: dict[str, object] = {"themes": sorted(theme_ids)}
            more: dict[str, object] = {"not": sorted(row["theme"] for row in dismissed)} if dismissed else {}
            await enter("themed", question_id, moderator.id, now, said | more)


async def confirm_themes(question_id: str, theme_ids: tuple[str, ...], moderator: Moderator, *, now: datetime) -> None:
    """Says that a question is about these themes, suggested or not, beside those it is about already.

    Raises NotPossibleNow, AlreadyModerated, NotFound.
    """
    ensure_one_of(THEMEABLE, moderator.saw)
    async with transaction():
        if (await hold_question_row(question_id)).state != moderator.saw:
            raise AlreadyModerated
        present = {row["theme"] for row in await execute(SAID, question_id)}
        new = tuple(theme_id for theme_id in theme_ids if theme_id not in present)
        await add_themes(question_id, new, ThemeSource.ORGANISER)
        if new:
            await enter("themed", question_id, moderator.id, now, {"themes": sorted(present.union(new))})


async def all_themes() -> list[Theme]:
    """Every theme, those out of use last."""
    return await Theme.objects().order_by(Theme.active, ascending=False).order_by(Theme.position).order_by(Theme.label)


async def add_theme(label: str, *, actor: str, now: datetime) -> str:
    """Adds a theme, last in the form; its id. Raises ThemeExists."""
    theme_id = new_id()
    async with transaction():
        if await execute(NAMED, label) or not await execute(ADD, theme_id, slug_of(label), label):
            raise ThemeExists
        await ledger.record("theme.added", subject=("theme", theme_id), actor=actor, now=now)
    return theme_id


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
