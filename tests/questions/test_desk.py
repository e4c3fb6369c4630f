"""The moderators' pages: Olive decides, Omar comes second, Mallory does not come in."""

import asyncio
import re

import httpx2
import pytest

from eventsite.database import execute, recorded_statements
from eventsite.people.tables import Person
from eventsite.questions.queue import PAGE_LENGTH
from eventsite.questions.tables import Question, QuestionState
from tests.questions.conftest import AskedPanel
from tests.questions.factories import ASKED_AT, letters_to, make_question, the_question

QUEUE = "/organise/questions"
PENDING, HELD, APPROVED, REJECTED, WITHDRAWN = (
    QuestionState.PENDING,
    QuestionState.HELD,
    QuestionState.APPROVED,
    QuestionState.REJECTED,
    QuestionState.WITHDRAWN,
)


@pytest.fixture
async def asked(panel: AskedPanel) -> Question:
    """A question of Ann's that waits."""
    ann = Person(email="ann@example.org", email_key="ann@example.org", created_at=ASKED_AT, updated_at=ASKED_AT)
    await ann.save()
    given = {"text": "Who signs\nthe safety case?", "name": "Ann <Asker>", "anonymous": True, "person": ann.id}
    return await make_question(panel.session, panel.safety, **given)


async def test_approving_publishes_and_tells_the_asker_where(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, panel: AskedPanel, asked: Question
) -> None:
    answer = await olive.post(f"{QUEUE}/{asked.id}/approval", data={"state": "pending", "back": "?state=pending"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{QUEUE}?state=pending")
    assert "The question is published." in (await olive.get(answer.headers["location"])).text
    assert "Who signs<br>the safety case?" in (await mallory.get(panel.path)).text
    (letter,) = await letters_to("ann@example.org")
    assert letter.header("subject").endswith("is published")
    assert panel.path in letter.text
    assert "safety case" not in letter.text


async def test_rejecting_tells_the_asker_the_reason_in_a_letter_and_on_their_page(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, panel: AskedPanel, asked: Question
) -> None:
    await Question.update({Question.state: APPROVED}, force=True)

    answer = await olive.post(
        f"{QUEUE}/{asked.id}/rejection", data={"state": "approved", "reason": "Names a <colleague>.\r\nAsk again."}
    )

    assert answer.headers["location"] == f"{QUEUE}/{asked.id}"
    assert "safety case" not in (await mallory.get(panel.path)).text
    (letter,) = await letters_to("ann@example.org")
    assert "Names a <colleague>.\nAsk again." in letter.text
    assert "Names a &lt;colleague&gt;.<br>Ask again." in letter.html
    own = re.findall(r"https://\S+/questions/[0-9a-zA-Z_-]{38}", letter.text)
    assert "Names a &lt;colleague&gt;.<br>Ask again." in (await mallory.get(own[0])).text


async def test_an_edit_shows_both_wordings_to_the_asker_and_the_new_one_to_everybody(
    olive: httpx2.AsyncClient, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    own = (await ann.post(panel.path, data={"text": "who signs?"})).headers["location"]
    question = await the_question()

    await olive.post(f"{QUEUE}/{question.id}/edit", data={"text": "Who signs it?", "themes": ["bias", "workforce"]})
    await olive.post(f"{QUEUE}/{question.id}/approval")

    public, private = (await ann.get(panel.path)).text, (await ann.get(own)).text
    assert "Who signs it?" in public
    assert "who signs?" not in public
    assert "Bias" in public
    assert "Who signs it?" in private
    assert "who signs?" in private


@pytest.mark.parametrize(
    ("deed", "sent", "sentence", "kept"),
    [
        ("rejection", {"reason": " "}, "Enter a reason: the asker is sent it", ""),
        ("rejection", {"reason": "x" * 501}, "The reason must be 500 characters or less", "x" * 501),
        ("rejection", {"reason": "a\0b"}, "This has characters that cannot be used", "a\ufffdb"),
        ("edit", {"text": ""}, "Enter the question", ""),
        ("edit", {"text": "y" * 501}, "The question must be 500 characters or less", "y" * 501),
        ("edit", {"text": "Why?", "themes": ["nonsense"]}, "Select themes from the list", "Why?"),
        ("edit", {"text": "Why?", "themes": ["bias", "workforce", "clinical-safety"]}, "no more than 2", "Why?"),
        ("approval", {"state": "crowned"}, "This question has no such state", ""),
    ],
)
async def test_what_cannot_be_taken_is_explained_and_kept(
    deed: str, sent: dict[str, str], sentence: str, kept: str, olive: httpx2.AsyncClient, asked: Question
) -> None:
    answer = await olive.post(f"{QUEUE}/{asked.id}/{deed}", data=sent)

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert sentence in answer.text
    assert kept in answer.text
    question = await the_question()
    assert (question.text, question.state) == (asked.text, PENDING)
    assert await letters_to("ann@example.org") == []


async def test_the_second_of_two_moderators_reads_what_happened_and_changes_nothing(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: Question
) -> None:
    sent = {"state": "pending"}
    answers = await asyncio.gather(
        olive.post(f"{QUEUE}/{asked.id}/approval", data=sent), omar.post(f"{QUEUE}/{asked.id}/approval", data=sent)
    )

    late = max(answers, key=lambda answer: answer.status_code)
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert "Somebody else changed this question before you." in late.text
    assert len(await letters_to("ann@example.org")) == 1
    assert len(await execute("SELECT id FROM ledger_entry WHERE deed = 'question.approved'")) == 1


async def test_a_late_edit_keeps_the_moderators_words_beside_what_stands_now(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, asked: Question
) -> None:
    seen = {"state": "pending", "instead_of": asked.text.replace("\n", "\r\n")}
    first = await olive.post(f"{QUEUE}/{asked.id}/edit", data=seen | {"text": "Olive's words"})
    second = await omar.post(f"{QUEUE}/{asked.id}/edit", data=seen | {"text": "Omar's words"})

    assert (first.status_code, second.status_code) == (303, 422)
    assert (await the_question()).text == "Olive's words"
    assert "Omar&#39;s words</textarea>" in second.text
    assert 'name="instead_of" value="Olive&#39;s words"' in second.text


async def test_the_queue_shows_what_a_moderator_decides_by(olive: httpx2.AsyncClient, asked: Question) -> None:
    page = (await olive.get(QUEUE)).text

    for words in ("Who signs<br>the safety case?", "<bdi>Ann &lt;Asker&gt;</bdi> (not to be shown), with an address"):
        assert words in page
    for words in ("Clinical safety", "How do we deploy AI safely?, HPN Midlands", "Waiting 1", "9 March 2027, 9am"):
        assert words in page
    assert "ann@example.org" not in page


async def test_a_decision_from_a_narrowed_queue_leads_back_to_it(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    for number in range(PAGE_LENGTH + 2):
        last = await make_question(panel.session, text=f"safety {number}")
    path = f"{QUEUE}?panel={panel.session.id}&state=pending&q=safety&page=2"
    back = re.findall(r'name="back" value="([^"]*)"', (await olive.get(path)).text)[0].replace("&amp;", "&")

    answer = await olive.post(f"{QUEUE}/{last.id}/approval", data={"state": "pending", "back": back})

    assert answer.headers["location"] == path


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "?next=//evil.example", "?\r\nset-cookie: a=b", "?state=x&page=-1"],
)
async def test_there_is_no_way_back_but_to_the_desk(back: str, olive: httpx2.AsyncClient, asked: Question) -> None:
    answer = await olive.post(f"{QUEUE}/{asked.id}/approval", data={"back": back})

    assert answer.headers["location"] in {QUEUE, f"{QUEUE}/{asked.id}"}


@pytest.mark.parametrize("query", ["panel=%00&q=%00", "q=%ED%A0%80", "state=x&page=x", "page=99999999999999", "q=%25"])
async def test_a_strange_query_shows_a_page(query: str, olive: httpx2.AsyncClient, asked: Question) -> None:
    assert (await olive.get(f"{QUEUE}?{query}")).status_code == 200


async def test_an_empty_desk_says_where_questions_come_from(olive: httpx2.AsyncClient) -> None:
    assert "Nobody has asked anything yet." in (await olive.get(QUEUE)).text


async def test_the_page_of_one_question_tells_its_history(olive: httpx2.AsyncClient, asked: Question) -> None:
    await olive.post(f"{QUEUE}/{asked.id}/edit", data={"text": "Who signs?"})

    page = (await olive.get(f"{QUEUE}/{asked.id}")).text

    assert "Edited by Olive Organiser" in page
    assert "Who signs<br>the safety case?" in page
    assert "letters go to ann@example.org" in page


@pytest.mark.parametrize(
    ("state", "deeds"),
    [
        (PENDING, {"approval", "hold", "rejection", "merge", "edit", "themes"}),
        (HELD, {"release", "rejection", "edit", "themes"}),
        (APPROVED, {"shortlist", "hold", "rejection", "merge", "edit", "themes"}),
        (REJECTED, {"approval"}),
        (WITHDRAWN, set()),
    ],
)
async def test_both_pages_offer_the_deeds_that_are_possible(
    state: QuestionState, deeds: set[str], olive: httpx2.AsyncClient, asked: Question
) -> None:
    await Question.update({Question.state: state}, force=True)

    for path in (QUEUE, f"{QUEUE}/{asked.id}"):
        found = re.findall(rf'(?:action|data-from)="{QUEUE}/{asked.id}/(\w+)', (await olive.get(path)).text)
        # What is held is released on its own page, where all of it is read.
        assert set(found) == (deeds - {"release"} if path == QUEUE else deeds)


@pytest.mark.parametrize("count", [1, 30])
async def test_the_queue_takes_a_fixed_number_of_queries(
    count: int, olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await make_question(panel.session, panel.safety, text="Who signs the safety case?")
    for _ in range(count):
        await make_question(panel.session, panel.safety, text="Who signs the safety case?")

    with recorded_statements() as statements:
        await olive.get(QUEUE)

    assert len(statements) == 11


async def test_nobody_else_comes_in(mallory: httpx2.AsyncClient, asked: Question) -> None:
    for path in (QUEUE, f"{QUEUE}/{asked.id}"):
        answer = await mallory.get(path)
        assert answer.headers["location"].startswith("/organise/sign-in")
        assert "safety case" not in answer.text
    for deed in ("approval", "rejection", "edit"):
        assert (await mallory.post(f"{QUEUE}/{asked.id}/{deed}", data={"reason": "x", "text": "x"})).status_code == 403
    question = await the_question()
    assert (question.state, question.text) == (PENDING, asked.text)


async def test_there_is_no_page_for_a_question_that_is_not(olive: httpx2.AsyncClient, asked: Question) -> None:
    for path in (f"{QUEUE}/0000000000000000", f"{QUEUE}/x", f"{QUEUE}/%00"):
        assert (await olive.get(path)).status_code == 404
        for deed in ("approval", "rejection", "edit"):
            assert (await olive.post(f"{path}/{deed}", data={"reason": "x", "text": "x"})).status_code == 404
