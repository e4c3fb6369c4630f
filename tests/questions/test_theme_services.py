"""Themes: rules suggest them, people confirm them, organisers say which there are. And reasons, kept alike."""

from asyncio import gather
from functools import partial

import pytest

from eventsite.database import execute
from eventsite.errors import NotFound
from eventsite.events.queries import Panel
from eventsite.questions.about import AboutTheme, about_of
from eventsite.questions.asking_services import QuestionDraft, submit_question
from eventsite.questions.queries import approved_questions, themes, themes_for, themes_of
from eventsite.questions.reason_services import ReasonDraft, ReasonExists, get_reason, reasons, save_reason
from eventsite.questions.rules import AlreadyModerated, NotPossibleNow
from eventsite.questions.tables import QuestionTheme, RejectionReason
from eventsite.questions.theme_numbers import theme_numbers
from eventsite.questions.theme_services import (
    ThemeExists,
    add_theme,
    all_themes,
    change_theme,
    confirm_themes,
    set_themes,
    suggest_for,
)
from tests.questions.deciding import Desk, entries_of

WORDS = "Who keeps the hazard log, and who trains the staff?"


async def suggested_for(question_id: str) -> list[AboutTheme]:
    return [theme for theme in (await about_of([question_id]))[question_id] if theme.is_suggested]


async def test_a_question_comes_with_what_its_words_point_to(desk: Desk) -> None:
    panel, draft = Panel(desk.panel.session, desk.panel.event), QuestionDraft(WORDS, (desk.panel.bias.id,))

    asked = await submit_question(panel, draft, stationery=desk.stationery, now=desk.clock())

    (suggested,) = await suggested_for(asked.id)
    assert (suggested.slug, suggested.words) == ("clinical-safety", "hazard log")
    assert [theme.slug for theme in (await themes_of([asked.id]))[asked.id]] == ["bias"]


async def test_what_is_only_suggested_is_not_shown_to_everybody(desk: Desk) -> None:
    asked = await desk.asked(WORDS, state="approved")
    await suggest_for(asked, WORDS)

    (shown,) = await approved_questions(desk.panel.session.id)

    assert shown.themes == []
    assert len(await suggested_for(asked)) == 1


async def test_confirmed_it_is_what_the_question_is_about(desk: Desk) -> None:
    asked, panel = await desk.asked(WORDS), desk.panel
    await suggest_for(asked, WORDS)
    moderator = await desk.saw(asked)

    for _ in range(2):
        await confirm_themes(asked, (panel.safety.id,), moderator, now=desk.clock())
    assert (await QuestionTheme.select(QuestionTheme.source)) == [{"source": "organiser"}]
    await confirm_themes(asked, (panel.bias.id,), moderator, now=desk.clock())

    assert [one.slug for one in (await themes_of([asked]))[asked]] == ["clinical-safety", "bias"]
    assert await entries_of(asked) == ["themed"] * 2


async def test_nothing_is_confirmed_of_what_somebody_else_changed(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    seen = await desk.saw(asked)
    await desk.reject(asked)

    for moderator, refusal in ((seen, AlreadyModerated), (await desk.saw(asked), NotPossibleNow)):
        with pytest.raises(refusal):
            await confirm_themes(asked, (desk.panel.safety.id,), moderator, now=desk.clock())
    with pytest.raises(NotFound):
        await confirm_themes("0" * 16, (desk.panel.safety.id,), seen, now=desk.clock())

    assert (await themes_of([asked]))[asked] == []


async def test_set_by_hand_everything_else_goes(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)
    moderator, panel = await desk.saw(asked), desk.panel

    for wanted in ((panel.bias.id, panel.workforce.id), (panel.workforce.id,), (panel.workforce.id,)):
        await set_themes(asked, wanted, moderator, now=desk.clock())

    assert [one.slug for one in (await themes_of([asked]))[asked]] == ["workforce"]
    assert await suggested_for(asked) == []
    assert await entries_of(asked) == ["themed"] * 2


async def test_that_nothing_suggested_is_right_is_said_once(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)

    for _ in range(2):
        await set_themes(asked, (), await desk.saw(asked), now=desk.clock())

    assert (await about_of([asked]))[asked] == []
    (entry,) = await execute("SELECT details FROM ledger_entry WHERE deed = 'question.themed'")
    assert desk.panel.safety.id in str(entry["details"])


async def test_an_edit_leaves_suggestions_alone(desk: Desk) -> None:
    asked = await desk.asked(WORDS)
    await suggest_for(asked, WORDS)

    await desk.edit(asked, "Who keeps the log?")

    assert len(await suggested_for(asked)) == 1


async def test_themes_are_counted_by_event(desk: Desk) -> None:
    panel = desk.panel
    first, second, third = [await desk.asked(WORDS) for _ in range(3)]
    await suggest_for(first, WORDS)
    for one in (second, third):
        await set_themes(one, (panel.safety.id, panel.bias.id), await desk.saw(one), now=desk.clock())
    await desk.reject(third)

    numbers = await theme_numbers()

    assert [(event.id, event.questions) for event in numbers.events] == [(panel.event.id, 2)]
    by_theme = [
        (numbers.said.get((theme, panel.event.id), 0), numbers.suggested.get((theme, panel.event.id), 0))
        for theme in (panel.safety.id, panel.bias.id, panel.workforce.id)
    ]
    assert by_theme == [(1, 1), (1, 0), (0, 0)]


async def test_organisers_say_which_themes_there_are(desk: Desk) -> None:
    added = await add_theme("Money & time", actor=desk.olive, now=desk.clock())
    assert [(theme.id, theme.slug) for theme in await themes()][-1] == (added, "money-time")
    with pytest.raises(ThemeExists):
        await add_theme("Money, time", actor=desk.olive, now=desk.clock())

    await change_theme(added, "Money", is_active=False, actor=desk.olive, now=desk.clock())

    assert "money-time" not in [theme.slug for theme in await themes()]
    assert [(theme.slug, theme.label) for theme in await all_themes()][-1] == ("money-time", "Money")
    with pytest.raises(ThemeExists):
        await add_theme("MONEY", actor=desk.olive, now=desk.clock())
    with pytest.raises(NotFound):
        await change_theme("0" * 16, "Money", is_active=True, actor=desk.olive, now=desk.clock())
    rows = await execute("SELECT deed FROM ledger_entry WHERE subject = 'theme' ORDER BY id")
    assert sorted(row["deed"] for row in rows) == ["theme.added", "theme.changed"]


async def test_a_theme_out_of_use_is_suggested_no_more_and_kept_where_it_was_said(desk: Desk) -> None:
    first, second = await desk.asked(WORDS), await desk.asked(WORDS)
    for one in (first, second):
        await suggest_for(one, WORDS)
    await confirm_themes(second, (desk.panel.safety.id,), await desk.saw(second), now=desk.clock())

    await change_theme(desk.panel.safety.id, "Safety", is_active=False, actor=desk.olive, now=desk.clock())

    assert await suggested_for(first) == []
    assert [theme.slug for theme in await themes_for(first)] == ["bias", "workforce"]
    assert sorted(theme.slug for theme in await themes_for(second)) == ["bias", "clinical-safety", "workforce"]


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


async def test_two_who_add_the_same_at_once_are_both_answered(desk: Desk) -> None:
    add = partial(add_theme, actor=desk.olive, now=desk.clock())
    save = partial(save_reason, actor=desk.olive, now=desk.clock())

    added = await gather(*(add("Money") for _ in range(4)), return_exceptions=True)
    kept = await gather(*(save(ReasonDraft("Late", "No.")) for _ in range(4)), return_exceptions=True)

    for answers, refusal in ((added, ThemeExists), (kept, ReasonExists)):
        assert [type(one) for one in answers].count(refusal) == 3
    assert [theme.slug for theme in await themes()].count("money") == 1
    assert [reason.slug for reason in await reasons()] == ["late"]
    rows = await execute("SELECT deed FROM ledger_entry ORDER BY deed")
    assert [row["deed"] for row in rows] == ["reason.added", "theme.added"]
