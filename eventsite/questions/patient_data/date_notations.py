"""The ways in which people write a day, a month and a year."""

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
SPOKEN_DAY = (
    r"(?:(?:twenty|thirty)[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
SPOKEN_YEAR = r"(?:nineteen|twenty|two\sthousand)(?:[\s-](?:and|hundred|o|oh)){0,2}(?:[\s-][a-z]{3,9}){0,2}"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
YEAR = r"(?:(?:18|19|20)\d\d|'?\d\d)(?!\d)"
GAP = r"[\s.,/\-]{0,3}"
DAY_WRITTEN = rf"(?:the\s)?(?:{DAY}(?:\s?(?:st|nd|rd|th)\b)?|{SPOKEN_DAY})(?:\sday)?(?:\sof)?"
WRITTEN = (
    rf"(?:{DAY_WRITTEN}{GAP}{MONTH}{GAP}(?:in\s)?(?:{YEAR}|{SPOKEN_YEAR})|"
    rf"{MONTH}{GAP}{DAY_WRITTEN}{GAP}{YEAR})"
)
BY_DAY = rf"{DAY}\s?(?:/\s?{DAY}\s?/|-\s?{DAY}\s?-|\.\s?{DAY}\s?\.|\s{DAY}\s|:{DAY}:|_{DAY}_|\\{DAY}\\)\s?{YEAR}"
BY_YEAR = r"(?:18|19|20)\d\d(?:-\d\d?-|/\d\d?/|\.\d\d?\.|\s\d\d?\s|\s-\s\d\d?\s-\s)\d\d?(?!\d)"
RUN_TOGETHER = (
    r"(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|"
    r"[12]\d|3[01]))(?!\d)"
)
FULL = rf"(?<![\d/])(?:{BY_DAY}|{BY_YEAR}|{WRITTEN})"
LOOSE = rf"(?<![\d/])(?:{BY_DAY}|{BY_YEAR}|{WRITTEN}|{RUN_TOGETHER}|{MONTH}{GAP}(?:18|19|20)\d\d(?!\d))"
ONLY_A_DAY = rf"(?<!\d){DAY_WRITTEN}{GAP}{MONTH}"

_ORDINAL_MONTH = rf"(?:the\s)?(?:1st|2nd|3rd|[4-9]th|1[0-2]th|{SPOKEN_DAY})(?:\smonth)?"
_SPOKEN_SHORT_YEAR = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:one|two|three|four|five|six|seven|eight|"
    r"nine))?)(?!\w)"
)
_ANY_YEAR = rf"(?:{YEAR}|{SPOKEN_YEAR}|{_SPOKEN_SHORT_YEAR})"
_BY_ORDINALS = rf"{DAY_WRITTEN}(?<!of)\sof\s{_ORDINAL_MONTH}{GAP}(?:in\s)?{_ANY_YEAR}"
_FEAST = (
    r"(?:christmas(?:\s(?:day|eve))?|boxing\sday|new\syear'?s?'?\s(?:day|eve)|hogmanay|(?:st\.?\s|"
    r"saint\s)?valentine'?s?'?(?:\sday)?|"
    r"(?:st\.?|saint)\s(?:patrick|david|george|andrew|swithin|stephen)'?s?'?\sday|hallowe'?en|bonfire\snight|"
    r"guy\sfawkes(?:'?s?'?\s(?:night|day))?|"
    r"all\s(?:saints|souls)'?\sday|may\sday|april\sfool'?s?'?\sday|leap\sday|burns\snight|mid-?summer'?s?\sday|"
    r"twelfth\snight|armistice\sday|"
    r"v\.?[ej]\.?[\s-]?day|d-day|coronation\sday|easter\s(?:sunday|monday|day)|good\sfriday|whit\s(?:sunday|monday))"
)
_ON_A_FEAST = rf"{_FEAST}{GAP}(?:in\s|of\s)?{YEAR}"
_ROMAN = rf"{DAY}\s?[./-]\s?(?:x?i{{1,3}}|i?[vx]|vi{{1,3}})\s?[./-]\s?{YEAR}"
_SPOKEN = rf"{DAY_WRITTEN}{GAP}{MONTH}{GAP}(?:in\s)?{_ANY_YEAR}"
_MONTH_FIRST = rf"{MONTH}{GAP}(?:the\s)?{DAY}(?:st|nd|rd|th)?{GAP}{_ANY_YEAR}"

ANY_DATE = re.compile(
    rf"(?<![\w/£$€])(?<!\d[.\-])(?:{BY_DAY}|{BY_YEAR}|{_SPOKEN}|{_MONTH_FIRST}|{_BY_ORDINALS}|{_ON_A_FEAST}|"
    rf"{_ROMAN}|{RUN_TOGETHER})(?![\w/]|[.\-]\d)",
    re.I,
)
A_DAY = re.compile(rf"(?<![\w/.\-])(?:{ONLY_A_DAY}|{MONTH}\s(?:the\s)?{DAY}(?:st|nd|rd|th)?|{_FEAST})(?!\w)", re.I)
_NUMBER_WORD = (
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|first|second|third|"
    r"fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
)
PART_OF_A_DATE = re.compile(
    rf"(?<![\w/.\-])(?:{MONTH}{GAP}(?:of\s|in\s)?(?:(?:18|19|20)\d\d|'\d\d|[2-9]\d)|(?:0?[1-9]|1[0-2])[/.-](?:19|"
    rf"20)\d\d|"
    rf"(?:{_NUMBER_WORD}[\s,/-]{{1,3}}){{2,7}}{_NUMBER_WORD}|(?:18|19|20)\d\d)(?![\w/\-]|\.\d)",
    re.I,
)
