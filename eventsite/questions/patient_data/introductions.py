"""Who stands before a name and says whose it is: a patient, somebody's mother, a lady called."""

import re

from eventsite.questions.patient_data.wording import words

PATIENTS = (
    r"(?:(?:in|out)-?patients?|patients?|clients?|residents?|service[\s-]users?|pt|regulars?|veterans?|donors?|"
    r"recipients?)"
)
_CALLED = r"(?:,?\s(?:is\s|was\s|we\s(?:will\s)?|I'll\s|we'll\s)?(?:call(?:ed)?|named|known\sas|by\sthe\sname\sof))"
_KIN = (
    r"(?:(?:(?:step|god|foster|half|great|grand|great-?grand)[\s-]?)?(?:mother|mum|mom|mam|mama|mummy|father|dad|"
    r"daddy|papa|"
    r"sister|brother|son|daughter|child|uncle|aunt|auntie|aunty|nephew|niece|parents?)(?:-in-law)?|wife|husband|ex|"
    r"spouse|"
    r"widow|widower|missus|hubby|other\shalf|cousin|nana?|nanna|nanny|gran|granny|gran?ddad|grandad|grandpa|gramps|"
    r"grandma|"
    r"wee\sman|little\sman|nain|taid|nonna|oma|opa|baby|twins?|toddler|lad|lass|boy|girl|bairn|teenager|eldest|youngest|little\sone|"
    r"neighbour|"
    r"friend|mate|flatmate|housemate|lodger|fianc.e?|girlfriend|boyfriend|tenant|carer)"
)
_AT_WORK = r"(?:colleague|boss|employee|student|trainee|pupil|manager|partner)"
_ANYBODY = (
    r"(?:somebody|someone|man|woman|lady|gentleman|gent|chap|bloke|guy|fella|lad|lass|boy|girl|baby|child|kid|person|"
    r"youngster|teenager|pensioner|mum|dad|gran|widow|widower|chap)"
)
_MY = r"(?:my|our|his|her|their|your|whose)"
_FEW = r"(?:[\w'-]+,?\s){0,3}?"
_SO = r"(?:,|:|\s-|\sis|'s|\swas)?"

PATIENT_BEFORE = re.compile(
    rf"\b(?:(?:my|our|a|an|the|one|this|another|his|her|their)\s(?:of\s(?:my|our|the)\s)?(?:[\w-]+\s){{0,2}}?{PATIENTS}"
    rf"{_CALLED}?|{PATIENTS}{_CALLED}|patient|pt)(?:'s\sname\sis)?(?:,|:|\s-)?\s$",
    re.I,
)
RELATIVE_BEFORE = re.compile(
    rf"\b(?:{_MY}\s{_FEW}{_KIN}(?:'s\s(?:name|details))?{_CALLED}?{_SO}|(?:my|his|"
    rf"her)\s(?:[\w'-]+\s)?partner{_CALLED}?,?|"
    rf"(?:{_KIN}|{_ANYBODY})'s\s(?:details|name){_SO}|{_ANYBODY}{_CALLED}|(?:one|a|this|an|old|"
    rf"elderly)\s(?:\w+\s)?(?:lady|man|woman|gentleman),|"
    rf"(?:he|she)(?:'s|\sis|\swas){_CALLED}?|(?:his|her|their)\sname(?:'s|\sis|\swas)|"
    rf"(?:wife|husband|widow|widower|mother|mum|father|dad|son|daughter|sister|brother|parents?|partner|"
    rf"carer)\s(?:of|to|for)|"
    r"(?:car(?:e|es|ed|ing)\s(?:for|of)|look(?:s|ed|ing)?\safter|nurs(?:e|ed|ing)|visit(?:s|ed|ing)?|bur(?:y|ied|"
    r"ying)))\s$",
    re.I,
)
WORKMATE_BEFORE = re.compile(rf"\b{_MY}\s(?:[\w'-]+\s){{0,2}}?{_AT_WORK}{_CALLED}?{_SO}\s$", re.I)
FONDLY_BEFORE = re.compile(
    r"\b(?:young|little|wee|poor|old|elderly|baby|the\slate|our(?:\sown)?|gran?ddad|grandad|grandpa|grandma|granny|"
    r"gran|nana?|nanna|"
    r"auntie|aunty|aunt|uncle|cousin|mum|dad|mam|for|tell|told|ask|asked|with|poor\sold|dear\sold)\s$",
    re.I,
)
BY_KINSHIP = words(
    """
    grandad granddad grandpa grandma granny gran nan nana nanna auntie aunty aunt uncle cousin mum dad mam young
    little wee poor old elderly baby late
    """
)
OWN_NAME_BEFORE = re.compile(
    r"\b(?:my\sname(?:'s|\sis)|i\sam|i'?m|this\sis|name's|name(?:\sis)?:?|signed,?|it's|myself,)\s(?:called\s)?$", re.I
)
