"""Themes: rules suggest them, people confirm them, organisers say which there are. And reasons, kept alike."""

from functools import partial

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import Panel
from eventsite.questions.asking_services import QuestionDraft, submit_question
from eventsite.questions.queries import approved_questions, themes, themes_of
from eventsite.questions.reason_services import ReasonDraft, ReasonExists, get_reason, reasons, save_reason
from eventsite.questions.tables import QuestionTheme, RejectionReason
from eventsite.questions.theme_services import (
    ThemeExists,
    add_theme,
    all_themes,
    change_theme,
    confirm_theme,
    remove_theme,
    set_themes,
    suggest_for,
    suggested_themes,
    theme_counts,
)
from tests.questions.deciding import Desk, entries_of

WORDS = "Who keeps the hazard log, and who trains the staff?"


async def test_a_question_comes_with_what_its_words_point_to(desk: Desk) -> None:
    panel, draft = Panel(desk.panel.session, desk.panel.event), QuestionDraft(WORDS, (desk.panel.bias.id,))

    asked = await submit_question(panel, draft, stationery=desk.stationery, now=desk.clock())

    (suggested,) = (await suggested_themes([asked.id]))[asked.id]
    assert (suggested.slug, suggested.words) == ("clinical-safety", "hazard log")
    assert [theme.slug for theme in (await themes_of([asked.id]))[asked.id]] == ["bias"]


async def test_what_is_only_suggested_is_not_shown_to_everybody(desk: Desk) -> None:
    asked = await desk.asked(WORDS, state="approved")
    await suggest_for(asked, WORDS)

    (shown,) = await approved_questions(desk.panel.session.id)

    assert shown.themes == []
    assert len((await suggested_themes([asked]))[asked]) == 1


async def test_confirmed_it_is_what_the_question_is_about(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)
    moderator, theme = await desk.saw(asked), desk.panel.safety.id

    assert await confirm_theme(asked, theme, moderator, now=desk.clock())
    assert not await confirm_theme(asked, theme, moderator, now=desk.clock())

    assert [one.id for one in (await themes_of([asked]))[asked]] == [theme]
    assert (await QuestionTheme.select(QuestionTheme.source).first()) == {"source": "organiser"}
    assert await entries_of(asked) == ["themed"]


async def test_removed_it_is_not_suggested_any_more(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)
    moderator = await desk.saw(asked)

    assert await remove_theme(asked, desk.panel.safety.id, moderator, now=desk.clock())
    assert not await remove_theme(asked, desk.panel.safety.id, moderator, now=desk.clock())

    assert await suggested_themes([asked]) == {asked: []}


async def test_set_by_hand_the_others_go_and_suggestions_stay(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)
    moderator, panel = await desk.saw(asked), desk.panel

    for wanted in ((panel.bias.id, panel.workforce.id), (panel.workforce.id,), (panel.workforce.id,)):
        await set_themes(asked, wanted, moderator, now=desk.clock())

    assert [one.slug for one in (await themes_of([asked]))[asked]] == ["workforce"]
    assert [one.slug for one in (await suggested_themes([asked]))[asked]] == ["clinical-safety"]
    await set_themes(asked, (panel.safety.id,), moderator, now=desk.clock())
    assert await suggested_themes([asked]) == {asked: []}
    assert await entries_of(asked) == ["themed"] * 3


async def test_an_edit_leaves_suggestions_alone(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)

    await desk.edit(asked, "Who keeps the log?")

    assert len((await suggested_themes([asked]))[asked]) == 1


async def test_themes_are_counted_for_an_event(desk: Desk) -> None:
    panel = desk.panel
    first, second, third = [await desk.asked(WORDS) for _ in range(3)]
    await suggest_for(first, WORDS)
    for one in (second, third):
        await set_themes(one, (panel.safety.id, panel.bias.id), await desk.saw(one), now=desk.clock())
    await desk.reject(third)

    counts = {count.slug: (count.questions, count.suggested) for count in await theme_counts(panel.event.id)}

    assert counts == {"clinical-safety": (1, 1), "bias": (1, 0), "workforce": (0, 0)}
    assert {count.questions for count in await theme_counts("0" * 16)} == {0}


async def test_organisers_say_which_themes_there_are(desk: Desk) -> None:
    added = await add_theme("Money & time", actor=desk.olive, now=desk.clock())
    assert (added.slug, [theme.slug for theme in await themes()][-1]) == ("money-time", "money-time")
    with pytest.raises(ThemeExists):
        await add_theme("Money, time", actor=desk.olive, now=desk.clock())

    await change_theme(added.id, "Money", is_active=False, actor=desk.olive, now=desk.clock())

    assert "money-time" not in [theme.slug for theme in await themes()]
    assert [(theme.slug, theme.label) for theme in await all_themes()][-1] == ("money-time", "Money")
    with pytest.raises(NotFound):
        await change_theme("0" * 16, "Money", is_active=True, actor=desk.olive, now=desk.clock())
    rows = await execute("SELECT deed FROM ledger_entry WHERE subject = 'theme' ORDER BY id")
    assert sorted(row["deed"] for row in rows) == ["theme.added", "theme.changed"]


async def test_a_theme_out_of_use_is_not_suggested(desk: Desk) -> None:
    await change_theme(desk.panel.safety.id, "Safety", is_active=False, actor=desk.olive, now=desk.clock())
    asked = await desk.asked(WORDS)

    await suggest_for(asked, WORDS)

    assert await execute("SELECT id FROM question_theme") == []


async def test_reasons_are_added_changed_and_put_out_of_use(desk: Desk) -> None:
    draft = ReasonDraft("Too late", "The panel had begun when your question came.")
    save = partial(save_reason, actor=desk.olive, now=desk.clock())

    first = await save(draft)
    await save(ReasonDraft("Not for us", "Others know more of it."))
    with pytest.raises(ReasonExists):
        await save(ReasonDraft("Too late!", "Again."))
    assert [reason.slug for reason in await reasons()] == ["too-late", "not-for-us"]

    await save(ReasonDraft("Late", "It came late.", is_active=False), slug="too-late")

    changed = await get_reason("too-late")
    assert (changed.id, changed.label, changed.words, changed.active) == (first.id, "Late", "It came late.", False)
    assert [reason.slug for reason in await reasons()] == ["not-for-us"]
    with pytest.raises(NotFound):
        await save(draft, slug="nothing")
    assert await RejectionReason.count() == 2
