"""The briefing pack as a Word file: real headings, and the questions as tables whose first row is repeated."""

import io
import re
import zipfile

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

from eventsite.panel.briefing import BriefedQuestion, Briefing, post_in_words
from eventsite.panel.rules import people

DEEP = RGBColor(15, 59, 65)
COLUMNS = (("Start", 2.4), ("Question", 11.4), ("Asked by", 3.2))
OTHERS = (("Question", 13.8), ("Asked by", 3.2))
# What XML 1.0 has no way to write.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MADE_AT = (1980, 1, 1, 0, 0, 0)


def briefing_word(briefing: Briefing, site_url: str) -> bytes:
    """The pack, the same bytes for the same panel."""
    document = Document()
    _prepare(document, briefing)
    document.add_heading(_clean(briefing.title), 0)
    _facts(document, briefing)
    _listed(document, briefing, site_url)
    _others(document, briefing)
    written = io.BytesIO()
    document.save(written)
    return _without_dates(written.getvalue())


def _prepare(document: WordFile, briefing: Briefing) -> None:
    panel = briefing.board.panel
    about = document.core_properties
    about.title = _clean(f"Briefing: {briefing.title}")
    about.author = about.last_modified_by = _clean(panel.event.name)
    about.subject, about.language, about.comments = "Questions to the panel", "en-GB", ""
    about.created = about.modified = panel.session.updated_at.replace(tzinfo=None)
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(11)
    for name in ("Title", "Heading 1", "Heading 2"):
        _plain_heading(document.styles[name])
    _number_pages(page.footer.paragraphs[0], _clean(briefing.title))


def _plain_heading(style: CharacterStyle) -> None:
    """Word's own headings come in another font and a blue of their own."""
    font = style.font
    font.name, font.color.rgb = "Arial", DEEP
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _facts(document: WordFile, briefing: Briefing) -> None:
    for label, words in briefing.facts:
        _labelled(document, label, words)
    for label, group in (("Chair", briefing.chairs), ("Panel", briefing.panellists)):
        for person in group:
            _labelled(document, label, ", ".join(filter(None, (person.name, post_in_words(person)))))


def _labelled(document: WordFile, label: str, words: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(f"{label}: ").bold = True
    paragraph.add_run(_clean(words))


def _listed(document: WordFile, briefing: Briefing, site_url: str) -> None:
    document.add_heading("Questions on the list", 1)
    if not briefing.questions:
        document.add_paragraph("No question is on the list yet.")
        return
    table = _table(document, COLUMNS)
    for question in briefing.questions:
        start, words, asked = _new_row(table).cells
        start.text = f"{question.number}. {question.starts}\n{question.length}"
        words.text = _clean(question.text)
        for line in _notes(question, site_url):
            _small(words.add_paragraph(), line)
        asked.text = question.asked_by.removeprefix("asked by ")
    _set_widths(table, COLUMNS)


def _notes(question: BriefedQuestion, site_url: str) -> list[str]:
    notes = [f"Themes: {', '.join(question.themes)}"] if question.themes else []
    if question.roles:
        notes.append(f"Roles of those who ask: {question.roles}")
    notes += [f"Added by an asker: {words}" for words in question.added]
    notes += [
        f"Said before, in “{passage.title}”: {passage.text} {site_url}{passage.url}" for passage in question.passages
    ]
    return notes


def _others(document: WordFile, briefing: Briefing) -> None:
    if not briefing.others:
        return
    document.add_heading("Published questions that are not on the list", 1)
    for group in briefing.others:
        document.add_heading(_clean(f"{group.theme} ({len(group.questions)})"), 2)
        table = _table(document, OTHERS)
        for question in group.questions:
            words, asked = _new_row(table).cells
            words.text, asked.text = _clean(question.text), people(question.askers).removeprefix("asked by ")
            for added in question.added:
                _small(words.add_paragraph(), f"Added by an asker: {added}")
            _set_widths(table, OTHERS)


def _table(document: WordFile, columns: tuple[tuple[str, float], ...]) -> Table:
    table: Table = document.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for cell, (label, _) in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(label).bold = True
    _mark(table.rows[0], "w:tblHeader")
    return table


def _set_widths(table: Table, columns: tuple[tuple[str, float], ...]) -> None:
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, columns, strict=True):
            cell.width = Cm(width)


def _small(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(9.5)


def _new_row(table: Table) -> _Row:
    """A row that stays on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # -- python-docx has not typed this one
    _mark(row, "w:cantSplit")
    return row


def _mark(row: _Row, name: str) -> None:
    """Says something of a table's row that python-docx has no word for."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _number_pages(paragraph: Paragraph, title: str) -> None:
    paragraph.add_run(f"{title} · page ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)


def _without_dates(content: bytes) -> bytes:
    """The same file with no moment of its making in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, MADE_AT), old.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()
