"""Voices and votes, the public ledger, and an asker's own page in every state."""

from typing import TYPE_CHECKING

import httpx2
import pytest

from eventsite.database import execute
from eventsite.questions.public_ledger import public_ledger
from eventsite.questions.queries import askers_of
from eventsite.questions.tables import PanelStage, Question, QuestionState, RejectionReason
from tests.conftest import SECRET, SITE_URL, browser
from tests.front.test_asking import PATH, PERSONAL, ann, session
from tests.questions.factories import ASKED_AT, letters_to, make_question

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from eventsite.events.tables import ProgrammeSession

__all__ = ["ann", "session"]


async def own_path(question: Question) -> str:
    from eventsite.links import Links

    return Links(SITE_URL, SECRET).question(question.id, question.link_version)


async def test_a_voice_counts_once_for_an_address_and_is_thanked_by_letter(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, state=QuestionState.APPROVED)

    answers = [await ann.post(f"{PATH}/{asked.id}/voice", data={"email": "bea@example.org"}) for _ in range(2)]

    place = f"{PATH}?voiced={asked.id}#question-{asked.id}"
    assert [(one.status_code, one.headers["location"]) for one in answers] == [(303, place)] * 2
    assert await askers_of([asked.id]) == {asked.id: 2}
    (letter,) = await letters_to("bea@example.org")
    assert asked.text not in letter.text
    assert [row["deed"] for row in await execute("SELECT deed FROM ledger_entry")] == ["question.voiced"]
    page = (await ann.get(place)).text
    assert "Asked without a name, and 1 other asked this" in page
    assert "your voice counts for this question" in page


async def test_without_an_address_a_network_counts_once_a_day(
    app: "ASGIApp", ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, state=QuestionState.APPROVED)
    async with browser(app, address="192.0.2.8") as bea:
        for someone in (ann, ann, bea):
            assert (await someone.post(f"{PATH}/{asked.id}/voice")).status_code == 303

    assert await askers_of([asked.id]) == {asked.id: 3}
    assert await execute("SELECT id FROM person") == []


async def test_whoever_asked_it_is_counted_already(ann: httpx2.AsyncClient, session: "ProgrammeSession") -> None:
    await ann.post(PATH, data={"text": "Who reads the log?", "email": "ann@example.org"})
    await Question.update({Question.state: QuestionState.APPROVED}, force=True)
    (asked,) = await Question.objects()

    assert (await ann.post(f"{PATH}/{asked.id}/voice", data={"email": "ann@example.org"})).status_code == 303
    assert await askers_of([asked.id]) == {asked.id: 1}


async def test_a_voice_goes_to_the_question_that_one_stands_with(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    head = await make_question(session, state=QuestionState.APPROVED)
    merged = await make_question(session, state=QuestionState.MERGED, merged_into=head.id)

    answer = await ann.post(f"{PATH}/{merged.id}/voice")

    assert answer.headers["location"].endswith(f"#question-{head.id}")
    assert await askers_of([head.id]) == {head.id: 3}


@pytest.mark.parametrize("state", ["pending", "held", "rejected", "withdrawn"])
async def test_what_is_not_public_takes_no_voice_and_no_vote(
    state: str, ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    await PanelStage(session=session.id, takes_votes=True, updated_at=ASKED_AT).save()
    asked = await make_question(session, state=state)

    assert (await ann.post(f"{PATH}/{asked.id}/voice")).status_code == 404
    assert (await ann.post(f"{PATH}/{asked.id}/vote")).status_code == 422
    assert await execute("SELECT id FROM voice UNION SELECT id FROM vote") == []


async def test_an_address_that_cannot_be_used_is_asked_again(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    asked = await make_question(session, state=QuestionState.APPROVED)

    answer = await ann.post(f"{PATH}/{asked.id}/voice", data={"email": "nobody"})

    assert answer.status_code == 422
    assert asked.text in answer.text
    assert 'value="nobody"' in answer.text


async def test_a_browser_votes_once_and_readers_get_no_cookie(
    app: "ASGIApp", ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    await PanelStage(session=session.id, takes_votes=True, updated_at=ASKED_AT).save()
    first = await make_question(session, state=QuestionState.APPROVED, text="The older one?")
    await make_question(session, state=QuestionState.APPROVED, text="The newer one?")
    assert "set-cookie" not in (await ann.get(PATH)).headers

    answers = [await ann.post(f"{PATH}/{first.id}/vote") for _ in range(2)]

    cookie = answers[0].headers["set-cookie"]
    assert cookie.startswith("__Host-voter=")
    for attribute in ("HttpOnly", "Path=/", "SameSite=lax", "Secure"):
        assert attribute in cookie
    assert "set-cookie" not in answers[1].headers
    (vote,) = await execute("SELECT voter FROM vote")
    assert vote["voter"] not in cookie
    async with browser(app) as reader:
        pages = [await someone.get(PATH) for someone in (ann, reader)]
    assert pages[0].content == pages[1].content
    assert pages[0].text.index("The older one?") < pages[0].text.index("The newer one?")
    assert "1 vote<" in pages[0].text


async def test_where_votes_are_off_there_are_none(ann: httpx2.AsyncClient, session: "ProgrammeSession") -> None:
    asked = await make_question(session, state=QuestionState.APPROVED)

    answer = await ann.post(f"{PATH}/{asked.id}/vote")

    assert (answer.status_code, "takes no votes" in answer.text) == (422, True)
    assert "set-cookie" not in answer.headers
    assert "/vote" not in (await ann.get(PATH)).text


async def test_the_public_ledger_adds_up_and_says_why(ann: httpx2.AsyncClient, session: "ProgrammeSession") -> None:
    await RejectionReason(slug="advert", label="Advertising", words="No.").save()
    head = await make_question(session, state=QuestionState.ANSWERED, answer="Every **month**.")
    for given in (
        {"state": "approved"},
        {"state": "shortlisted"},
        {"state": "asked"},
        {"state": "not_reached"},
        {"state": "merged", "merged_into": head.id},
        {"state": "pending"},
        {"state": "withdrawn"},
        {"state": "held", "held_reasons": "nhs_number,postcode"},
        {"state": "held", "held_reasons": "incident"},
        {"state": "rejected", "rejected_for": "advert"},
        {"state": "rejected"},
    ):
        await make_question(session, **given)

    ledger = await public_ledger(session.id)

    assert (ledger.received, ledger.published, ledger.merged, ledger.waiting, ledger.withdrawn) == (12, 5, 1, 1, 1)
    assert dict(ledger.held_back) == {
        "Advertising": 1,
        "Another reason, told to its asker": 1,
        "May identify a person: NHS number": 1,
        "Tells of harm or wrongdoing": 1,
    }
    for path in (PATH, PATH.removesuffix("/questions")):
        assert "Held back: advertising" in (await ann.get(path)).text
    page = (await ann.get(PATH)).text
    assert "Every <strong>month</strong>." in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"state": "pending"}, "Nobody but the organisers can see it yet"),
        ({"state": "held", "held_reasons": "postcode", "held_spans": "[]"}, "found this in it: postcode"),
        ({"state": "approved"}, "Your question is published"),
        ({"state": "shortlisted"}, "on the list that the chair"),
        ({"state": "asked"}, "It was put to the panel"),
        ({"state": "not_reached"}, "ran out of time"),
        ({"state": "answered", "answer": "<script>x</script>*Yes*"}, "<em>Yes</em>"),
        ({"state": "rejected", "rejection_reason": "Not for this panel."}, "Not for this panel."),
        ({"state": "withdrawn"}, "You took this question back"),
    ],
)
async def test_an_askers_own_page_says_where_it_stands(
    given: dict[str, str], words: str, ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    question = await make_question(session, **given)

    page = (await ann.get(await own_path(question))).text

    assert words in page
    assert "<script>x" not in page
    assert f'value="{await own_path(question)}" readonly' in page


async def test_a_merged_question_shows_with_which_it_stands_and_can_leave_it(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    head = await make_question(session, state=QuestionState.APPROVED, text="Who reads the log?")
    mine = await make_question(session, state=QuestionState.MERGED, merged_into=head.id, state_before="pending")
    own = await own_path(mine)

    page = (await ann.get(own)).text
    assert "Who reads the log?" in page
    assert "you are counted with it: 1 other asked this" in page

    assert (await ann.post(f"{own}/withdrawal")).status_code == 303
    assert await askers_of([head.id]) == {head.id: 1}


async def test_an_asker_adds_to_a_question_and_personal_data_is_refused(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    question = await make_question(session)
    own = await own_path(question)

    refused = await ann.post(f"{own}/clarification", data={"clarification": PERSONAL})
    taken = await ann.post(f"{own}/clarification", data={"clarification": "I mean the ward's log."})

    assert refused.status_code == 422
    assert "<mark>943 476 5919</mark>" in refused.text
    assert (taken.status_code, taken.headers["location"]) == (303, own.removeprefix(SITE_URL))
    assert "I mean the ward&#39;s log." in (await ann.get(own)).text
    assert [row["deed"] for row in await execute("SELECT deed FROM ledger_entry")] == ["question.clarified"]


@pytest.mark.parametrize("state", ["asked", "answered", "rejected", "withdrawn", "merged"])
async def test_it_is_too_late_to_add_to_what_was_dealt_with(
    state: str, ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    own = await own_path(await make_question(session, state=state))

    answer = await ann.post(f"{own}/clarification", data={"clarification": "One more thing"})

    assert (answer.status_code, "It is too late" in answer.text) == (422, True)
    assert "One more thing" in answer.text


async def test_a_persons_own_page_and_export_know_their_voices(
    ann: httpx2.AsyncClient, session: "ProgrammeSession"
) -> None:
    from eventsite.links import Links

    asked = await make_question(session, state=QuestionState.APPROVED, text="Who reads the log?")
    await ann.post(f"{PATH}/{asked.id}/voice", data={"email": "bea@example.org"})
    (person,) = await execute("SELECT id, link_version FROM person")
    my = Links(SITE_URL, SECRET).my(person["id"], person["link_version"])

    assert "Questions you added your voice to" in (await ann.get(my)).text
    exported = (await ann.get(f"{my}/export")).json()
    (voices,) = [kind for kind in exported["held"] if kind["table"] == "voice"]
    assert [row["question"] for row in voices["rows"]] == [asked.id]

    await ann.post(f"{my}/erasure", data={"sure": "yes"})
    assert await askers_of([asked.id]) == {asked.id: 2}
    assert await execute("SELECT person FROM voice") == [{"person": None}]
