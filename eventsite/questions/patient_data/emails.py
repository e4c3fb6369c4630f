"""Email addresses, also those written so that machines should not read them."""

import re
from collections.abc import Iterator

from eventsite.questions.patient_data.wording import words

Span = tuple[int, int]

_LETTERS = r"[^\W_]"
_LABEL = rf"{_LETTERS}(?:[\w-]{{0,61}}{_LETTERS})?"
_SPOKEN_DOT = r"\s?[(\[{<]\s?(?:dot|\.)\s?[)\]}>]\s?|\s(?:dot|d0t|punkt)\s|[_-]dot[_-]"
_ENDS = r"(?:uk|com|net|org|edu|gov|eu|ie|info|io|ai|co|me|health|example|scot|wales|cymru|fr|de)"
_DOMAIN = re.compile(rf"{_LABEL}(?:(?:\.|{_SPOKEN_DOT}){_LABEL}){{0,8}}", re.I)
_SPACED = re.compile(
    rf"{_LABEL}(?:\s?\.\s?{_LABEL}){{1,5}}(?<=[\s.]){_ENDS}(?![\w])|"
    rf"{_LABEL}(?:\s?\.\s?{_LABEL}){{0,4}}\s?\.\s?{_ENDS}(?!\w)"
)
_LOCAL = re.compile(rf"(?:[\w.%+'\"&!#$*=~^/-]|(?<=\w)(?:{_SPOKEN_DOT}|\s(?:underscore|dash|hyphen)\s)(?=\w))+$", re.I)
_AT = re.compile(r"\s?[(\[{<]\s?(?:at|@)\s?[)\]}>]\s?|\s(?:at|@)\s|[_-]at[_-]|\s?@\s?", re.I)
_KNOWN_END = re.compile(rf"\b{_ENDS}$", re.I)
_TOP = re.compile(rf"(?:\.|{_SPOKEN_DOT})[^\W\d_]{{2,24}}$", re.I)
_DOT_WORD = re.compile(_SPOKEN_DOT, re.I)
_NO_NAMES = words(
    "look looked looking page pages site website found find available published live us it is are was were be this "
    "that me you them here there online out hosted read see visit based back aimed what who which and or not document "
    "guidance policy listed posted link form slides details more information everything works working work"
)
_LONGEST_NAME = 80


def emails(plain: str) -> Iterator[Span]:
    """A name, an @ or what stands for it, and a domain with a dot or what stands for it."""
    for at in _AT.finditer(plain):
        name = _LOCAL.search(plain[max(0, at.start() - _LONGEST_NAME) : at.start()])
        domain = _domain(plain, at)
        if name is None or domain is None:
            continue
        local = name[0].lstrip("\"'.-/&!#$*=~^")
        if local and (at[0].strip() != "at" or _is_an_address(plain, local, at, domain)):
            yield at.start() - len(local), domain


def _domain(plain: str, at: re.Match[str]) -> int | None:
    found = _DOMAIN.match(plain, at.end())
    if found and _TOP.search(found[0]) and (at[0] != " @" or _KNOWN_END.search(found[0])):
        return found.end()
    spaced = _SPACED.match(plain, at.end()) if "@" in at[0] else None
    return spaced.end() if spaced else None


def _is_an_address(plain: str, local: str, at: re.Match[str], end: int) -> bool:
    """Whether `name at trust dot uk` is one and not `look at trust.uk`."""
    domain = plain[at.end() : end]
    if local.casefold() in _NO_NAMES or domain.casefold().startswith("www"):
        return False
    spoken = _DOT_WORD.search(domain) is not None
    asked = re.search(r"\b(?:e-?mail|mail|contact|write to|reach)\b", plain[max(0, at.start() - 60) : at.start()], re.I)
    return spoken or re.search(r"[._\d]", local) is not None or asked is not None
