"""Asking: what stands between the form and the panel, and that nothing of a draft stays anywhere before it is sent."""

import json
import logging
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import httpx2
import pytest

from eventsite.database import execute
from eventsite.front.alike import LIKELY
from eventsite.likeness import SURE
from eventsite.questions.tables import Question, QuestionState
from eventsite.tokens import keyed_digest
from eventsite.web.throttle import FORMS_A_NETWORK as FORMS
from eventsite.web.throttle import SIMILAR_A_NETWORK as LOOKS
from eventsite.web.throttle import Allowance
from tests.conftest import SECRET, browser
from tests.factories import make_event, make_session
from tests.questions.factories import letters_to, make_question, make_theme, path_of, the_question

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.events.tables import ProgrammeSession

ADDRESS = "198.51.100.7"
NUMBER = "943 476 5919"
PERSONAL = f"Why was {NUMBER} discharged, and who decides when a model says so?"
HARM = "A patient was harmed by our sepsis alert last night and managers are covering it up, what should I do?"
CLEAN = "Who signs the safety case when the model changes?"
TABLES = ("question", "person", "outbox_letter", "ledger_entry", "throttle_bucket")


@pytest.fixture
async def ann(app: "ASGIApp") -> AsyncIterator[httpx2.AsyncClient]:
    async with browser(app, address=ADDRESS) as someone:
        yield someone


@pytest.fixture
async def session(database: None) -> "ProgrammeSession":
    await make_theme("Bias")
    return await make_session(await make_event(slug="hpn-midlands"), slug="ai-safety")


PATH = "/events/hpn-midlands/sessions/ai-safety/questions"


async def nothing_is_stored() -> bool:
    return [table for table in TABLES if await execute(f"SELECT id FROM {table}")] == []


def permission_in(page: str) -> str:
    found = re.search(r'name="anyway" value="(\w+)"', page)
    assert found
    return found[1]


async def test_patient_data_is_marked_and_explained_and_every_word_kept(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    said = {"text": PERSONAL, "name": "Ann Asker", "email": "ann@example.org", "themes": "bias", "anonymous": "no"}
    answer = await ann.post(PATH, data=said)

    assert answer.status_code == 422
    assert answer.headers["cache-control"] == "private, no-store"
    assert f"<mark>{NUMBER}</mark>" in answer.text
    assert f"“{NUMBER}” looks like an NHS number." in answer.text
    assert "<title>Error: " in answer.text
    for kept in (f">\n{PERSONAL}</textarea>", 'value="Ann Asker"', 'value="ann@example.org"', 'value="bias" checked'):
        assert kept in answer.text
    assert await nothing_is_stored()


async def test_sent_anyway_it_is_held_and_its_own_page_covers_what_was_found(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    warned = await ann.post(PATH, data={"text": PERSONAL, "email": "ann@example.org"})
    said = {"text": PERSONAL, "email": "ann@example.org", "anyway": permission_in(warned.text)}
    answer = await ann.post(PATH, data=said)

    assert answer.status_code == 303
    question = await the_question()
    assert (question.state, question.held_reasons) == (QuestionState.HELD, "nhs_number")
    assert question.held_spans is not None
    assert json.loads(question.held_spans) == [[8, 20, "nhs_number"]]
    assert question.held_at is not None
    own = (await ann.get(answer.headers["location"])).text
    assert NUMBER not in own
    assert "It is held, since we found this in it: NHS number" in own
    (letter,) = await letters_to("ann@example.org")
    assert "discharged" not in letter.text
    assert NUMBER not in (await ann.get(PATH)).text


async def test_a_permission_holds_for_these_very_words_alone(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    allowed = permission_in((await ann.post(PATH, data={"text": PERSONAL})).text)

    other = await ann.post(PATH, data={"text": PERSONAL.replace("Why", "When"), "anyway": allowed})
    mended = await ann.post(PATH, data={"text": CLEAN, "anyway": allowed})

    assert (other.status_code, mended.status_code) == (422, 303)
    assert (await the_question()).state == QuestionState.PENDING


async def test_harm_is_shown_the_right_route_and_not_queued_unless_its_teller_says_so(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    answer = await ann.post(PATH, data={"text": HARM})

    assert answer.status_code == 422
    for words in ("call 999", "incident reporting system", "(LFPSE)", "Freedom to Speak Up guardian"):
        assert words in answer.text
    assert "There is a problem" not in answer.text
    assert await nothing_is_stored()

    sent = await ann.post(PATH, data={"text": HARM, "anyway": permission_in(answer.text)})
    assert sent.status_code == 303
    question = await the_question()
    assert (question.state, question.held_reasons) == (QuestionState.HELD, "incident")
    assert "call 999" in (await ann.get(sent.headers["location"])).text


async def test_what_is_likely_alone_is_shown_while_typing_and_stops_nobody(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    await make_question(session, text="Who signs off an AI tool?", state=QuestionState.APPROVED)
    mine = "Who approves an AI tool before it goes live?"

    shown = (await ann.post(f"{PATH}/similar", data={"text": mine})).json()["questions"]
    answer = await ann.post(PATH, data={"text": mine})

    assert [LIKELY <= one["score"] < SURE for one in shown] == [True]
    assert answer.status_code == 303


async def test_what_others_asked_is_shown_before_sending_and_once_only(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, text=CLEAN, state=QuestionState.APPROVED)

    step = await ann.post(PATH, data={"text": CLEAN, "email": "ann@example.org"})

    assert step.status_code == 200
    assert step.headers["cache-control"] == "private, no-store"
    assert f'action="{PATH}/{asked.id}/voice"' in step.text
    assert "1 other asked this" in step.text
    assert f">\n{CLEAN}</textarea>" in step.text
    assert await Question.count() == 1
    assert await execute("SELECT id FROM person") == []

    sent = await ann.post(PATH, data={"text": CLEAN, "seen": asked.id})
    assert sent.status_code == 303
    assert await Question.count() == 2


async def uses() -> dict[str, int]:
    """What Ann's network has used of its allowances."""
    keys = {keyed_digest(SECRET, f"throttle {one.name}", ADDRESS): one.name for one in (FORMS, LOOKS)}
    return {keys[row["key"]]: row["used"] for row in await execute("SELECT key, used FROM throttle_bucket")}


async def use_up(allowance: Allowance) -> None:
    await execute("UPDATE throttle_bucket SET used = {}", 0)
    key = keyed_digest(SECRET, f"throttle {allowance.name}", ADDRESS)
    await execute("UPDATE throttle_bucket SET used = {} WHERE key = {}", allowance.uses, key)


async def test_a_step_before_sending_is_a_look_and_no_question_sent(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, text=CLEAN, state=QuestionState.APPROVED)

    await ann.post(PATH, data={"text": CLEAN})
    assert await uses() == {LOOKS.name: 1}
    await ann.post(PATH, data={"text": CLEAN, "seen": asked.id})

    assert await uses() == {LOOKS.name: 2, FORMS.name: 1}


async def test_whoever_may_send_nothing_more_is_refused_before_anything_is_looked_for(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    await ann.post(PATH, data={"text": "Who reads the log?"})
    await use_up(FORMS)

    for text in (CLEAN, PERSONAL):
        assert (await ann.post(PATH, data={"text": text})).status_code == 429

    assert await uses() == {LOOKS.name: 0, FORMS.name: FORMS.uses}
    assert await Question.count() == 1


async def test_a_network_that_has_looked_too_often_can_still_ask(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    await make_question(session, text=CLEAN, state=QuestionState.APPROVED)
    await ann.post(PATH, data={"text": CLEAN})
    await use_up(LOOKS)

    assert (await ann.post(PATH, data={"text": CLEAN})).status_code == 303


async def test_similar_questions_come_as_json_best_first_and_public_ones_only(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, text=CLEAN, state=QuestionState.APPROVED)
    await make_question(session, text=CLEAN, state=QuestionState.PENDING)
    await make_question(session, text=CLEAN, state=QuestionState.HELD)

    answer = await ann.post(f"{PATH}/similar", data={"text": CLEAN})

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    said = answer.json()
    assert list(said) == ["questions", "passages"]
    assert [(one["id"], one["text"], one["askers"]) for one in said["questions"]] == [(asked.id, CLEAN, 1)]
    assert set(said["questions"][0]) == {"id", "text", "askers", "score"}


@pytest.mark.parametrize(("text", "sentence"), [("", "Enter your question"), ("x" * 501, "must be 500 characters")])
async def test_similar_says_no_in_words(
    text: str, sentence: str, ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    answer = await ann.post(f"{PATH}/similar", data={"text": text})

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert (await ann.get(f"{PATH}/similar")).status_code == 405


async def test_similar_is_refused_from_another_site(app: "ASGIApp", session: "ProgrammeSession") -> None:
    async with browser(app, **{"sec-fetch-site": "cross-site"}) as elsewhere:
        assert (await elsewhere.post(f"{PATH}/similar", data={"text": CLEAN})).status_code == 403


async def test_no_log_and_no_address_has_a_word_that_was_typed(
    ann: httpx2.AsyncClient, session: "ProgrammeSession", caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("tests").warning("bait: canary")
    answers = [
        await ann.post(PATH, data={"text": PERSONAL}),
        await ann.post(PATH, data={"text": HARM}),
        await ann.post(f"{PATH}/similar", data={"text": PERSONAL}),
        await ann.post(PATH, data={"text": PERSONAL + "x" * 500}),
    ]
    sent = await ann.post(PATH, data={"text": PERSONAL, "anyway": permission_in(answers[0].text)})

    ours = [one.getMessage() for one in caplog.records if not one.name.startswith(("aiosqlite", "asyncio"))]
    assert [line for line in ours if "canary" in line] == ["bait: canary"]
    assert [line for line in ours if NUMBER in line or "discharged" in line or "sepsis" in line] == []
    assert "discharged" not in sent.headers["location"]


async def test_the_question_of_the_interest_form_goes_through_the_same_check(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    said = {
        **{
            "name": "Ann Asker",
            "email": "ann@trust.example.org",
            "job_title": "Nurse",
            "organisation": "Example Trust",
        },
        **{"events": "hpn-midlands", "question": PERSONAL},
    }
    warned = await ann.post("/interest", data=said)

    assert warned.status_code == 422
    assert f"<mark>{NUMBER}</mark>" in warned.text
    assert 'value="Ann Asker"' in warned.text
    assert await nothing_is_stored()

    sent = await ann.post("/interest", data=said | {"anyway": permission_in(warned.text)})
    assert (sent.status_code, sent.headers["location"]) == (303, "/interest/thanks")
    assert (await the_question()).state == QuestionState.HELD


async def test_another_panel_is_not_looked_into(ann: httpx2.AsyncClient, session: "ProgrammeSession") -> None:
    event = await make_event()
    other = await make_session(event)
    await make_question(other, text=CLEAN, state=QuestionState.APPROVED)

    answer = await ann.post(f"{PATH}/similar", data={"text": CLEAN})

    assert answer.json()["questions"] == []
    assert (await ann.post(f"{path_of(event, other)}/similar", data={"text": CLEAN})).json()["questions"] != []
