"""The briefing pack as a PDF."""

from eventsite.panel.briefing import BriefedQuestion, Briefing, post_in_words
from eventsite.panel.fonts import is_printable
from eventsite.panel.rules import people
from eventsite.panel.sheets import HEADING, LABEL, SMALL, SUBHEADING, TEXT, TITLE, WORDING, Sheets, Style

CLOCK = 24.0
LABELS = 26.0
COUNTS = 34.0
LOST = "Letters that this file cannot print are shown as boxes. The page on the desk and the Word file have them."


def briefing_pdf(briefing: Briefing, site_url: str) -> bytes:
    """The pack, the same bytes for the same panel."""
    sheets = Sheets(f"Briefing: {briefing.title}")
    panel = briefing.board.panel
    sheets.set_subject(f"Questions to the panel at {panel.event.name}")
    sheets.set_author(panel.event.name)
    sheets.set_creator("eventsite")
    sheets.set_creation_date(panel.session.updated_at)
    _head(sheets, briefing)
    _listed(sheets, briefing, site_url)
    _others(sheets, briefing)
    if not all(is_printable(question.text) for question in briefing.board.questions):
        sheets.paragraph(LOST, SMALL)
    return bytes(sheets.output())


def _head(sheets: Sheets, briefing: Briefing) -> None:
    sheets.paragraph("Briefing for the chair", SMALL)
    sheets.paragraph(briefing.title, TITLE)
    for label, words in briefing.facts:
        _beside(sheets, (label, LABEL, LABELS), words, TEXT)
    for label, group in (("Chair", briefing.chairs), ("Panel", briefing.panellists)):
        for number, person in enumerate(group):
            post = post_in_words(person)
            said = f"{person.name}, {post}" if post else person.name
            _beside(sheets, ("" if number else label, LABEL, LABELS), said, TEXT)
    sheets.ln(5)


def _listed(sheets: Sheets, briefing: Briefing, site_url: str) -> None:
    sheets.paragraph("Questions on the list", HEADING)
    if not briefing.questions:
        sheets.paragraph("No question is on the list yet.")
    for question in briefing.questions:
        _question(sheets, question, site_url)
    if briefing.questions:
        sheets.rule()
    sheets.ln(6)


def _question(sheets: Sheets, question: BriefedQuestion, site_url: str) -> None:
    width = sheets.epw - CLOCK
    lines = _lines(question, site_url)
    sheets.keep_together([(text, style, width) for text, style in lines], beside=8)
    sheets.rule()
    sheets.ln(2.5)
    top, page = sheets.get_y(), sheets.page
    sheets.paragraph(f"{question.number}. {question.starts}", LABEL, width=CLOCK - 2)
    sheets.paragraph(question.length, SMALL, width=CLOCK - 2)
    if sheets.page == page:
        sheets.set_y(top)
    for text, style in lines:
        sheets.paragraph(text, style, left=CLOCK)
    sheets.ln(2)


def _lines(question: BriefedQuestion, site_url: str) -> list[tuple[str, Style]]:
    about = " · ".join([question.asked_by.capitalize(), *question.themes])
    lines = [(question.text, WORDING), (about, SMALL)]
    if question.roles:
        lines.append((f"Roles of those who ask: {question.roles}", SMALL))
    lines += [(f"Added by an asker: {words}", SMALL) for words in question.added]
    for passage in question.passages:
        lines.append((f"Said before, in “{passage.title}”: {passage.text}", SMALL))
        lines.append((f"{site_url}{passage.url}", SMALL))
    return lines


def _others(sheets: Sheets, briefing: Briefing) -> None:
    if not briefing.others:
        return
    sheets.keep_together([], beside=35)
    sheets.paragraph("Published questions that are not on the list", HEADING)
    for group in briefing.others:
        number = len(group.questions)
        sheets.keep_together([], beside=20)
        sheets.paragraph(f"{group.theme} ({number})", SUBHEADING)
        for question in group.questions:
            _beside(sheets, (people(question.askers).capitalize(), SMALL, COUNTS), question.text, TEXT)
            for words in question.added:
                _beside(sheets, ("", SMALL, COUNTS), f"Added by an asker: {words}", SMALL)
        sheets.ln(2)


def _beside(sheets: Sheets, label: tuple[str, Style, float], text: str, style: Style) -> None:
    """A short label on the left, and what belongs to it on its right."""
    said, dress, width = label
    sheets.keep_together([(text, style, sheets.epw - width)])
    top = sheets.get_y()
    if said:
        sheets.paragraph(said, dress, width=width - 2)
        below = sheets.get_y()
        sheets.set_y(top)
    else:
        below = top
    sheets.paragraph(text, style, left=width)
    sheets.set_y(max(below, sheets.get_y()))
