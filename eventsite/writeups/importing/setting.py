"""Quotations set by themselves: each stretch of speech a block quotation with its speaker, right where it stood."""

import re
from collections.abc import Iterable, Sequence

from eventsite.writeups.importing.attribution import speaker_before, speakers_of
from eventsite.writeups.importing.blocks import Block, Inline, Paragraph, Quotation, cut, joined, lines_of, text_of
from eventsite.writeups.importing.lines import LONGEST_PARAGRAPH
from eventsite.writeups.importing.marks import find_quotations
from eventsite.writeups.importing.names import FULL_NAME
from eventsite.writeups.importing.people import People
from eventsite.writeups.importing.speech import find_speech, masked

_CAPTION = re.compile(rf"\s*(?:—\s*(?P<any>\w.{{1,200}})|(?:–|-{{1,2}})\s*(?P<name>{FULL_NAME}(?:[,(].*)?))$")


class Setting:
    """Sets the quotations of a row of blocks and keeps notes of those it left alone."""

    def __init__(self, people: People) -> None:
        self.notes: list[str] = []
        self._people = people

    def set_all(self, blocks: Sequence[Block]) -> list[Block]:
        """The same words in the same order, speech set as block quotations; lists, tables and headings stay."""
        result: list[Block] = []
        context = ""
        for block in with_captions(blocks):
            if isinstance(block, Paragraph):
                result += self._set_paragraph(block.content, context)
                context = masked(text_of(block.content)[-LONGEST_PARAGRAPH:])
            elif isinstance(block, Quotation):
                result.append(self._with_speaker(block, context))
            else:
                result.append(block)
                context = ""
        return result

    def _set_paragraph(self, content: Inline, context: str) -> list[Block]:
        text = text_of(content)
        if len(text) > LONGEST_PARAGRAPH:
            self.notes.append(f"A very long paragraph was not searched for quotations: {_beginning(text)}")
            return [Paragraph(content)]
        spoken = find_speech(text)
        for span in spoken.doubtful:
            self._note(text[span.start : span.end], "it is part of a sentence")
        result: list[Block] = []
        position = 0
        for speech, speaker in zip(spoken.speeches, speakers_of(spoken.speeches, self._people, context), strict=True):
            if not speaker.name:
                self._note(text[speech.start : speech.end], "it is not certain who says it")
                continue
            if speaker.by_pronoun:
                beginning = _beginning(text[speech.start : speech.end])
                self.notes.append(f"Check that {speaker.name} says this, since the text has “he” or “she”: {beginning}")
            result += _paragraph(content, position, speech.start)
            result += [Quotation((Paragraph(cut(content, speech.start, speech.end)),), speaker.name)]
            position = speech.after
        return [*result, *_paragraph(content, position, len(text))]

    def _with_speaker(self, quotation: Quotation, context: str) -> Quotation:
        """A quotation that stood by itself in the file: its own caption, or the speaker the text before leads up to."""
        if quotation.speaker:
            return quotation
        speaker = speaker_before(self._people, context)
        if not speaker:
            first = next((text_of(block.content) for block in quotation.blocks if isinstance(block, Paragraph)), "")
            self.notes.append(f"A quotation that stands by itself has no speaker: {_beginning(first)}")
        return Quotation(quotation.blocks, speaker)

    def _note(self, quotation: str, reason: str) -> None:
        self.notes.append(f"A quotation was left in its paragraph because {reason}: {_beginning(quotation)}")


def with_captions(blocks: Iterable[Block]) -> list[Block]:
    """The same blocks, each quotation joined with the line that names its speaker after a dash."""
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Quotation) and not block.speaker and isinstance(block.blocks[-1], Paragraph):
            said, speaker = _split_caption(block.blocks[-1].content)
            rest = (*block.blocks[:-1], *_paragraph(said, 0, len(text_of(said))))
            result.append(Quotation(rest, speaker) if rest and speaker else block)
        elif isinstance(block, Paragraph):
            result[-1:] = _joined(result[-1:], block)
        else:
            result.append(block)
    return result


def _joined(before: list[Block], paragraph: Paragraph) -> list[Block]:
    """The paragraph with the block before it, made one if it is the caption of a quotation, or has one of its own."""
    said, speaker = _split_caption(paragraph.content)
    if speaker and said and _is_quotation(said):
        return [*before, Quotation((Paragraph(said),), speaker)]
    if speaker and not said and before:
        last = before[0]
        if isinstance(last, Quotation) and not last.speaker:
            return [Quotation(last.blocks, speaker)]
        if isinstance(last, Paragraph) and _is_quotation(last.content):
            return [Quotation((last,), speaker)]
    return [*before, paragraph]


def _split_caption(content: Inline) -> tuple[Inline, str]:
    """The text without its last line, and the speaker that line names; the text as it is if the line names nobody."""
    *above, last = lines_of(content) or [()]
    match = _CAPTION.match(text_of(last))
    return (joined(above), match["any"] or match["name"]) if match else (content, "")


def _is_quotation(content: Inline) -> bool:
    """Whether a paragraph is one quotation from its first character to its last."""
    text = text_of(content).strip()
    spans = find_quotations(text)
    return len(spans) == 1 and spans[0].start == 0 and spans[0].end == len(text)


def _paragraph(content: Inline, start: int, end: int) -> list[Block]:
    piece = cut(content, start, end)
    return [Paragraph(piece)] if piece else []


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:10]) + (" …" if len(words) > 10 else "")
