"""More of what people call a number that a hospital gave them, and numbers that look like nothing else."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_ID = (
    r"(?:[A-Z]{1,3}[\s\-/]?\d(?:[\-/]?\d){3,9}[A-Z]?|\d{2,4}[\-/]\d{2,7}(?:[\-/]\d{1,4})?|\d{5,10}[A-Z]?|"
    r"\d{2,4}(?:\s\d{2,4}){1,3}|[A-Z]/\d{1,4}/\d{2,6})(?!\w|[,.:/\-]\d|\s?(?:people|patients?|staff|beds|pages|"
    r"records|pounds|%))"
)
_THINGS = (
    r"(?:x-?ray|film|scan|clinic|maternity|dental|registration|encounter|visit|attendance|admission|study|trial|"
    r"participant|donor|wristband|id\sband|name\sband|armband|barcode|sticker|folder|file|booking|trust|hospice|ward|"
    r"dialysis|pathology|request|sample|specimen|radiology|local|old\shospital|new\shospital|chart|notes|record|"
    r"patient|"
    r"referral|theatre|a&e|ed|gp\srecord|practice|epr|h\s?&\s?c|chi|case)"
)
_NO = r"(?:(?:numbers?|no|num|nr|id|ids|ref|reference|code)\b\.?|#)"
_SAYS = r"(?:[\s:=#(,]|\b(?:is|was|said|says|reads?|read|of|on\s(?:her|his|my|the)\s\w+,?|being|as|old|new)\b){1,6}"
_NUMBERED = re.compile(rf"\b{_THINGS}[\s\-]{_NO}{_SAYS}(?P<number>{_ID})", re.I)
_ON_A_BAND = re.compile(
    rf"\b(?:wristband|id\sband|name\sband|armband|barcode|encounter|folder|chi|attendance|case\sfile){_SAYS}"
    rf"(?P<number>{_ID})",
    re.I,
)
_CASE = re.compile(r"\b[Cc]ase\s(?P<number>[A-Z]{1,3}-?\d{4,9}[A-Z]?|\d{2}-\d{4,6}|[A-Z]-\d{4,9})(?!\w|[.\-/]\d)")
_AT_THE = re.compile(
    rf"\b(?:my|his|her|their)\s(?:old\s|new\s)?(?:number|no\.?|id)\s(?:at|with|in|"
    rf"from)\s(?:the\s)?[\w'\s]{{2,30}}?\s(?:is|was)\s(?P<number>{_ID})",
    re.I,
)
_BARE = re.compile(r"(?<![\w\-/])(?:[A-Z]\d{7}[A-Z]|MR-?\d{6,8}|MRN-?\d{5,9}|H[N]\d{6,8})(?![\w\-])")
_AGAIN = re.compile(
    r"\s?(?:,|and|or|not|&|/|;|but)\s(?:the\s)?(?:\w+\s){0,3}?(?P<number>[A-Z]{1,3}-?\d{5,9}[A-Z]?|\d{6,9})(?!\w|[,.:/\-]\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:20)?\d\d)?$")


def labelled_numbers(plain: str) -> Iterator[Span]:
    """Numbers by such a label, those beside them, and those of a shape that nothing else has."""
    for pattern in (_NUMBERED, _ON_A_BAND, _CASE, _AT_THE):
        for found in pattern.finditer(plain):
            if not _YEAR.match(found["number"]):
                yield found.span("number")
                if again := _AGAIN.match(plain, found.end()):
                    yield again.span("number")
    for found in _BARE.finditer(plain):
        yield found.span()
