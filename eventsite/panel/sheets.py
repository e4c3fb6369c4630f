"""Sheets of A4 that a screen reader can read too: headings and paragraphs are tagged, a page's foot is not read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from fpdf import FPDF, ViewerPreferences
from fpdf.enums import MethodReturnValue, XPos, YPos

from eventsite.panel.fonts import font_files, printable

MARGIN = 18.0
FONT = "FiraGO"
LEADING = 1.35
MM_A_POINT = 25.4 / 72
TALLEST = 100.0
"""No paragraph is taller, in millimetres: five hundred characters and eight line breaks."""
MOST_BREAKS = 8
DEEP, INK, MUTED, LINE = (15, 59, 65), (19, 40, 44), (74, 92, 96), (207, 218, 215)


@dataclass(frozen=True)
class Style:
    """How a paragraph looks, and what it is for those who hear it."""

    tag: str = "P"
    size: float = 10.5
    weight: str = ""
    colour: tuple[int, int, int] = INK
    after: float = 1.0


TITLE = Style("H1", 22, "B", DEEP, 3)
HEADING = Style("H2", 14, "B", DEEP, 2)
SUBHEADING = Style("H3", 11.5, "B", DEEP, 1)
TEXT = Style()
WORDING = Style(size=12.5, after=1.2)
SMALL = Style(size=9.5, colour=MUTED, after=0.6)
LABEL = Style(size=10.5, weight="B")


class Sheets(FPDF):
    """A document on A4 with a title, numbered pages and nothing in it that changes from one making to the next."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        for style, path in font_files().items():
            self.add_font(FONT, style, path)
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN + 6)
        self.set_title(title)
        self.set_lang("en-GB")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.foot = printable(title)
        self.add_page()

    def footer(self) -> None:
        """The title and the number of the page, which nobody needs to have read out on each."""
        self._out("/Artifact BMC")
        self.set_y(-MARGIN)
        self.set_font(FONT, "", 8.5)
        self.set_text_color(*MUTED)
        self.cell(self.epw - 30, 5, _shortened(self.foot))
        self.cell(30, 5, f"Page {self.page_no()} of {{nb}}", align="R")
        self._out("EMC")

    def paragraph(self, text: str, style: Style = TEXT, *, left: float = 0, width: float | None = None) -> None:
        """A paragraph, kept on one page; `left` and `width` in millimetres from the left margin."""
        self._dress(style)
        text, width = printable(_not_taller(text)), width or self.epw - left
        if self.will_page_break(TALLEST) and self.will_page_break(self.height_of(text, style, width)):
            self.add_page()
            self._dress(style)
        if style.tag in {"H1", "H2"}:
            self.start_section(text, level=int(style.tag[1]) - 1, strict=False)
        with self._tagged(style.tag):
            self.set_x(self.l_margin + left)
            self.multi_cell(width, _line(style), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(style.after)

    def height_of(self, text: str, style: Style, width: float) -> float:
        """How much of the page a paragraph takes, without the space after it."""
        self._dress(style)
        height = self.multi_cell(
            width, _line(style), printable(_not_taller(text)), align="L", dry_run=True, output=MethodReturnValue.HEIGHT
        )
        assert isinstance(height, float | int)
        return float(height)

    def keep_together(self, lines: Sequence[tuple[str, Style, float]], beside: float = 0) -> None:
        """Begins a new page where these paragraphs (text, style, width) and so much more do not fit on this one.

        Measuring takes as long as writing: where there is room enough for anything, it is not done.
        """
        most = beside + (TALLEST + 12 * len(lines) if lines else 0)
        if not self.will_page_break(most):
            return
        height = beside + sum(self.height_of(text, style, width) + style.after for text, style, width in lines)
        if self.will_page_break(height) and height < self.eph - 10:
            self.add_page()

    def rule(self) -> None:
        """A thin line across the page."""
        self._out("/Artifact BMC")
        self.set_draw_color(*LINE)
        self.set_line_width(0.3)
        self.line(self.l_margin, self.get_y(), self.w - self.r_margin, self.get_y())
        self._out("EMC")

    def _dress(self, style: Style) -> None:
        self.set_font(FONT, style.weight, style.size)
        self.set_text_color(*style.colour)

    @contextmanager
    def _tagged(self, tag: str) -> Iterator[None]:
        number = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=f"/{tag}", mcid=number)
        self._out(f"/{tag} <</MCID {number}>> BDC")
        yield
        self._out("EMC")


def _line(style: Style) -> float:
    return style.size * MM_A_POINT * LEADING


def _not_taller(text: str) -> str:
    """A text of more lines than fit a page well goes on without line breaks."""
    return " ".join(text.split()) if text.count("\n") > MOST_BREAKS else text


def _shortened(title: str, most: int = 90) -> str:
    return title if len(title) <= most else title[: most - 1].rstrip() + "…"
