"""What is held, on the pages of the desk: who decides reads it, everybody else sees that it is there."""

from typing import TYPE_CHECKING

import httpx2
import pytest

from eventsite.organisers.tables import Role
from eventsite.questions.tables import QuestionTheme, ThemeSource
from tests.conftest import StandingClock, browser
from tests.organisers.factories import signed_in
from tests.questions.deciding import Desk, entries_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp

QUEUE = "/organise/questions"
NUMBER = "943 476 5919"
WORDS = f"Why was the record of {NUMBER} lost?"


@pytest.fixture
async def held(desk: Desk) -> str:
    asked = await desk.asked_by("ann", WORDS)
    await desk.hold(asked)
    return asked


@pytest.mark.parametrize("sent", [{"state": "held"}, {}])
async def test_its_approval_is_its_release(
    sent: dict[str, str], olive: httpx2.AsyncClient, held: str, desk: Desk
) -> None:
    answer = await olive.post(f"{QUEUE}/{held}/approval", data=sent)

    assert answer.status_code == 303
    assert await desk.state(held) == "approved"
    assert await entries_of(held) == ["held", "released"]


async def test_who_may_not_read_it_neither_sees_nor_finds_its_words(
    app: "ASGIApp", olive: httpx2.AsyncClient, clock: StandingClock, held: str
) -> None:
    async with browser(app, address="203.0.113.77") as viewer:
        await signed_in(viewer, now=clock(), role=Role.VIEWER, name="Vera Viewer")
        for path in (QUEUE, f"{QUEUE}/{held}", f"{QUEUE}/{held}/row", f"{QUEUE}?q=record"):
            theirs, hers = (await viewer.get(path)).text, (await olive.get(path)).text
            assert NUMBER in hers
            assert NUMBER not in theirs
        assert "Why was the record of" in (await viewer.get(QUEUE)).text
        assert "Why was the record of" not in (await viewer.get(f"{QUEUE}?q=record")).text
        assert (await viewer.post(f"{QUEUE}/{held}/approval", data={"state": "held"})).status_code == 403


async def test_held_by_hand_its_words_are_neither_seen_nor_found_once_it_is_turned_down(
    app: "ASGIApp", olive: httpx2.AsyncClient, clock: StandingClock, desk: Desk
) -> None:
    asked = await desk.asked("What of the lady on ward 7, is that bias?")
    await QuestionTheme(question=asked, theme=desk.panel.bias.id, source=ThemeSource.RULE, words="ward 7").save()
    await desk.hold(asked)
    async with browser(app, address="203.0.113.77") as viewer:
        await signed_in(viewer, now=clock(), role=Role.VIEWER, name="Vera Viewer")
        covered = (await viewer.get(QUEUE)).text

        await desk.reject(asked)

        assert "ward 7" not in covered
        for path in (QUEUE, f"{QUEUE}/{asked}", f"{QUEUE}/{asked}/row"):
            assert "ward 7" in (await olive.get(path)).text
            assert "ward 7" not in (await viewer.get(path)).text
        assert f"question-{asked}" in (await olive.get(f"{QUEUE}?q=ward")).text
        assert f"question-{asked}" not in (await viewer.get(f"{QUEUE}?q=ward")).text
