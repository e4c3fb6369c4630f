"""The public side of questions: what Ann sees, and what Mallory does not."""

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from eventsite.database import execute, recorded_statements
from eventsite.events.tables import EventState, ProgrammeSession, SessionState
from eventsite.links import Links
from eventsite.questions.tables import Question, QuestionState, Theme
from tests.conftest import SECRET, SITE_URL, StandingClock, browser
from tests.factories import make_event, make_session
from tests.questions.conftest import AskedPanel
from tests.questions.factories import letters_to, make_question, path_of, the_question

if TYPE_CHECKING:
    from starlette.types import ASGIApp

WORDS = "Who signs the safety case when the model changes?"
ANN = {"text": WORDS, "themes": ["clinical-safety"], "name": "Ann Asker", "email": "ann@example.org", "anonymous": "no"}


async def test_a_question_is_seen_by_its_asker_alone_until_it_is_approved(
    ann: httpx2.AsyncClient, mallory: httpx2.AsyncClient, olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    own = (await ann.post(panel.path, data=ANN)).headers["location"]

    assert WORDS in (await ann.get(own)).text
    assert [path for path in await public_paths(mallory, panel) if WORDS in (await mallory.get(path)).text] == []

    question = await the_question()
    await olive.post(f"/organise/questions/{question.id}/approval", data={"state": "pending"})

    for path in (panel.path, panel.path.removesuffix("/questions")):
        page = (await mallory.get(path)).text
        assert WORDS in page
        assert "Asked by <bdi>Ann Asker</bdi>" in page
        assert "Clinical safety" in page
        assert "ann@example.org" not in page


async def test_the_answer_is_the_way_to_a_page_of_the_askers_own(ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    answer = await ann.post(panel.path, data=ANN)

    question = await the_question()
    own = Links(SITE_URL, SECRET).question(question.id, 0)
    assert answer.status_code == 303
    assert SITE_URL + answer.headers["location"] == own
    page = await ann.get(own)
    assert page.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in page.headers
    assert "Nobody but the organisers can see it yet" in page.text


async def test_the_letter_brings_the_link_and_not_the_words(ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    answer = await ann.post(panel.path, data=ANN)

    (letter,) = await letters_to("ann@example.org")
    assert letter.header("subject") == "We have your question to “How do we deploy AI safely?”"
    for body in (letter.text, letter.html):
        assert SITE_URL + answer.headers["location"] in body
        assert WORDS not in body


async def test_without_an_address_nothing_is_written_and_nobody_is_known(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answer = await ann.post(panel.path, data={"text": WORDS})

    assert answer.status_code == 303
    assert (await the_question()).person is None
    assert await execute("SELECT id FROM outbox_letter") == []
    assert "You left no email address" in (await ann.get(answer.headers["location"])).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"name": "Ann Asker", "anonymous": "no"}, "Asked by <bdi>Ann Asker</bdi>"),
        ({"name": "Ann Asker"}, "Asked by <bdi>Ann Asker</bdi>"),
        ({"name": "Ann Asker", "anonymous": "yes"}, "Asked without a name"),
        ({"name": "", "anonymous": "no"}, "Asked without a name"),
        ({"anonymous": "yes"}, "Asked without a name"),
        ({"name": "Ann Asker", "anonymous": "perhaps"}, "Asked without a name"),
    ],
)
async def test_a_name_is_shown_only_where_it_was_given_and_not_kept_back(
    said: dict[str, str], shown: str, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await ann.post(panel.path, data={"text": WORDS, **said})
    await approve_all()

    page = (await ann.get(panel.path)).text
    assert shown in page
    assert ("Ann Asker" in page) == ("Ann" in shown)


async def test_the_form_keeps_the_name_back_unless_its_owner_says_otherwise(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    page = (await ann.get(panel.path)).text

    assert re.findall(r'<input type="radio"[^>]*value="(\w+)" checked', page) == ["yes"]
    assert "could identify a patient or a colleague" in page
    assert "Kept until 30 days after the event." in page


async def test_the_public_page_is_the_same_bytes_for_everybody(
    ann: httpx2.AsyncClient, mallory: httpx2.AsyncClient, olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await make_question(panel.session, state=QuestionState.APPROVED)

    answers = [await reader.get(panel.path) for reader in (ann, mallory, olive)]

    assert len({answer.content for answer in answers}) == 1
    assert answers[0].headers["cache-control"] == "public, no-cache"
    assert "set-cookie" not in answers[0].headers
    again = await mallory.get(panel.path, headers={"if-none-match": answers[0].headers["etag"]})
    assert again.status_code == 304


async def test_the_page_takes_as_many_queries_for_thirty_questions_as_for_one(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await make_question(panel.session, panel.safety, state=QuestionState.APPROVED)
    with recorded_statements() as for_one:
        await ann.get(panel.path + "?once")
    for _ in range(29):
        await make_question(panel.session, panel.safety, panel.bias, state=QuestionState.APPROVED)
    with recorded_statements() as for_thirty:
        page = await ann.get(panel.path + "?again")

    assert page.text.count('class="question-text"') == 30
    assert len(for_thirty) == len(for_one) == 11


async def test_words_are_shown_as_they_were_typed_and_never_as_markup(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    typed = "<script>alert(1)</script>\r\nand a second line & more"
    await ann.post(panel.path, data={"text": typed, "name": "Ann \u202e<b>", "anonymous": "no"})
    await approve_all()

    page = (await ann.get(panel.path)).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>and a second line &amp; more" in page
    assert "<bdi>Ann &lt;b&gt;</bdi>" in page


async def test_a_question_is_withdrawn_by_a_button_and_by_nothing_else(
    ann: httpx2.AsyncClient, mallory: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    own = (await ann.post(panel.path, data=ANN)).headers["location"]
    await approve_all()
    for method in ("GET", "HEAD"):
        await ann.request(method, own)
        await ann.request(method, f"{own}/withdrawal")
    assert WORDS in (await mallory.get(panel.path)).text

    answers = [await ann.post(f"{own}/withdrawal") for _ in range(2)]

    assert [(answer.status_code, answer.headers["location"]) for answer in answers] == [(303, own)] * 2
    assert WORDS not in (await mallory.get(panel.path)).text
    assert "You took this question back" in (await ann.get(own)).text
    assert [row["deed"] for row in await execute("SELECT deed FROM ledger_entry ORDER BY deed")] == [
        "question.submitted",
        "question.withdrawn",
    ]


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_only_the_very_link_opens_an_askers_page(method: str, ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    question = await make_question(panel.session)
    links = Links(SITE_URL, SECRET)
    wrong = [
        Links(SITE_URL, "another secret of the same good length").question(question.id, 0),
        links.my(question.id, 0).replace("/my/", "/questions/"),
        links.question(question.id, 1),
        links.question("0" * 16, 0),
        f"/questions/{question.id}",
        "/questions/x",
    ]

    for link in wrong:
        answer = await ann.request(method, link if method == "GET" else f"{link}/withdrawal")
        assert answer.status_code == 404
    assert (await the_question()).state == QuestionState.PENDING


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x" * 500, "x" * 500),
        ("x" * 249 + "\r\n" + "y" * 250, "x" * 249 + "\n" + "y" * 250),
        ("\U0001f9ea" * 250, "\U0001f9ea" * 250),
        ("  Why?\u200b ", "Why?"),
        ("e\u0301tude", "\u00e9tude"),
        ("\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd", "abc \u05e9\u05dc\u05d5\u05dd"),
        ("=?utf-8?q?a=0D=0ABcc:_e@x?=", "=?utf-8?q?a=0D=0ABcc:_e@x?="),
    ],
)
async def test_what_a_browser_lets_through_is_taken(
    text: str, kept: str, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answer = await ann.post(panel.path, data={"text": text})

    assert answer.status_code == 303
    assert (await the_question()).text == kept


TOO_LONG = "Your question must be 500 characters or less"
BAD_ADDRESS = "Enter an email address in the correct format, like name@example.com"
UNREADABLE = "This has characters that cannot be used"
TWICE = "This was answered more than once. Give one answer"


@pytest.mark.parametrize(
    ("body", "sentence", "kept"),
    [
        ("", "Enter your question", ""),
        ("text=", "Enter your question", ""),
        ("text=+%0D%0A+", "Enter your question", ""),
        ("text=%E2%80%8B", "Enter your question", ""),
        ("text=" + "x" * 501, TOO_LONG, "x" * 501),
        ("text=" + "%F0%9F%A7%AA" * 251, TOO_LONG, "\U0001f9ea" * 251),
        ("text=a%00b", UNREADABLE, "a\ufffdb"),
        ("text=a%07b", UNREADABLE, "a\ufffdb"),
        ("text=a%ED%A0%80b", UNREADABLE, "a\ufffd\ufffd\ufffdb"),
        ("text=a%FFb", UNREADABLE, "a\ufffdb"),
        ("text=one&text=two", TWICE, "one"),
        ("text=why&name=a%0Bb", UNREADABLE, "a\ufffdb"),
        ("text=why&name=" + "n" * 10_000, "Your name must be 200 characters or less", "n" * 10_000),
        ("text=why&name=Ann&name=Bob", TWICE, "Ann"),
        ("text=why&email=ann", BAD_ADDRESS, 'value="ann"'),
        ("text=why&email=a@b.org,+c@d.org", BAD_ADDRESS, "a@b.org, c@d.org"),
        ("text=why&email=a@b.org%0D%0ABcc:c@d.org", BAD_ADDRESS, "a@b.org Bcc:c@d.org"),
        ("text=why&email=%3D?utf-8?q?a%3D0D%3D0ABcc:x?%3D@b.org", BAD_ADDRESS, "=?utf-8?q?a=0D=0ABcc:x?=@b.org"),
        ("text=why&email=" + "a" * 300 + "@b.org", BAD_ADDRESS, "a" * 300),
        ("text=why&themes=bias&themes=nonsense", "Select themes from the list", 'value="bias" checked'),
        ("text=why&themes=bias&themes=workforce&themes=clinical-safety", "Select no more than 2 themes", "why"),
        ("text=why&anonymous=yes&anonymous=no", TWICE, "why"),
        ("text=why&leave_empty=http://spam.example", "Leave this field empty", "why"),
    ],
)
async def test_what_cannot_be_taken_is_explained_and_kept(
    body: str, sentence: str, kept: str, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answer = await ann.post(panel.path, content=body, headers={"content-type": "application/x-www-form-urlencoded"})

    assert answer.status_code == 422
    assert answer.headers["cache-control"] == "private, no-store"
    assert "<title>Error: " in answer.text
    assert "There is a problem" in answer.text
    assert sentence in answer.text
    assert kept in answer.text
    for table in ("question", "person", "outbox_letter", "ledger_entry", "throttle_bucket"):
        assert await execute(f"SELECT id FROM {table}") == []


async def test_the_summary_of_errors_leads_to_the_field(ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    page = (await ann.post(panel.path, data={"text": "", "email": "nobody"})).text

    targets = re.findall(r'<li><a href="#(\w+)">', page)
    assert targets == ["text", "email"]
    assert all(f' id="{target}"' in page for target in targets)


async def test_an_accent_in_a_domain_is_an_address_that_letters_can_go_to(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answer = await ann.post(panel.path, data={"text": WORDS, "email": "ann@caf\u00e9.example"})

    assert answer.status_code == 303
    assert len(await letters_to("ann@xn--caf-dma.example")) == 1


async def test_a_name_cannot_become_a_header(ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    for name in ("=?utf-8?q?a=0D=0ABcc:_eve@example.org?=", "Ann\r\nBcc: eve@example.org"):
        assert (await ann.post(panel.path, data=ANN | {"name": name})).status_code == 303

    letters = await letters_to("ann@example.org")
    assert len(letters) == 2
    for letter in letters:
        assert letter.header("bcc") == ""
        assert "eve@example.org" not in letter.text


@pytest.mark.parametrize(
    "changed",
    [
        {"takes_questions": False},
        {"state": SessionState.CANCELLED},
        {"questions_close_at": StandingClock().time},
        {"ends_at": StandingClock().time},
    ],
)
async def test_a_panel_that_closed_meanwhile_says_so_and_keeps_the_words(
    changed: dict[Any, Any], ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await ProgrammeSession.update(changed).where(ProgrammeSession.id == panel.session.id)

    answer = await ann.post(panel.path, data=ANN)

    assert answer.status_code == 422
    assert "“How do we deploy AI safely?”" in answer.text
    assert WORDS in answer.text
    assert await Question.count() == 0
    assert 'name="text"' not in (await ann.get(panel.path)).text


async def test_a_page_closes_by_the_clock(ann: httpx2.AsyncClient, panel: AskedPanel, clock: StandingClock) -> None:
    closes = clock.time.replace(hour=15)
    await ProgrammeSession.update({"questions_close_at": closes}).where(ProgrammeSession.id == panel.session.id)
    assert 'name="text"' in (await ann.get(panel.path)).text

    clock.time = closes

    assert 'name="text"' not in (await ann.get(panel.path)).text


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_there_is_nothing_to_ask_where_nobody_may_look(
    method: str, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    draft = await make_event(state=EventState.DRAFT)
    hidden = path_of(draft, await make_session(draft))
    elsewhere = await make_event()
    wrong = (hidden, path_of(elsewhere, panel.session), panel.path.replace(panel.session.slug, "no-such-panel"))

    for path in (*wrong, "/events/no-such-event/sessions/x/questions"):
        answer = await ann.request(method, path, data=ANN if method == "POST" else None)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"content-type": "multipart/form-data; boundary=x; charset=utf-16"}, 415),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "application/x-www-form-urlencoded; charset=utf-7"}, 415),
    ],
)
async def test_forms_from_elsewhere_and_of_other_kinds_are_not_read(
    headers: dict[str, str], status: int, ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    sent = {"content-type": "application/x-www-form-urlencoded", **headers}

    answer = await ann.post(panel.path, content="text=why", headers=sent)

    assert answer.status_code == status
    assert await Question.count() == 0


async def test_a_foreign_origin_is_refused_where_the_browser_says_nothing_better(
    app: "ASGIApp", panel: AskedPanel
) -> None:
    async with browser(app, origin="https://evil.example") as someone:
        del someone.headers["sec-fetch-site"]

        assert (await someone.post(panel.path, data=ANN)).status_code == 403
    assert await Question.count() == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_for_this_page(method: str, ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    assert (await ann.request(method, panel.path)).status_code == 405


async def test_twenty_identical_posts_at_once_are_one_question_one_letter_and_one_answer(
    app: "ASGIApp", panel: AskedPanel
) -> None:
    async def post(number: int) -> httpx2.Response:
        async with browser(app, address=f"198.51.100.{number}") as someone:
            return await someone.post(panel.path, data=ANN)

    answers = await asyncio.gather(*(post(number) for number in range(20)))

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, answers[0].headers["location"])
    }
    assert await Question.count() == 1
    assert len(await letters_to("ann@example.org")) == 1
    assert await execute("SELECT deed FROM ledger_entry") == [{"deed": "question.submitted"}]


async def test_too_many_questions_from_one_address_are_refused_in_words(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answers = [await ann.post(panel.path, data=ANN | {"text": f"{WORDS} {number}"}) for number in range(21)]

    assert {answer.status_code for answer in answers[:20]} == {303}
    assert answers[20].status_code == 429
    assert "a number of times in a short while" in answers[20].text
    assert await Question.count() == 20


async def test_sending_the_same_words_again_and_again_is_not_too_often(
    ann: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    answers = [await ann.post(panel.path, data=ANN) for _ in range(25)]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, answers[0].headers["location"])
    }


async def test_where_there_are_no_themes_none_are_offered(ann: httpx2.AsyncClient, panel: AskedPanel) -> None:
    await Theme.delete(force=True)

    assert 'name="themes"' not in (await ann.get(panel.path)).text
    assert (await ann.post(panel.path, data={"text": WORDS})).status_code == 303


async def approve_all() -> None:
    await Question.update({Question.state: QuestionState.APPROVED}, force=True)


async def public_paths(reader: httpx2.AsyncClient, panel: AskedPanel) -> set[str]:
    """Every address of the site that a reader finds by following links, and the ones that machines read."""
    found: set[str] = set()
    waiting = {"/", panel.path, "/writeups/feed.atom", "/sitemap.xml", f"/events/{panel.event.slug}.ics"}
    while waiting - found:
        path = (waiting - found).pop()
        found.add(path)
        answer = await reader.get(path)
        waiting |= {link.partition("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text)}
    return found
