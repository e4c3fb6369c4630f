"""Which quotations of a paragraph are speech to be set by itself, and what belongs to each.

A quotation is speech where a sentence leads up to it (a full stop, a colon, "she said,") and it is itself a sentence.
A few quoted words within a sentence are none. Where the sentence goes on after the quotation ("…," said Ann. / "…,"
she said, "…"), the rest of that sentence stays with it, so that no fragment is left behind.
"""

import re
from dataclasses import dataclass

from eventsite.writeups.importing.marks import Span, find_quotations
from eventsite.writeups.importing.names import FULL_NAME
from eventsite.writeups.importing.sentences import SPEECH, sentence_end, sentences

_SHORTEST_SPEECH, _WORTH_A_NOTE, _LONGEST_TAG = 4, 8, 32
_CAPTION = re.compile(rf"\s*(?:—|–|-{{1,2}})\s*(?P<speaker>{FULL_NAME}(?:[,(].{{0,150}})?)\s*$")
_SHORT_TAG = re.compile(r"\s*(?:\S+\s+){1,3}(?:said|says|added|explained|asked|continued|concluded)\.(?:\s|$)")
_SENTENCE = re.compile(r"[.!?…][’”'\"]?$")
_LEADS_IN = re.compile(rf"(?:{SPEECH.pattern})(?:\s+(?:us|them|delegates|out))?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Speech:
    """A stretch of a paragraph to be set as a block quotation: `text[start:end]`.

    `before` is the prose since the last stretch, quotations masked; `tag` is what follows a quotation within its
    sentence; `caption` the speaker as a dash after it names him, which stands between `end` and `after`.
    """

    start: int
    end: int
    before: str
    tag: str = ""
    caption: str = ""
    after: int = 0


@dataclass(frozen=True)
class Spoken:
    """The speech of a paragraph, and the quotations in it that may be speech but are tied up with their sentence."""

    speeches: tuple[Speech, ...]
    doubtful: tuple[Span, ...]


def masked(text: str) -> str:
    """The text with the inside of its quotations made x, marks and last stop kept: same length, no names within."""
    pieces, position = [], 0
    for span in find_quotations(text):
        inside = text[span.start + 1 : span.end - 1]
        last = inside[-1:] if inside[-1:] in ".!?…," else "x"
        pieces += [text[position : span.start + 1], "x" * (len(inside) - 1), last[: len(inside)]]
        position = span.end - 1
    return "".join([*pieces, text[position:]])


def find_speech(text: str) -> Spoken:
    """The speech in one paragraph."""
    spans = find_quotations(text)
    prose = masked(text)
    speeches: list[Speech] = []
    doubtful: list[Span] = []
    for span in spans:
        done = speeches[-1].after if speeches else 0
        if span.start < done:
            continue
        speech = _speech_at(text, prose, span, done)
        if speech is None:
            doubtful += [span] if len(text[span.start : span.end].split()) >= _WORTH_A_NOTE else []
        elif speeches and not speech.before and speeches[-1].tag and not speeches[-1].caption:
            speeches[-1] = _together(speeches[-1], speech)
        else:
            speeches.append(speech)
    return Spoken(tuple(speeches), tuple(doubtful))


def _speech_at(text: str, prose: str, span: Span, done: int) -> Speech | None:
    inside = text[span.start + 1 : span.end - 1].strip()
    before, rest = prose[done : span.start].strip(), prose[span.end :]
    tag_end = _tag_end(prose, span, inside)
    if _words_spoken(text[span.start : tag_end]) < _SHORTEST_SPEECH:
        return None
    if caption := _CAPTION.match(text, span.end):
        return Speech(span.start, span.end, before, "", caption["speaker"], len(text))
    opens, leads_in = _is_open(before), _leads_in(before, inside)
    if tag_end > span.end:
        tag = prose[span.end : tag_end]
        return Speech(span.start, tag_end, before, tag, after=tag_end) if opens or leads_in else None
    if _goes_on(rest, inside) or not (leads_in or (opens and _SENTENCE.search(inside))):
        return None
    end = span.end + len(rest) - len(rest.lstrip(".,;:!?"))
    return Speech(span.start, end, before, after=end)


def _words_spoken(stretch: str) -> int:
    return sum(len(stretch[span.start : span.end].split()) for span in find_quotations(stretch))


def _is_open(before: str) -> bool:
    """Whether the prose before is finished, so that a quotation begins a sentence of its own."""
    return not before or bool(re.search(r"[.!?…]['\"’”)\]]*$", before))


def _leads_in(before: str, inside: str) -> bool:
    """Whether the prose before runs up to a quotation: a colon, or a comma in a sentence with a verb of saying."""
    if before.endswith(":"):
        return True
    if not before or _is_open(before):
        return False
    last = sentences(before)[-1]
    if last.endswith((",", "–", "—", "-")):
        return bool(SPEECH.search(last))
    return inside[:1].isupper() and bool(_LEADS_IN.search(last))


def _goes_on(rest: str, inside: str) -> bool:
    """Whether the sentence goes on after the quotation."""
    following = rest.lstrip()
    return bool(following) and (inside.endswith(",") or following[0] in ",;" or following[0].islower())


def _tag_end(prose: str, span: Span, inside: str) -> int:
    """Where the words that go with the quotation end: ", said Ann Lee of Hull."; the end of the quotation if none."""
    rest = prose[span.end :]
    if _goes_on(rest, inside):
        end = sentence_end(prose, span.end)
        own = re.sub(r"[‘“\"'][^\s]*x", "", prose[span.end : end])
        return end if SPEECH.search(own[:90]) and len(own.split()) <= _LONGEST_TAG else span.end
    short = _SHORT_TAG.match(rest) if inside.endswith(("!", "?")) else None
    return span.end + short.end() if short else span.end


def _together(first: Speech, second: Speech) -> Speech:
    """Two stretches with nothing between them that only a tag divided: one utterance."""
    tag = f"{first.tag} {second.tag}".strip()
    return Speech(first.start, second.end, first.before, tag, second.caption, second.after)
