"""Harm and wrongdoing told without the word *patient*: what went wrong, who died of it, what was seen and hidden."""

import re

_ANYBODY = r"(?:he|she|they|someone|somebody|(?:one|two|three|four|five|six)\s(?:people|of\sthem))"
_DRUG = (
    r"(?:doses?|drugs?|medic(?:ines?|ation)|blood|insulin|tablets?|injections?|treatment|operation|morphine|heparin|warfarin|"
    r"potassium|chemo\w*|antibiotics?|fluids?|vaccines?)"
)
_GIVEN_WRONGLY = (
    rf"{_ANYBODY}\s(?:was|were|got|has\sbeen|had\sbeen)\s(?:\w+ly\s)?given\s(?:(?:the\swrong|(?:ten\stimes|double)\sthe|too\smuch|"
    rf"someone\selse's)\s{_DRUG}\b|an\soverdose\b|(?:the\s)?{_DRUG}\s(?:twice|by\smistake|in\serror)\b)"
)
_TWICE = rf"{_DRUG}\swas\sgiven\s(?:twice|in\serror|to\sthe\swrong)"
_UNNOTICED = (
    r"(?:[\w'-]{1,30}\s){1,3}(?:wrote|gave|prescribed|recorded|entered|sent)\s(?:the\swrong|ten\stimes|double)\s\w+\sand\s(?:nobody|no\s?one)"
    r"\s(?:noticed|saw|checked|spotted)|the\swrong\s(?:dose|drug|medicine|blood)\swas\s(?:given|administered|prescribed)\b"
)
_WENT_WRONG = r"(?:did\snot|didn't|failed|missed|ran|sent|ignored|dropped|was|left|wrote|gave)"
_THEN = r"\b(?:and|until|so|before)\s(?:then\s|later\s)?"
_NEARLY_DIED = r"(?:nearly\s|almost\s)?(?:died|collapsed|arrested|overdosed)\b"
_AND_DIED = (
    rf"(?:the|our|an?|my|he|she)\b[^.?!,;\n]{{2,70}}?\b{_WENT_WRONG}\b[^.?!;\n]{{1,70}}?{_THEN}(?:he|she|somebody|someone)\s{_NEARLY_DIED}|"
    rf"(?:he|she)\s{_WENT_WRONG}\b[^.?!;\n]{{1,70}}?{_THEN}{_NEARLY_DIED}"
)
_NUMBER_DIED = (
    r"(?:two|three|four|five|six|seven|eight|several|another)"
    r"\s(?:have\s)?died\s(?:here|on\s(?:our|my|the)\sward|under|in\sour\scare)"
)
_LOST = (
    r"(?:we|i)\s(?:have\s)?(?:just\s)?lost\s(?:an?|another|two|three)\spatients?\s(?:last\snight|today|yesterday|on\s\w+day|because|"
    r"this\s(?:week|morning))|(?:we|i)\s(?:very\s)?(?:nearly|almost)\skilled\s(?:somebody|someone|a|him|her)\b"
)
_HIDING = (
    r"(?:we|i)(?:\sare|\sam|'re|'m|\shave\sbeen|\skeep)\s(?:(?:covering\s(?:it\s)?up|concealing|falsifying|"
    r"faking)\s(?:a|an|the|it|our|this|that|data|errors)\b|hiding\s(?:[\w-]+\s){0,3}?(?:errors?|breach(?:es)?|incidents?|harm|deaths?|"
    r"failures?|mistakes?|truth)\b)"
)
_SEEN = (
    r"(?:i|we)(?:'ve|\shave)?\s(?:saw|seen|watched|caught|witnessed|heard)\s(?!(?:the|our|an?)\s(?:scribe|tool|ai|app|bot|model|system)\b)(?:(?:the|my|our|a|an|two|his|her)\s)?(?!(?:scribe|tool|ai|app|bot|model|system)\b)"
    r"[\w-]{1,30}\s(?:[\w-]{1,30}\s)?"
    r"(?:falsify|forge|fake|alter|delet|edit|chang|backdat|hid|wip|hit|slap|abus|shred)(?:e|ing)?\s"
    r"(?:(?:the|a|an|our|his|her)\s)?(?:\w+\s)?(?:logs?|notes|records?|incidents?|datix|evidence|results?|patients?|residents?|entries|audit|"
    r"dates|reports?)\b"
)
_SILENCED = (
    r"(?:i|she|he|we|my\s\w+)\slost\s(?:my|her|his|our|their)\sjobs?\s(?:after|because|for|when)\s(?:\w+\s)?(?:report|rais|sp[eo]a?k|complain|"
    r"warn)\w*|\b(?:made|forced)\s(?:me|us|her|him)\s(?:to\s)?sign\s(?:a\s)?(?:gagging|nda|non-disclosure)|"
    r"(?:i|we)\s(?:was|were|have\sbeen)\s(?:told|asked|ordered)\sto\s(?:say\snothing|keep\sit\sto\s\w+|leave\sit\sout)"
)
_THINGS_DONE = (
    r"(?:(?:patient|the|our|these)\s)?(?:records|logs|notes|datix\w*|incident\sreports|evidence|entries)\s(?:are\sbeing|have\sbeen|were|keep\s"
    r"being)\s(?:(?:sold|falsified|forged|shredded|tampered\swith|backdated|suppressed)|(?:altered|deleted|wiped|changed|destroyed)"
    r"\s(?:to\shide|before\sthe|after\s(?:the|a|his|her)\s(?:death|incident|event|harm)|so\sthat))"
)
_KNOWN = (
    r"(?:board|trust|supplier|vendor|management|they|managers?)\sknows?\s(?:that\s)?(?:[\w-]+\s){1,4}(?:harms?|kills?|hurts?|is\sunsafe)\b"
    r"[^.?!\n]{0,40}\b(?:does|do|did|says?)\s(?:nothing|not)"
)
_A_DEATH = (
    r"(?:there\s(?:was|has\sbeen)|we\shad)\s(?:a|another)\sdeath\son\s(?:our|my)\b|(?:nobody|no\s?one)\shas\sreported\s(?:the|a|this|that)"
    r"\s(?:death|harm|overdose|error|incident)\b"
)

TOLD = [
    re.compile(rf"\b(?:{pattern})", re.I)
    for pattern in (
        _GIVEN_WRONGLY,
        _TWICE,
        _UNNOTICED,
        _NUMBER_DIED,
        _LOST,
        _HIDING,
        _SEEN,
        _SILENCED,
        _THINGS_DONE,
        _KNOWN,
        _A_DEATH,
    )
]
AND_DIED = re.compile(rf"^\W{{0,3}}(?:{_AND_DIED})", re.I)
