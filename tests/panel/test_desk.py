"""The desk's page of a panel: moderators act, everybody on the desk reads, and nobody else comes in."""

import asyncio
import re

import httpx2
import pytest

from eventsite.database import execute, recorded_statements
from eventsite.questions.tables import PanelStage, Question, Vote
from tests.conftest import StandingClock
from tests.panel.conftest import Stage, pressed
from tests.panel.factories import add_voice, entered, listed, on_screen, published, somebody, states
from tests.questions.conftest import AskedPanel
from tests.questions.factories import ASKED_AT, make_panel

PANELS = "/organise/panels"
DEEDS = (
    *("listing", "removal", "move", "minutes", "current", "asked", "not-reached", "back"),
    *("links", "votes", "length", "messages", "rest"),
)


def said(question: Question, state: str = "shortlisted", **more: str) -> dict[str, str]:
    return {"question": question.id, "state": state, **more}


async def order(stage: Stage) -> list[str]:
    """The list as it stands, in order."""
    rows = await execute(
        "SELECT text FROM question WHERE session = {} AND state = 'shortlisted' ORDER BY shortlist_position",
        stage.panel.session.id,
    )
    return [row["text"] for row in rows]


async def test_the_panels_are_listed_with_how_their_questions_stand(olive: httpx2.AsyncClient, stage: Stage) -> None:
    page = (await olive.get(PANELS)).text

    assert f'href="{stage.desk}">How do we deploy AI safely?</a>' in page
    assert re.findall(r'<td class="number">(\d+)</td>', page) == ["1", "3", "0"]


async def test_a_desk_without_panels_says_so(olive: httpx2.AsyncClient) -> None:
    assert "No panel takes questions yet." in (await olive.get(PANELS)).text


async def test_questions_are_put_on_the_list_in_order_and_taken_off(olive: httpx2.AsyncClient, stage: Stage) -> None:
    (other,) = await Question.objects().where(Question.state == "approved")

    answer = await olive.post(f"{stage.desk}/listing", data=said(other, "approved"))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{stage.desk}#question-{other.id}")
    await olive.post(f"{stage.desk}/move", data=said(other, steps="-1"))
    await olive.post(f"{stage.desk}/move", data=said(stage.first, steps="1"))
    await olive.post(f"{stage.desk}/removal", data=said(stage.third))

    assert await order(stage) == ["Question 2?", "Question 1?", "Who looks for bias?"]
    assert (await states(stage.panel.session))["Question 3?"] == "approved"


async def test_minutes_add_up_against_those_of_the_panel(olive: httpx2.AsyncClient, stage: Stage) -> None:
    assert "3 questions, 15 of 45 minutes, 30 to spare" in (await olive.get(stage.desk)).text

    await olive.post(f"{stage.desk}/minutes", data=said(stage.first, minutes="12"))
    await olive.post(f"{stage.desk}/length", data={"length": "20"})

    assert "3 questions, 22 of 20 minutes: 2 too many" in (await olive.get(stage.desk)).text
    await olive.post(f"{stage.desk}/minutes", data=said(stage.first, minutes=""))
    assert "3 questions, 15 of 20 minutes, 5 to spare" in (await olive.get(stage.desk)).text


@pytest.mark.parametrize(
    ("deed", "sent", "sentence"),
    [
        ("minutes", {"minutes": "0"}, "Enter minutes from 1 to 60 for the question"),
        ("minutes", {"minutes": "ten"}, "Enter minutes from 1 to 60 for the question"),
        ("minutes", {"state": "crowned"}, "This question has no such state"),
        ("length", {"length": ""}, "Enter how many minutes the panel has for questions"),
        ("length", {"length": "601"}, "as a number from 1 to 600"),
        ("messages", {"words": " "}, "Enter a message"),
        ("messages", {"words": "x" * 201}, "The message must be 200 characters or less"),
    ],
)
async def test_what_cannot_be_taken_is_explained_and_kept(
    deed: str, sent: dict[str, str], sentence: str, olive: httpx2.AsyncClient, stage: Stage
) -> None:
    answer = await olive.post(f"{stage.desk}/{deed}", data={"question": stage.first.id, **sent})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert sentence in answer.text
    if deed == "messages":
        assert sent["words"].strip() in answer.text
    assert await execute("SELECT id FROM chair_message") == []
    assert await PanelStage.count().where(PanelStage.minutes == 45) == 1


async def test_counts_themes_and_votes_stand_beside_a_question(olive: httpx2.AsyncClient, stage: Stage) -> None:
    (other,) = await Question.objects().where(Question.state == "approved")
    await add_voice(other, await somebody("Ben Bright", "CCIO"), "ben")
    await Vote(question=other.id, voter="a" * 64, cast_at=ASKED_AT).save()

    facts = (await olive.get(stage.desk)).text.partition("Who looks for bias?")[2].partition("</p>")[2]

    assert [words in facts for words in ("Asked by 2 people", "1 vote", "Bias")] == [True] * 3
    assert "CCIO" not in facts


async def test_the_desk_presses_the_chairs_buttons_too(
    olive: httpx2.AsyncClient, stage: Stage, clock: StandingClock
) -> None:
    await olive.post(f"{stage.desk}/current", data=pressed(stage.first))
    assert await on_screen(stage.row) == "Question 1?"
    await olive.post(f"{stage.desk}/not-reached", data=pressed(stage.second, saw=stage.first))
    clock.move(minutes=6)
    assert "1 minute over" in (await olive.get(stage.desk)).text

    page = (await olive.get(stage.desk)).text
    (last,) = set(re.findall(r'name="last" value="(\w+)"', page))
    await olive.post(f"{stage.desk}/back", data=pressed(saw=stage.first, last=last))
    await olive.post(f"{stage.desk}/asked", data=pressed(stage.first, saw=stage.first))

    assert list((await states(stage.panel.session)).values()) == ["asked", "shortlisted", "shortlisted"]
    assert await on_screen(stage.row) == ""


async def test_the_second_of_two_at_the_desk_reads_what_the_first_has_done(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, stage: Stage
) -> None:
    answers = await asyncio.gather(
        olive.post(f"{stage.desk}/current", data=pressed(stage.first)),
        omar.post(f"{stage.desk}/current", data=pressed(stage.second)),
    )
    late = max(answers, key=lambda answer: answer.status_code)
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert "Somebody else moved the panel on before you." in late.text

    await olive.post(f"{stage.desk}/removal", data=said(stage.third))
    answer = await omar.post(f"{stage.desk}/move", data=said(stage.third, steps="-1"))
    assert answer.status_code == 422
    assert "Somebody else changed this question before you." in answer.text


async def test_links_are_made_once_and_renewed_by_hand(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    desk = f"{PANELS}/{panel.session.id}"
    assert "/chair/" not in (await olive.get(desk)).text

    await olive.post(f"{desk}/links")
    first = set(
        re.findall(r'href="(https://events\.example\.org/(?:chair|screen)/\w[^"]+)"', (await olive.get(desk)).text)
    )
    await olive.post(f"{desk}/links")
    second = set(
        re.findall(r'href="(https://events\.example\.org/(?:chair|screen)/\w[^"]+)"', (await olive.get(desk)).text)
    )

    assert (len(first), len(second), first & second) == (2, 2, set())
    assert await entered("session.%") == ["session.stage_opened", "session.links_renewed"]


async def test_the_end_of_a_panel_is_checked_first(olive: httpx2.AsyncClient, stage: Stage) -> None:
    page = (await olive.get(f"{stage.desk}/rest")).text
    assert "Mark 3 questions as not reached?" in page
    (shown,) = re.findall(r'name="shown" value="([^"]+)"', page)

    late = await listed(stage.panel.session, 9, text="Question 9?")
    again = await olive.post(f"{stage.desk}/rest", data={"shown": shown})
    assert again.status_code == 422
    assert "There are more questions on the list" in again.text
    assert "Mark 4 questions as not reached?" in again.text

    answer = await olive.post(f"{stage.desk}/rest", data={"shown": f"{shown} {late.id}"})

    assert (answer.status_code, answer.headers["location"]) == (303, stage.desk)
    assert set((await states(stage.panel.session)).values()) == {"not_reached"}
    assert "Nothing is left on the list" in (await olive.get(f"{stage.desk}/rest")).text


async def test_who_may_look_sees_all_but_the_links_and_presses_nothing(vera: httpx2.AsyncClient, stage: Stage) -> None:
    page = (await vera.get(stage.desk)).text
    assert "Question 1?" in page
    assert "/chair/" not in page
    assert "/screen/" not in page
    assert f'action="{stage.desk}' not in page
    assert (await vera.get(f"{stage.desk}/briefing")).status_code == 200

    for deed in DEEDS:
        assert (await vera.post(f"{stage.desk}/{deed}", data=said(stage.first, words="x"))).status_code == 403
    assert (await vera.get(f"{stage.desk}/rest")).status_code == 403
    assert await order(stage) == ["Question 1?", "Question 2?", "Question 3?"]
    assert await on_screen(stage.row) == ""


async def test_what_is_held_or_waits_is_on_no_page(
    olive: httpx2.AsyncClient, vera: httpx2.AsyncClient, stage: Stage
) -> None:
    for who in (olive, vera):
        for path in (PANELS, stage.desk, f"{stage.desk}/briefing"):
            page = (await who.get(path)).text
            assert "Mrs Smith" not in page
            assert "Nobody has read this" not in page


async def test_nobody_else_comes_in(mallory: httpx2.AsyncClient, stage: Stage) -> None:
    for path in ("", "/live", "/briefing", "/briefing.pdf", "/briefing.docx", "/rest"):
        answer = await mallory.get(stage.desk + path)
        assert answer.headers["location"].startswith("/organise/sign-in")
    for deed in DEEDS:
        assert (await mallory.post(f"{stage.desk}/{deed}", data=said(stage.first, words="x"))).status_code == 403


async def test_a_question_is_moved_on_the_page_of_its_own_panel(olive: httpx2.AsyncClient, stage: Stage) -> None:
    _, elsewhere = await make_panel()
    foreign = await listed(elsewhere, 1)

    for deed in ("removal", "move", "minutes", "current", "asked", "not-reached"):
        assert (await olive.post(f"{stage.desk}/{deed}", data=said(foreign))).status_code == 404
        assert (await olive.post(f"{PANELS}/0000000000000000/{deed}", data=said(foreign))).status_code == 404
    for deed in ("links", "votes", "length", "messages", "rest", "back"):
        sent = {"length": "5", "words": "x", "votes": "yes"}
        assert (await olive.post(f"{PANELS}/0000000000000000/{deed}", data=sent)).status_code == 404
    assert await PanelStage.count() == 1


@pytest.mark.parametrize("count", [1, 30])
async def test_the_pages_take_a_fixed_number_of_queries(count: int, olive: httpx2.AsyncClient, stage: Stage) -> None:
    for place in range(count):
        await listed(stage.panel.session, place + 10, stage.panel.safety)
        await published(stage.panel.session, stage.panel.bias)
        await make_panel()

    for path, most in ((PANELS, 3), (stage.desk, 12)):
        with recorded_statements() as statements:
            await olive.get(path)
        assert len(statements) <= most
