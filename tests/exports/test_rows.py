"""What an export holds: the fields of the contract, one row for each, and no word of a held question."""

from datetime import datetime

import pytest

from eventsite.database import recorded_statements
from eventsite.events.tables import Event, Part
from eventsite.exports import rows
from eventsite.exports.rows import Row, row_count, rows_of
from eventsite.people.services import record_consent
from eventsite.people.tables import ConsentAction
from eventsite.questions.tables import Question, QuestionState, QuestionTheme, ThemeSource, Voice
from tests.factories import make_event, make_session, make_speaker
from tests.questions.factories import make_question, make_theme
from tests.self_service.factories import make_interest, make_person

NUMBER = "943 476 5919"


async def exported(subject: str, event: Event, *, with_held: bool = False) -> list[Row]:
    return [row async for page in rows_of(subject, event, with_held=with_held) for row in page]


@pytest.fixture
async def event(database: None) -> Event:
    return await make_event(slug="hpn-midlands")


async def test_interests_have_the_fields_of_the_contract(event: Event, now: datetime) -> None:
    ann = await make_person("ann", now=now)
    await make_interest(ann, event, now=now, state="accepted")
    await record_consent(ann.id, ConsentAction.GIVEN, source="form", now=now)
    await make_interest(await make_person("mallory", now=now), await make_event(), now=now)

    assert await exported("interests", event) == [
        {
            "event": "hpn-midlands",
            "name": "Ann Archer",
            "email": "ann@trust.example",
            "job_title": "Chief nurse ann",
            "organisation": "Example Trust of ann",
            "state": "accepted",
            "updates": True,
            "registered_at": now,
        }
    ]


async def test_questions_have_the_fields_of_the_contract(event: Event, now: datetime) -> None:
    panel = await make_session(event, slug="ai-safety")
    safety, bias = await make_theme("Clinical safety"), await make_theme("Bias")
    ann = await make_person("ann", now=now)
    question = await make_question(
        panel, safety, text="Who signs?", original_text="who signs", state="approved", person=ann.id, name="Ann"
    )
    await QuestionTheme(question=question.id, theme=bias.id, source=ThemeSource.RULE, words="fair").save()
    await Voice(question=question.id, dedupe_key="one", added_at=now).save()
    merged = await make_question(panel, text="Who signs it off?", state="merged", merged_into=question.id)

    first, second = await exported("questions", event)
    assert first == {
        "id": question.id,
        "event": "hpn-midlands",
        "session": "ai-safety",
        "text": "Who signs?",
        "original_text": "who signs",
        "state": "approved",
        "themes": ["clinical-safety"],
        "suggested_themes": ["bias"],
        "held_reasons": [],
        "merged_into": None,
        "askers": 3,
        "name": "Ann",
        "email": "ann@trust.example",
        "submitted_at": question.submitted_at,
    }
    assert (second["id"], second["state"], second["merged_into"]) == (merged.id, "merged", question.id)


async def held_question(event: Event) -> Question:
    text = f"Why was {NUMBER} sent home?"
    start = text.index(NUMBER)
    return await make_question(
        await make_session(event),
        text=text,
        original_text=f"{text}!",
        state=QuestionState.HELD,
        held_reasons="nhs_number,incident",
        held_spans=f'[[{start}, {start + len(NUMBER)}, "nhs_number"]]',
        name="Ann",
    )


async def test_no_word_of_a_held_question_goes_along(event: Event) -> None:
    await held_question(event)
    (row,) = await exported("questions", event)
    assert set(row["text"]) == {"█"}
    assert (row["original_text"], row["name"]) == (None, "")
    assert row["held_reasons"] == ["nhs_number", "incident"]


async def test_they_go_along_for_those_who_ask_for_them(event: Event) -> None:
    await held_question(event)
    (row,) = await exported("questions", event, with_held=True)
    assert NUMBER in row["text"]
    assert NUMBER in row["original_text"]


async def test_a_programme_says_who_is_on_stage(event: Event) -> None:
    panel = await make_session(event, slug="ai-safety", capacity=40)
    for part, name in ((Part.CHAIR, "Ada Chair"), (Part.PANELLIST, "Ben Panel")):
        await make_speaker(panel, part, name=name, job_title="Chief nurse", organisation="Example Trust")
    (row,) = await exported("programme", event)
    assert (row["session"], row["capacity"], row["takes_questions"]) == ("ai-safety", 40, True)
    assert row["chairs"] == ["Ada Chair, Chief nurse, Example Trust"]
    assert row["panellists"] == ["Ben Panel, Chief nurse, Example Trust"]
    assert row["speakers"] == []


@pytest.mark.parametrize("subject", ["interests", "questions", "programme"])
async def test_an_event_without_rows_gives_none(event: Event, subject: str) -> None:
    assert await exported(subject, event) == []
    assert await row_count(subject, event) == 0


async def test_long_lists_come_in_pages_of_a_fixed_number_of_queries(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = await make_session(event)
    for _ in range(7):
        await make_question(panel)
    monkeypatch.setattr(rows, "PAGE_LENGTH", 3)
    with recorded_statements() as statements:
        pages = [len(page) async for page in rows_of("questions", event)]
    assert pages == [3, 3, 1]
    assert len(statements) == 3 * len(pages) + 1
    assert await row_count("questions", event) == 7
