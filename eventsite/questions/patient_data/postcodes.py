"""Full postcodes of the United Kingdom."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

_AREAS = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E "
    "EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS "
    "LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
)
_AREA = "|".join(sorted(_AREAS.split(), key=len, reverse=True))
_POSTCODE = re.compile(
    rf"(?<![A-Z0-9])(?P<out>(?:{_AREA})(?:\d[A-HJKMNPR-Y]|\d\d?)|GIR)(?P<gap>[\s.\-]{{0,2}})"
    r"(?P<in>\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])",
    re.I,
)
_UNITS = {"st", "nd", "rd", "th", "hr", "yr", "ug", "gb", "tb", "lb", "ft", "pt", "px", "wt", "ph", "up", "by"}
_MEMORY = {"GB", "TB"}
_CALLED = re.compile(r"\b(?:post\s?code|address|lives?|living|road|street|lane|avenue|close)\b[^.?!]{0,40}$", re.I)


def postcodes(plain: str) -> Iterator[Span]:
    """An area that exists, a district and a unit; ordinals and units of measure are none."""
    for found in _POSTCODE.finditer(plain):
        letters = found["in"][1:]
        out = found["out"]
        measures = letters in _MEMORY or (
            letters in _UNITS and (not out.islower() or not out[:2].isalpha() or out == "co2")
        )
        if not measures or _CALLED.search(plain, max(0, found.start() - 60), found.start()):
            yield found.span()
