"""Sentences of running English text."""

import re
from collections.abc import Iterator

_ABBREVIATIONS = ("Dr", "Mr", "Mrs", "Ms", "Prof", "St", "Rev", "e.g", "i.e", "etc", "vs", "No")
_BOUNDARY = re.compile(r"[.!?…]+['\"’”)\]]*(?:\s+(?=[^\sa-z])|\s*$)")
_SHORTENED = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _ABBREVIATIONS))}|[A-Z]))\.$")

SPEECH = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?|elling)|add(?:ed|s|ing)|explain(?:ed|s|ing)|continu(?:ed|es|ing)"
    r"|shar(?:ed|es|ing)|not(?:ed|es|ing)|comment(?:ed|s|ing)|remark(?:ed|s|ing)|argu(?:ed|es|ing)|warn(?:ed|s|ing)"
    r"|admit(?:ted|s|ting)|ask(?:ed|s|ing)|repl(?:ied|ies|ying)|answer(?:ed|s|ing)|agree(?:d|s|ing)"
    r"|conclud(?:ed|es|ing)|stress(?:ed|es|ing)|emphasi[sz](?:ed|es|ing)|suggest(?:ed|s|ing)|insist(?:ed|s|ing)"
    r"|observ(?:ed|es|ing)|point(?:ed|s|ing) out|recall(?:ed|s|ing)|reflect(?:ed|s|ing)|describ(?:ed|es|ing)"
    r"|jok(?:ed|es|ing)|acknowledg(?:ed|es|ing)|urg(?:ed|es|ing)|stat(?:ed|es|ing)|highlight(?:ed|s|ing)|put it"
    r"|according to|open(?:ed|s|ing)|beg(?:an|ins?|inning)|summ(?:ed|ing) up|sums up|claim(?:ed|s|ing)"
    r"|confirm(?:ed|s|ing)|believ(?:ed|es|ing)|th(?:ought|inks?)|felt|feels|caution(?:ed|s|ing)|laugh(?:ed|s|ing)"
    r"|counter(?:ed|s|ing)|respond(?:ed|s|ing)|quip(?:ped|s|ping)|mus(?:ed|es|ing)|announc(?:ed|es|ing)"
    r"|report(?:ed|s|ing)|declar(?:ed|es|ing)|challeng(?:ed|es|ing)|remind(?:ed|s|ing)|offer(?:ed|s|ing)"
    r"|went on|goes on|going on|clos(?:ed|es|ing)|finish(?:ed|es|ing)|end(?:ed|s|ing)|wonder(?:ed|s|ing)"
    r"|express(?:ed|es|ing)|praised?|praising|recommend(?:ed|s|ing)|advis(?:ed|es|ing)|question(?:ed|s|ing)"
    r"|clarif(?:ied|ies|ying)|maintain(?:ed|s|ing)|echo(?:ed|es|ing)|wr(?:ote|ites|iting))\b",
    re.IGNORECASE,
)


def boundaries(text: str) -> Iterator[int]:
    """Where each sentence ends, the white space after it included; the end of the text is always the last."""
    for match in _BOUNDARY.finditer(text):
        if match.end() < len(text) and not _SHORTENED.search(text[max(match.start() - 6, 0) : match.start() + 1]):
            yield match.end()
    yield len(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space at their ends left away; none is empty."""
    ends = list(boundaries(text))
    pieces = (text[start:end].strip() for start, end in zip([0, *ends], ends, strict=False))
    return [piece for piece in pieces if piece]


def sentence_end(text: str, position: int) -> int:
    """Where the sentence that goes on at that position ends."""
    return position + next(boundaries(text[position:]))
