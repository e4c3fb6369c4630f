"""How harm and wrongdoing are told by somebody who was there: who, what was done to them, who hides it, and when."""

import re

_ONE = (
    r"(?:an?|one|my|our|the|this|that|his|her|their|another|two|three|four|five|six|\d{1,3}|several|some|both)\s"
    r"(?:(?!of\b|if\b|for\b|is\b|that\b)[\w'-]+\s){0,2}?"
)
_PERSON = (
    r"(?:patients?|in-?patients?|residents?|baby|babies|child|children|kids?|man|woman|men|women|boy|girl|lad|lady|"
    r"gentleman|mother|mum|"
    r"father|dad|brother|sister|son|daughter|wife|husband|nan|gran|grandmother|grandfather|grandad|uncle|aunt|"
    r"neighbour|friend|"
    r"people|persons?|clients?|service\susers?|colleagues?|nurses?|doctors?|porter|students?|teenagers?|pensioners?|"
    r"relatives?|"
    r"visitors?|infants?|newborn|twins?|tenants?|carers?|staff)"
)
_HOW = r"(?:(?:\w+ly|nearly|almost|then|now|still|just|again|also|probably|since)\s){0,2}"
_HARMED = (
    r"(?:harmed|injured|hurt|killed|maimed|poisoned|overdosed|burnt|burned|scalded|abused|assaulted|raped|molested|"
    r"beaten|hit|slapped|"
    r"neglected|starved|restrained|misdiagnosed|mistreated|wronged|dropped|brain[\s-]damaged|blinded|paralysed|"
    r"operated\son\sthe\swrong|wrongly\s\w+|left\s(?:to\sdie|in\s(?:pain|agony|soiled|urine)|for\s\w+\shours|without)|"
    r"given\s(?:the\s|a\s|an\s)?(?:wrong|fatal|lethal|double|ten\s?times|overdose|too\smuch|someone|somebody|another)|"
    r"denied\s(?:care|treatment|food|water|oxygen)|put\s(?:at\srisk|in\sdanger)|in\sdanger)"
)
_DIED = (
    r"(?:died|dies\s(?:here|on\sour)|dying(?!\s(?:to|for))|passed\saway|killed\s(?:him|her|them)sel(?:f|ves)|"
    r"took\s(?:his|her|their)\sown\sli(?:fe|ves)|"
    r"bled\sto\sdeath|choked|suffocated|drowned|stopped\sbreathing|coded|arrested|came\sto\s(?:\w+\s)?harm|"
    r"come\sto\s(?:\w+\s)?harm|coming\sto\s(?:\w+\s)?harm|"
    r"suffered\s(?:\w+\s)?harm|suffering\s(?:\w+\s)?harm|lost\s(?:a|his|her|their)\s(?:leg|foot|eye|baby|sight|life|"
    r"kidney)|deteriorated)"
)
_AUX = (
    r"(?:was|were|is|are|has\sbeen|have\sbeen|had\sbeen|got|gets|is\sbeing|are\sbeing|was\sbeing|keeps?\s(?:being|"
    r"getting))"
)
_DONE = (
    rf"{_ONE}{_PERSON}\s(?:(?:who|on|in|at|from|under)\s(?:[\w']+\s){{1,4}}?)?(?:{_AUX}\s{_HOW}{_HARMED}|"
    rf"(?:(?:has|have|had|is|are|was|were)\s)?{_HOW}{_DIED})"
)
_DIED_LATER = (
    rf"{_ONE}{_PERSON}\s(?:was|were)\s[^.?!\n]{{0,60}}?\band\s(?:later\s|then\s|\w+ly\s)?(?:died|"
    rf"was\s(?:harmed|injured|killed|hurt)|came\sto\sharm|collapsed|overdosed)"
)
_MANY = (
    rf"{_PERSON}\s(?:are|keep)\s{_HOW}(?:being\s{_HARMED}|coming\sto\s(?:\w+\s)?harm|dying(?!\s(?:to|for))|"
    rf"suffering\s(?:\w+\s)?harm|getting\s(?:hurt|harmed|worse|the\swrong)|at\srisk)"
)

_THEM = (
    r"(?:(?:my|our|the|a|this|that|his|her|their|your)\s(?:[\w'-]+\s){0,3}?(?:manager|boss|trust|hospital|supplier|"
    r"vendor|company|board|"
    r"consultant|director|chief\sexecutive|ceo|team|department|practice|surgery|home|lead|leads|management|"
    r"supervisor|doctor|nurse|"
    r"matron|surgeon|registrar|colleague|partner|it|executives?|senior\s\w+|managers|bosses|seniors|consultants|"
    r"colleagues|doctors|"
    r"nurses|directors|chair|provider|contractor|agency|pharmacist|midwife|gp|cso|officer|head|somebody|ward|people|"
    r"staff|leadership)|"
    r"management|they|he|she|somebody|someone|people|managers|seniors|bosses)"
)
_ACTS = r"(?:(?:has|have|had)\s(?:been\s)?|(?:is|are|was|were|keeps?|kept|started)\s|'s\s|'re\s|'ve\sbeen\s)?"
_WRONG = (
    r"(?:cover(?:ed|ing|s)?\s(?:it\s|this\s|that\s|them\s|everything\s)?up|hid(?:es|ing|den)?\s(?!behind|nothing|"
    r"in\b|from\s(?:the|us)\b.{0,3}$)|conceal(?:ed|ing|s)\s|falsif(?:ied|ying|ies)|"
    r"forg(?:ed|ing|es)\s|fak(?:ed|ing|es)\s|fabricat(?:ed|ing|es)|doctor(?:ed|ing)\s(?:the|our|records|logs)|"
    r"backdat(?:ed|ing|es)|shredd(?:ed|ing)|tamper(?:ed|ing|s)\swith|suppress(?:ed|ing|es)\s|bury(?:ing)\s|"
    r"buried\s(?:the|our|it)|"
    r"sell(?:ing|s)\s(?:\w+\s){0,2}(?:patient|records?|data)|sold\s(?:\w+\s){0,2}(?:patient|records?|data)|"
    r"steal(?:ing|s)\s|stole\s|"
    r"ly(?:ing)\s(?:to|about)|lied\s(?:to|about)|mislead(?:ing|s)\s(?:the|our|patients|regulators?)|misled\s(?:the|"
    r"our|patients)|"
    r"brib(?:ed|ing|es)|tak(?:ing|es|en)\s(?:bribes|kickbacks|backhanders|money\sfrom)|took\s(?:bribes|kickbacks|"
    r"money\sfrom)|"
    r"(?:bully|harass|threaten|victimis|intimidat|gaslight|groom|abus|assault|hurt|beat|hitt|slapp|neglect)(?:ing|s)\s|"
    r"(?:threatened|bullied|harassed|intimidated|victimised|assaulted|groped)\s(?:me|us|her|him|them|a|the|my|our)\b|"
    r"(?:snoop|spy|pry)(?:ing|s)\s(?:on|in)|silenc(?:ed|ing)\s(?:me|us|staff|nurses|anybody|anyone|whistleblowers)|"
    r"delet(?:ed|ing)\s(?:\w+\s){0,3}(?:logs?|records?|evidence|emails?|incidents?|datix|entries|files|notes|audit)|"
    r"alter(?:ed|ing)\s(?:\w+\s){0,3}(?:logs?|records?|notes|results|evidence)|"
    r"chang(?:ed|ing)\s(?:\w+\s){0,3}(?:records?|notes|results|dates|times)\s(?:after|to\s(?:hide|look|make)|so)|"
    r"ignor(?:ed|ing|es)\s(?:\w+\s){0,3}(?:warnings?|complaints?|incidents?|deaths?|harm|alerts?|concerns|reports|"
    r"safety)|"
    r"look(?:ed|ing)\sat\s(?:\w+\s){0,3}(?:records?|notes)\s(?:of|without|she|he|they)|"
    r"us(?:ed|ing|es)\s(?:\w+\s){0,4}without\s(?:their|patient|patients'|any)?\s?consent)"
)
_WRONGDOING = rf"{_THEM}\s?{_ACTS}{_HOW}{_WRONG}"

_US = (
    r"(?:we|i|staff|nurses|doctors|juniors|colleagues|trainees|everyone|everybody|midwives|my\s\w+|our\s\w+|"
    r"the\s(?:nurses|staff|team|junior\w*))"
)
_TO_HIDE = (
    r"(?:(?:not|never)\sto\s(?:\w+\s){0,2}?(?:report|tell|record|log|write|raise|speak|say|mention|document|"
    r"escalate|datix|disclose|inform|talk|complain)|(?:to\s)?(?:falsify|backdate|lie|cover\s(?:it\s|this\s|"
    r"them\s)?up|forge|fake|hide\s|"
    r"(?:delete|alter|destroy|shred|wipe|erase|amend|remove|change|edit)\s(?:[\w']+\s){0,3}?(?:logs?|records?|"
    r"evidence|incidents?|notes|"
    r"entries|reports?|results?|datix|data|messages|complaints?|it|them|timestamps?|dates?|times)\b|"
    r"keep\s(?:quiet|silent|it\squiet|this\squiet|our\smouths)|stay\s(?:quiet|silent)|shut\sup|look\saway|"
    r"turn\soff\sthe\slog|"
    r"ignore\s(?:[\w']+\s){0,2}?(?:alerts?|warnings?|alarms?|errors?|concerns|complaints|incidents?|hazards?|deaths?|"
    r"harm|safety|results?)))"
)
_ORDERED = (
    rf"{_US}(?:\s(?:have|has|had|am|are|is|was|were|got|get|keep|'ve))?(?:'m|'re|'ve)?(?:\s(?:been|being|"
    rf"getting))?\s{_HOW}"
    r"(?:told|asked|ordered|pressured|pressed|instructed|made|forced|advised|warned|encouraged|threatened|paid|"
    r"bullied|leant\son)\s"
    r"(?:by\s(?:[\w']+\s){1,4}?)?" + _TO_HIDE
)
_ORDERS = (
    rf"{_THEM}\s?{_ACTS}(?:tell(?:s|ing)?|told|ask(?:ed|s|ing)?|order(?:ed|s|ing)?|instruct(?:ed|s|ing)?|"
    rf"pressur(?:ed|es|ing)|forc(?:ed|es|ing)|"
    r"mak(?:es|ing)|made|warn(?:ed|s|ing)?)\s(?:me|us|staff|nurses|him|her|them|everyone|everybody|the\s\w+|my\s\w+|"
    r"our\s\w+)\s" + _TO_HIDE
)
_PUNISHED = (
    r"(?:i|we|my\s\w+|our\s\w+|a\scolleague|she|he|they)(?:\s|')(?:am|m|was|were|is|are|re|have|ve|has|had|got|"
    r"'ve)?\s?(?:been\s|being\s|getting\s)?"
    r"(?:bullied|threatened|harassed|victimised|suspended|sacked|fired|dismissed|disciplined|punished|silenced|"
    r"intimidated|moved|"
    r"sidelined|excluded|ostracised|gagged|demoted|blacklisted)\s(?:\w+\s){0,4}?(?:for|after|because|when|since|by)\s"
    r"(?:[\w']+\s){0,4}?(?:rais\w+|report\w*|speak\w*|spoke|whistle\w*|complain\w*|tell\w*|told|refus\w+|ask\w*|"
    r"question\w*|warn\w*|safety|"
    r"concerns?|management|manager|boss|consultant|datix)"
)
_BULLIED = (
    r"\bi(?:'m|\sam|\shave\sbeen|'ve\sbeen)\s(?:\w+\s)?(?:being\s)?(?:bullied|threatened|harassed|assaulted|"
    r"abused|victimised|blackmailed)"
)
_WE_ERRED = (
    r"(?:we|i|they|he|she|somebody|someone|the\s(?:\w+\s)?(?:nurse|doctor|pharmacist|registrar|team|tool|system|pump|"
    r"bot|chatbot|robot|ai|"
    r"model|algorithm|scribe|app|trust|ward|surgeon|midwife)|a\s(?:\w+\s)?(?:nurse|doctor|pharmacist|registrar|"
    r"surgeon|midwife)|(?:my|our)\s\w+)\s"
    r"(?:have\s|has\s|had\s|just\s|nearly\s|almost\s|accidentally\s|wrongly\s|then\s|\w+ly\s){0,2}"
    r"(?:gave|given|administered|injected|infused|dispensed|prescribed|transfused)\s(?:(?:him|her|them|me|us|my|our|"
    r"the|an?|one|\w+)\s){0,3}?"
    r"(?:(?:ten|10|five|two|three|four|100|a\shundred|\d+)\s?(?:times|x|-?fold)|tenfold|double|twice|the\swrong|"
    r"too\smuch|an\soverdose|"
    r"a\s(?:fatal|lethal)|wrong)"
)
_WRONG_ONE = (
    r"(?:we|i|they|he|she|(?:the|a|our)\s(?:\w+\s)?(?:surgeon|doctor|team|registrar|consultant|dentist))\s(?:have\s|"
    r"has\s|just\s|\w+ly\s)?"
    r"(?:operated\son|removed|took\sout|cut|amputated|discharged|scanned|cremated|transfused|"
    r"treated)\s(?:on\s)?the\swrong"
)
_HAPPENED = (
    r"(?:we|i|our\s\w+|my\s\w+)\s(?:just\s|have\sjust\s|\w+ly\s)?(?:(?:had|have\shad|witnessed|saw|caused)(?!\sa\spatient)|killed|harmed|"
    r"hurt|injured)\s"
    r"(?:an?|another|two|three|our|the)\s(?:\w+\s){0,3}?(?:never[\s-]event|serious\sincident|(?:avoidable|unexpected|"
    r"patient)\s(?:\w+\s)?death|"
    r"deaths?|patients?|overdose|harm|assault|rape|(?:patient\ssafety|safety|medication|drug)\s(?:incident|error))"
)
WHEN = (
    r"(?:right\snow|at\sthis\s(?:very\s)?(?:moment|minute)|as\swe\sspeak|as\si\s(?:type|write)|today|tonight|"
    r"yesterday|this\s(?:very\s)?"
    r"(?:morning|afternoon|evening|week|minute|moment|weekend|month)|last\s(?:night|week|weekend|month|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)|\w+\s(?:minutes|hours|days)\sago|"
    r"on\s(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday))"
)
_NOT_A_RULE = (
    r"(?!s?\s(?:framework|policy|policies|process|review|response|report|management|form|list|"
    r"investigation|rates?|numbers|data))"
)
_BAD = (
    rf"(?:died|killed|harmed|overdosed|(?:never[\s-]event|serious\sincident){_NOT_A_RULE}|serious\sharm|severe\sharm|"
    r"coming\sto\sharm|came\sto\sharm)"
)
_NOW = rf"(?:\b{WHEN}\b[^.?!\n]{{0,100}}?\b{_BAD}\b|\b{_BAD}\b[^.?!\n]{{0,60}}?\b{WHEN}\b)"
_GOING_TO = (
    r"(?:somebody|someone|a\spatient|people|patients|a\schild|a\sbaby)\s(?:is|are)\s(?:going\sto|"
    r"about\sto)\s(?:die|get\s(?:hurt|killed)|be\s(?:hurt|harmed|killed))"
)
_HARMS = (
    r"(?:(?:the|our|this|that|their|his|her|my)\s(?:[\w'-]+\s){0,3}?[\w'-]+|it|he|she|they|which|that)\s(?:is|are|"
    r"keeps?|has\sbeen|have\sbeen)\s"
    r"(?:\w+ly\s|now\s|still\s|currently\s)?(?:harming|hurting|killing|injuring|endangering|putting)\s(?:\w+\s){0,2}?"
    r"(?:patients?|people|residents?|children|babies|women|us|staff|lives|me|him|her|them)(?:\s(?:at\srisk|"
    r"in\sdanger))?"
)
_SELF = (
    r"\bi(?:'m|\sam)?\s(?:\w+\s)?(?:feel\s)?(?:suicidal|want\sto\s(?:die|kill\smyself|end\s(?:it|my\slife))|"
    r"(?:going|planning)\sto\s(?:kill|hurt|harm)\smyself)"
)
_CRIME = (
    r"(?:is|are)\s(?:\w+ly\s)?(?:committing|covering)\s(?:\w+\s)?(?:fraud|crimes?)|"
    r"(?:this|it)\sis\s(?:a\scover[\s-]up|fraud|criminal)\b|there\s(?:is|has\sbeen)\s(?:a\s)?(?:cover[\s-]up|fraud)\b"
)

TELLS = [
    re.compile(rf"\b(?:{pattern})", re.I)
    for pattern in (
        _DONE,
        _DIED_LATER,
        _MANY,
        _WRONGDOING,
        _ORDERED,
        _ORDERS,
        _PUNISHED,
        _BULLIED,
        _WE_ERRED,
        _WRONG_ONE,
        _HAPPENED,
        _GOING_TO,
        _HARMS,
        _SELF,
        _CRIME,
    )
]
TELLS_OF_NOW = re.compile(_NOW, re.I)
