"""The chair's page and the screen: whoever has the link sees this panel and no other, and Mallory sees nothing."""

import re

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.database import execute, recorded_statements
from eventsite.links import Links
from eventsite.questions.room_services import send_message
from eventsite.questions.tables import ChairMessage, Question
from eventsite.settings import Settings
from tests.conftest import StandingClock
from tests.panel.conftest import Stage, pressed
from tests.panel.factories import add_voice, last_step, listed, on_screen, published, states
from tests.questions.factories import make_panel

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def test_the_chair_presses_through_the_list_and_the_room_sees_it(
    chair: httpx2.AsyncClient, stage: Stage, clock: StandingClock
) -> None:
    answer = await chair.post(f"{stage.chair}/current", data=pressed(stage.first))
    assert (answer.status_code, answer.headers["location"]) == (303, stage.chair)
    clock.move(minutes=2)
    page, screen = (await chair.get(stage.chair)).text, (await chair.get(stage.screen)).text
    assert "3 of 5 minutes left" in page
    assert "Question 1?</h1>" in screen
    assert "Question 2?" in screen.partition("Next")[2]

    await chair.post(f"{stage.chair}/current", data=pressed(stage.second, saw=stage.first))
    await chair.post(f"{stage.chair}/not-reached", data=pressed(stage.third, saw=stage.second))
    await chair.post(f"{stage.chair}/asked", data=pressed(stage.second, saw=stage.second))

    assert list((await states(stage.panel.session)).values()) == ["asked", "asked", "not_reached"]
    page = (await chair.get(stage.chair)).text
    for words in ("Nothing is on the screen.", "Nothing more is on the list.", "Asked (2)", "Not reached (1)"):
        assert words in page
    assert "Questions to the panel</h1>" in (await chair.get(stage.screen)).text


async def test_the_desk_reads_what_the_chair_did(
    chair: httpx2.AsyncClient, olive: httpx2.AsyncClient, stage: Stage
) -> None:
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))
    await chair.post(f"{stage.chair}/asked", data=pressed(stage.first, saw=stage.first))

    history = " ".join((await olive.get(f"/organise/questions/{stage.first.id}")).text.split())

    for words in ("Put to the panel by the chair", "Taken off the screen, as asked by the chair"):
        assert words in history


async def test_the_ledger_tells_it_in_words(chair: httpx2.AsyncClient, omar: httpx2.AsyncClient, stage: Stage) -> None:
    await chair.post(f"{stage.chair}/not-reached", data=pressed(stage.first))
    await omar.post(f"{stage.desk}/messages", data={"words": "Faster"})

    page = BeautifulSoup((await omar.get("/organise/ledger")).text, "html.parser").get_text(" ", strip=True)

    assert "The chair said that there was no time for a question to How do we deploy AI safely?" in page
    assert "Omar Organiser sent a message to the chair of the session How do we deploy AI safely?" in page
    assert "Faster" not in page


async def test_the_chair_reads_what_askers_added_and_the_room_does_not(
    chair: httpx2.AsyncClient, olive: httpx2.AsyncClient, stage: Stage
) -> None:
    for question, words in (
        (stage.first, "I mean the quarterly updates."),
        (stage.second, "In theatres\nand on wards."),
    ):
        await execute("UPDATE question SET clarification = {} WHERE id = {}", words, question.id)
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))

    page, desk, screen = [
        (await one.get(path)).text
        for one, path in (
            (chair, stage.chair),
            (olive, stage.desk),
            (chair, stage.screen),
        )
    ]

    for text in (page, desk):
        assert "<b>Added by an asker:</b> I mean the quarterly updates." in text
        assert "In theatres<br>and on wards." in text
    assert "Question 1?" in screen
    assert "quarterly" not in screen


async def test_back_is_on_the_page_as_long_as_there_is_something_to_take_back(
    chair: httpx2.AsyncClient, stage: Stage
) -> None:
    assert "Back: undo" not in (await chair.get(stage.chair)).text
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))
    assert "Back: undo" in (await chair.get(stage.chair)).text

    answer = await chair.post(f"{stage.chair}/back", data=pressed(saw=stage.first, last=await last_step(stage.row)))

    assert answer.status_code == 303
    assert await on_screen(stage.row) == ""


async def test_the_buttons_of_a_page_say_what_was_seen_on_it(chair: httpx2.AsyncClient, stage: Stage) -> None:
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))

    page = (await chair.get(stage.chair)).text

    assert set(re.findall(r'name="saw" value="(\w*)"', page)) == {stage.first.id}
    assert set(re.findall(r'name="last" value="(\w*)"', page)) == {await last_step(stage.row)}


async def test_who_comes_second_reads_what_the_first_has_done(chair: httpx2.AsyncClient, stage: Stage) -> None:
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))
    answer = await chair.post(f"{stage.chair}/current", data=pressed(stage.second))

    assert answer.status_code == 422
    assert "Somebody else moved the panel on before you." in answer.text
    assert await on_screen(stage.row) == "Question 1?"


async def test_the_chair_reads_messages_and_says_so_once(
    chair: httpx2.AsyncClient, stage: Stage, olive: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await olive.post(f"{stage.desk}/messages", data={"words": "Five <minutes>\r\nleft"})
    page = (await chair.get(stage.chair)).text
    assert "Five &lt;minutes&gt; left" in page
    (address,) = re.findall(rf'action="({stage.chair}/messages/\w+)"', page)

    for _ in range(2):
        answer = await chair.post(address)
        assert (answer.status_code, answer.headers["location"]) == (303, stage.chair)
        clock.move(minutes=1)

    (message,) = await ChairMessage.objects()
    assert message.seen_at == clock.time.replace(minute=0)
    assert "Messages you have seen (1)" in (await chair.get(stage.chair)).text
    assert len(await execute("SELECT id FROM ledger_entry WHERE deed = 'session.message_seen'")) == 1
    assert "minutes" not in str(await execute("SELECT details FROM ledger_entry"))
    assert f"Seen {12}" not in page
    assert "Seen midday" in (await olive.get(stage.desk)).text


async def test_looking_changes_nothing(chair: httpx2.AsyncClient, stage: Stage) -> None:
    tables = ("question", "panel_stage", "moderation", "ledger_entry", "chair_message")
    before = [await execute(f"SELECT * FROM {table} ORDER BY id") for table in tables]

    for path in (stage.chair, stage.screen):
        for method in ("GET", "HEAD"):
            assert (await chair.request(method, path)).status_code == 200
    for path in ("current", "asked", "not-reached", "back", "messages/x"):
        assert (await chair.get(f"{stage.chair}/{path}")).status_code == 405

    assert [await execute(f"SELECT * FROM {table} ORDER BY id") for table in tables] == before


async def test_what_is_shown_is_private_and_for_no_search_engine(chair: httpx2.AsyncClient, stage: Stage) -> None:
    for path in (stage.chair, stage.screen):
        answer = await chair.get(path)
        assert answer.headers["cache-control"] == "private, no-store"
        assert "set-cookie" not in answer.headers
        assert '<meta name="robots" content="noindex">' in answer.text
        assert '<noscript><meta http-equiv="refresh"' in answer.text
    robots = (await chair.get("/robots.txt")).text
    assert "Disallow: /chair/\n" in robots
    assert "Disallow: /screen/\n" in robots


async def test_neither_page_shows_what_is_held_or_waits(
    chair: httpx2.AsyncClient, stage: Stage, settings: Settings
) -> None:
    for path in (stage.chair, stage.screen):
        page = (await chair.get(path)).text
        assert "Mrs Smith" not in page
        assert "Nobody has read this" not in page
    held = await Question.objects().get(Question.state == "held")
    await execute("UPDATE panel_stage SET current_question = {}", held.id if held else None)
    for path in (stage.chair, stage.screen):
        assert "Mrs Smith" not in (await chair.get(path)).text


@pytest.mark.parametrize("anonymous", [True, False])
async def test_a_name_is_on_the_screen_for_those_alone_who_agreed_to_it(
    anonymous: bool, chair: httpx2.AsyncClient, stage: Stage
) -> None:
    await Question.update({Question.name: "Ann <Asker>", Question.anonymous: anonymous}, force=True)
    await chair.post(f"{stage.chair}/current", data=pressed(stage.first))

    for path in (stage.chair, stage.screen):
        assert ("Ann &lt;Asker&gt;" in (await chair.get(path)).text) is not anonymous


async def test_the_screen_says_where_to_vote_while_votes_are_open(
    chair: httpx2.AsyncClient, olive: httpx2.AsyncClient, stage: Stage
) -> None:
    address = "events.example.org" + stage.panel.path
    assert address not in (await chair.get(stage.screen)).text

    await olive.post(f"{stage.desk}/votes", data={"votes": "yes"})
    screen = (await chair.get(stage.screen)).text
    assert address in screen
    assert "<svg" in screen.partition(address)[2]

    await olive.post(f"{stage.desk}/votes", data={"votes": "no"})
    assert address not in (await chair.get(stage.screen)).text


async def test_new_links_end_those_given_out_before(
    chair: httpx2.AsyncClient, olive: httpx2.AsyncClient, stage: Stage, settings: Settings
) -> None:
    await olive.post(f"{stage.desk}/links")

    for path in (stage.chair, stage.screen, f"{stage.chair}/live", f"{stage.screen}/live"):
        assert (await chair.get(path)).status_code == 404
    assert (await chair.post(f"{stage.chair}/current", data=pressed(stage.first))).status_code == 404
    assert await on_screen(stage.row) == ""
    assert (await chair.get(Links("", settings.secret_key).chair(stage.row.id, 1))).status_code == 200


async def test_a_link_is_good_for_what_it_was_made_for_and_nothing_else(
    mallory: httpx2.AsyncClient, stage: Stage, settings: Settings
) -> None:
    chair, screen = (path.rpartition("/")[2] for path in (stage.chair, stage.screen))
    question = Links("", settings.secret_key).question(stage.row.id, 0).rpartition("/")[2]
    for path in (f"/chair/{screen}", f"/screen/{chair}", f"/chair/{question}", f"/chair/{chair[:-1]}", "/chair/x"):
        assert (await mallory.get(path)).status_code == 404
        assert (await mallory.get(f"{path}/live")).status_code == 404
    for deed in ("current", "asked", "not-reached", "back", "messages/x"):
        assert (await mallory.post(f"/chair/{screen}/{deed}", data=pressed(stage.first))).status_code == 404
        assert (await mallory.post(f"/screen/{chair}/{deed}", data=pressed(stage.first))).status_code == 404
    assert await on_screen(stage.row) == ""


async def test_another_site_cannot_press(stage: Stage, chair: httpx2.AsyncClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    answer = await chair.post(f"{stage.chair}/current", data=pressed(stage.first), headers=elsewhere)

    assert answer.status_code == 403
    assert await on_screen(stage.row) == ""


async def test_the_chair_of_one_panel_does_nothing_to_another(
    chair: httpx2.AsyncClient, stage: Stage, clock: StandingClock
) -> None:
    _, elsewhere = await make_panel()
    foreign = await listed(elsewhere, 1)
    writer = await execute("SELECT id FROM organiser LIMIT 1")
    message = await send_message(elsewhere.id, "Not yours", writer[0]["id"], now=clock())

    for deed in ("current", "asked", "not-reached"):
        assert (await chair.post(f"{stage.chair}/{deed}", data=pressed(foreign))).status_code == 404
    assert (await chair.post(f"{stage.chair}/messages/{message}")).status_code == 404
    assert "Not yours" not in (await chair.get(stage.chair)).text
    assert await ChairMessage.count().where(ChairMessage.seen_at.is_not_null()) == 0


@pytest.mark.parametrize("sent", ["", "question=%00", "question=x&question=y", "saw=%ff&last=1"])
async def test_what_no_button_sends_does_no_harm(sent: str, chair: httpx2.AsyncClient, stage: Stage) -> None:
    for deed in ("current", "asked", "not-reached", "back"):
        answer = await chair.post(f"{stage.chair}/{deed}", content=sent, headers=FORM)
        assert answer.status_code in {404, 422}
    assert set((await states(stage.panel.session)).values()) == {"shortlisted"}


async def test_the_chair_sees_the_questions_that_most_people_ask_of_very_many(
    chair: httpx2.AsyncClient, stage: Stage
) -> None:
    for number in range(30):
        await published(stage.panel.session, text=f"Other {number}")
    wanted = await published(stage.panel.session, text="Wanted by two")
    await add_voice(wanted, None, "one more")

    page = (await chair.get(stage.chair)).text

    assert "Not on the list (32)" in page
    assert page.index("Wanted by two") < page.index("Other ")
    assert page.count("Other ") == 28


@pytest.mark.parametrize("count", [1, 30])
async def test_both_pages_take_a_fixed_number_of_queries(count: int, chair: httpx2.AsyncClient, stage: Stage) -> None:
    for place in range(count):
        await listed(stage.panel.session, place + 10, stage.panel.safety)

    for path in (stage.chair, stage.screen):
        with recorded_statements() as statements:
            await chair.get(path)
        assert len(statements) == 11
