"""The briefing pack: the same on the page, in the PDF and in the Word file, read back by programs that are not ours."""

import io
from dataclasses import dataclass
from typing import Any

import docx
import httpx2
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from eventsite.database import execute, recorded_statements
from eventsite.events.tables import Part
from eventsite.panel.briefing import get_briefing
from eventsite.questions.tables import Question
from tests.factories import make_speaker
from tests.panel.conftest import Stage
from tests.panel.factories import add_voice, listed, published, somebody
from tests.questions.conftest import AskedPanel
from tests.questions.factories import make_question
from tests.writeups.factories import make_writeup

HELD = "This tells of Mrs Smith."
LETTERS = "Zoë Łukasz — “so”, Ελλάδα, Привет, שלום"
LOST = "中文"
QUERIES = 13


@dataclass(frozen=True)
class Pack:
    """The three forms of a pack as their readers have them."""

    page: str
    pdf: PdfReader
    word: Any

    @property
    def texts(self) -> list[str]:
        """The words of each, with one space wherever there is any."""
        pages = " ".join(page.extract_text() for page in self.pdf.pages)
        cells = [cell.text for table in self.word.tables for row in table.rows for cell in row.cells]
        word = " ".join([*(paragraph.text for paragraph in self.word.paragraphs), *cells])
        return [" ".join(text.split()) for text in (self.page, pages, word)]


async def pack_of(olive: httpx2.AsyncClient, panel: AskedPanel) -> Pack:
    path = f"/organise/panels/{panel.session.id}/briefing"
    page, pdf, word = [await olive.get(path + ending) for ending in ("", ".pdf", ".docx")]
    assert [answer.headers["cache-control"] for answer in (page, pdf, word)] == ["private, no-store"] * 3
    article = BeautifulSoup(page.text, "html.parser").article
    assert article is not None
    return Pack(article.get_text(" "), PdfReader(io.BytesIO(pdf.content)), docx.Document(io.BytesIO(word.content)))


@pytest.fixture
async def asked(panel: AskedPanel) -> Question:
    """A question that four people ask in three ways, two of them with a job."""
    ann = await somebody("Ann Archer", "Chief nurse")
    ben = await somebody("Ben Bright", "CCIO, Canal Street NHS Trust")
    given = {"person": ann.id, "name": "Ann Archer", "anonymous": False, "minutes": 7}
    question = await listed(panel.session, 1, panel.safety, panel.bias, text="Who signs the safety case?", **given)
    await make_question(panel.session, text="Who signs?", state="merged", merged_into=question.id, person=ben.id)
    await add_voice(question, ben, "ben")
    await add_voice(question, await somebody("Cleo Clark", ""), "cleo")
    await add_voice(question, None, "nobody in particular")
    return question


async def test_all_three_say_what_the_chair_needs(
    olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question
) -> None:
    await make_speaker(panel.session, Part.CHAIR, name="David Walliker", job_title="Chief digital officer")
    await make_speaker(panel.session, Part.PANELLIST, name="Jacqui Cooper", organisation="Example Trust")
    await listed(panel.session, 2, text="What next?")
    await published(panel.session, panel.bias, text="Whose words trained it?")
    await published(panel.session, text="And the cost?")

    for text in (await pack_of(olive, panel)).texts:
        for words in (
            *("How do we deploy AI safely?", "HPN Midlands", "Saturday 26 June 2027", "9:30am to 10:45am"),
            *("Hall 1, The Exchange, Birmingham", "David Walliker, Chief digital officer", "Jacqui Cooper"),
            *("from 10am, 45 minutes in all; the list takes 12 minutes, 33 minutes to spare",),
            *("Who signs the safety case?", "1. 10am", "7 minutes", "2. 10:07am", "5 minutes", "4 people"),
            *("Clinical safety", "Roles of those who ask: CCIO, chief nurse", "Bias (1)", "Whose words trained it?"),
            *("No theme (1)", "And the cost?"),
        ):
            assert words in text
        assert text.index("Whose words trained it?") < text.index("And the cost?")


async def test_what_askers_added_is_in_all_three(olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question) -> None:
    await execute("UPDATE question SET clarification = 'On paper, too?' WHERE merged_into = {}", asked.id)
    await published(panel.session, text="And the cost?", clarification="Of training above all.")

    for text in (await pack_of(olive, panel)).texts:
        assert "Added by an asker: On paper, too?" in text
        assert "Added by an asker: Of training above all." in text


async def test_none_of_them_says_who_asked(olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question) -> None:
    for text in (await pack_of(olive, panel)).texts:
        assert "Who signs the safety case?" in text
        for told in ("Ann", "Archer", "Ben", "Cleo", "Canal Street", "@"):
            assert told not in text


async def test_what_is_held_or_waits_is_in_none_of_them(olive: httpx2.AsyncClient, stage: Stage) -> None:
    for text in (await pack_of(olive, stage.panel)).texts:
        assert "Question 1?" in text
        assert "Who looks for bias?" in text
        for kept_back in ("Mrs Smith", "Nobody has read this"):
            assert kept_back not in text


async def test_what_past_write_ups_said_stands_beside_a_question(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    said = "The clinical safety officer signs the safety case of every AI tool before it is deployed."
    await make_writeup(title="A day by the canal", body=f"{said}\n\nLunch was by the water.", state="published")
    await listed(panel.session, 1, text="Who signs the safety case of an AI tool before it is deployed?")

    pack = await pack_of(olive, panel)

    for text in pack.texts:
        assert said in text
        assert "A day by the canal" in text
        assert "Lunch" not in text
    assert "https://events.example.org/writeups/" in pack.texts[1].replace(" ", "")


@pytest.mark.parametrize("number", [1, 30])
async def test_a_longer_list_costs_no_more_queries(panel: AskedPanel, asked: Question, number: int) -> None:
    await make_writeup(title="A day by the canal", body="The clinical safety officer signs.", state="published")
    for place in range(2, number + 1):
        await listed(panel.session, place, panel.safety, text=f"Who signs the safety case of tool {place}?")
    await get_briefing(panel.session.id)

    with recorded_statements() as statements:
        briefing = await get_briefing(panel.session.id)

    assert len(briefing.questions) == number
    assert len(statements) == QUERIES


async def test_letters_of_other_languages_come_out_or_are_said_to_be_lost(
    olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    await listed(panel.session, 1, text=f"{LETTERS} ﬁnd {LOST}\nA second line \U0001f600")

    page, pdf, word = (await pack_of(olive, panel)).texts

    for text in (page, word):
        assert f"{LETTERS} ﬁnd {LOST} A second line \U0001f600" in text
    for letters in LETTERS.split(", ")[:3]:
        assert letters in pdf
    assert "find ▯▯ A second line ▯" in pdf.replace("ﬁ", "fi")
    assert "Letters that this file cannot print are shown as boxes." in pdf


async def test_nothing_is_said_to_be_lost_where_nothing_is(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    await listed(panel.session, 1, text=LETTERS)

    assert "boxes" not in (await pack_of(olive, panel)).texts[1]


async def test_the_pdf_has_a_title_a_language_tags_and_numbered_pages(
    olive: httpx2.AsyncClient, panel: AskedPanel
) -> None:
    for place in range(1, 31):
        await listed(panel.session, place, text=f"Question {place}: " + "why does it take so long to answer? " * 12)

    pdf = (await pack_of(olive, panel)).pdf

    root: Any = pdf.trailer["/Root"]
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Briefing: How do we deploy AI safely?"
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    kinds = [kid.get_object()["/S"] for kid in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    assert kinds[:2] == ["/P", "/H1"]
    assert {"/H2", "/P"} <= set(kinds)
    last = len(pdf.pages)
    assert last > 3
    for number, page in enumerate(pdf.pages, 1):
        assert f"Page {number} of {last}" in page.extract_text()
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    outline: Any = pdf.outline
    assert [item["/Title"] for item in outline[1]] == ["Questions on the list"]


async def test_the_word_file_has_headings_and_tables_whose_first_row_is_repeated(
    olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question
) -> None:
    await published(panel.session, panel.bias, text="Whose words trained it?")

    word = (await pack_of(olive, panel)).word

    styles = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert ("Title", "How do we deploy AI safely?") in styles
    assert ("Heading 1", "Questions on the list") in styles
    assert ("Heading 2", "Bias (1)") in styles
    assert [cell.text for cell in word.tables[0].rows[0].cells] == ["Start", "Question", "Asked by"]
    assert "w:tblHeader" in word.tables[0].rows[0]._tr.xml
    assert word.core_properties.title == "Briefing: How do we deploy AI safely?"


async def test_the_same_panel_gives_the_same_bytes(
    olive: httpx2.AsyncClient, panel: AskedPanel, asked: Question
) -> None:
    path = f"/organise/panels/{panel.session.id}/briefing"
    for ending, kind in ((".pdf", "application/pdf"), (".docx", "application/vnd.openxml")):
        answers = [await olive.get(path + ending) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert answers[0].headers["content-type"].startswith(kind)
        name = f'attachment; filename="briefing-{panel.event.slug}-{panel.session.slug}{ending}"'
        assert answers[0].headers["content-disposition"] == name


async def test_an_empty_list_is_said_to_be_empty(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    for text in (await pack_of(olive, panel)).texts:
        assert "No question is on the list yet." in text


async def test_a_list_that_is_too_long_is_said_to_be(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    await listed(panel.session, 1, minutes=60)

    for text in (await pack_of(olive, panel)).texts:
        assert "the list takes 60 minutes, 15 minutes too long" in text


async def test_characters_that_xml_cannot_write_do_no_harm(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    question = await listed(panel.session, 1)
    await execute("UPDATE question SET text = {} WHERE id = {}", "Bell \x07 rings?", question.id)

    _, pdf, word = (await pack_of(olive, panel)).texts

    assert "Bell \ufffd rings?" in word
    assert "Bell rings?" in pdf


async def test_a_question_of_very_many_lines_stays_on_its_page(olive: httpx2.AsyncClient, panel: AskedPanel) -> None:
    for place in (1, 2, 3):
        await listed(panel.session, place, text="\n".join(["no"] * 160))

    pack = await pack_of(olive, panel)

    assert len(pack.pdf.pages) == 1
    assert pack.texts[1].count("no no no") > 100


async def test_there_is_no_pack_for_a_panel_that_is_not(olive: httpx2.AsyncClient) -> None:
    for ending in ("", ".pdf", ".docx"):
        assert (await olive.get(f"/organise/panels/0000000000000000/briefing{ending}")).status_code == 404
