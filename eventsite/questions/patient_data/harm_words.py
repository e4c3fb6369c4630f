"""What goes wrong and what comes of it, in plain words: faults, harm to people, and faults that go on unheeded."""

from eventsite.questions.patient_data.phrasebook import Phrasebook

FAULT = Phrasebook(
    """
    missed|misses|missing|overlooked|overlooks, misread|misreads|misheard|misfiled|mislabelled|misrouted|
    misclassified|miscalculated|miscounted|mistranslated|mistyped|misplaced|misidentified|misinterpreted|misjudged,
    misdiagnosed, wrong|wrongly, incorrect|incorrectly, mistaken|mistakenly, mistake|mistakes, error|errors,
    fault|faulty, failed|failing|fails, failure|failures, didn't|doesn't|wasn't|weren't|don't|hadn't|isn't|aren't
    flag|alert|fire|alarm|ring|send|sent|reach|arrive|notice|work|working|warn|trigger|show|see|spot|pick|call|called|
    check|checked|recognise|pass|passed|escalate|escalated|go|come|seen|acted|read|followed|told|booked|charted,
    did|does|was|were|had|is|are not|never flag|alert|fire|alarm|ring|send|sent|reach|arrive|notice|work|working|warn|
    trigger|show|see|spot|pick|call|called|check|checked|recognise|pass|passed|escalate|escalated|go|come|seen|acted|
    read|followed|told|booked|charted, never went|got|sent|reached|arrived|came|fired|flagged|rang|rung|alerted|
    showed|appeared|saw|seen|read|opened|told|called|invited|recalled|booked|followed|checked|printed|delivered, not
    sent|seen|flagged|escalated|acted|invited|recalled|read|called|checked|booked|delivered|printed|passed|picked,
    lost|loses|losing * referral|referrals|result|results|letter|letters|sample|samples|scan|scans|report|reports|
    record|records|notes|booking|appointment|allergy|allergies|recall|data|request|chart, dropped|drops|dropping *
    referral|referrals|result|results|letter|letters|allergy|allergies|decimal|line|units|word|not|patients|requests|
    minus|zero, went|gone|go|going missing|astray|unread|unanswered|unseen|down|dead|blank|dark|offline|haywire|
    to_spam|to_the_wrong, deleted|deletes|wiped|erased|overwrote|overwritten|overwrites, closed|closes|closing|
    rejected|rejects|rejecting|auto-rejected|auto-closed|bounced|declined|cancelled|cancels|cancelling, sent|sending *
    home|away, sent * to * wrong, sent|discharged * too early|without, discharged|discharges|discharging, turned|turns
    * away|off, switched|switching * off, turned_off, told * to wait, told * fine|nothing, told|tells|telling * to *
    home|stop|double|paracetamol|later, marked|marks|marking|put|puts|putting|calling|puts|scored|scores|scoring|
    rated|rates|rating|coded|codes|coding|filed|files|filing|graded|grades|grading|called|calls|classed|triaged|
    triages|triaging|flagged|logged|labelled|read|reads|reported|categorised|sorted|ranked|prioritised|treated|down **
    normal|routine|low|low-risk|green|non-urgent|fine|benign|clear|stable|duplicate|duplicates|negative|minor|safe|
    anxiety|not_urgent|no_concern|resolved|complete|green|self-care|well, non-urgent, downgraded|downgrades|
    downgrading|de-prioritised|deprioritised|under-triaged, down-triaged, crashed|froze|frozen|hung|stalled,
    mixed|mixes|mixing * up, mix-up|mixup, swapped|swaps|switched|confused|confuses|transposed|merged|merges|mangled|
    garbled|scrambled|corrupted * notes|records|patients|names|results|units|decimal|doses|dose|drug|drugs|scans|
    letters|files|twins|left|two|charts|sides, hallucinated|hallucinates|invented|invents|fabricated|fabricates|made
    up|made_things_up, left out|off, omitted|omits, ignored|ignores|ignoring, unread, unanswered, unattended,
    unmonitored, unnoticed, nobody|noone|no-one noticed|saw|looked|came|answered|checked|read|spotted|acted|followed|
    picked, no one|alarm|alert|warning noticed|saw|looked|came|answered|checked|read|spotted|acted|sounded|went|fired,
    sat|sits|sitting|stuck|languished|lay|lying|queued|waited|waiting ** hours|days|weeks|months|inbox|queue|folder|
    floor|trolley|corridor, delayed|delays|delay, too late, refused|refuses|denied|rejected|turned_down|blocked|
    barred|struck|removed|kicked|locked_out, stuck on|in|at, twice|double|doubled|tenfold|ten-fold|triple|quadruple|
    ten_times|ten|hundred|thousand dose|doses|dosed|dosing|the|times|amount|strength|units, double-dosed, overdose|
    overdosed|overdosing|underdosed|under-dosed|over-infused, too much|little|fast|high|early|slow|many|strong,
    rounds|rounded|rounding * wrong|wrongly|up|down, false reassurance|negative|all-clear, falsely,
    gave|given|gives|giving * all-clear, glitch|glitched|bug|outage|malfunction|malfunctioned|malfunctioning|stopped
    working|recording|sending|alerting|transmitting|monitoring, ran|run|runs|running * fast|slow|out|over, unsafe,
    dangerous|dangerously, hacked|attacked|compromised, unplugged|disabled|muted|silenced|snoozed, dispensed|
    recommended|advised|suggested|said|says|cleared|passed|reassured|decided|told * safe|fine|stop|normal|go|wait|
    nothing|okay|ok|paracetamol|antacid|antacids|anxiety, mistook|mistaking, fell through, slipped through, delayed,
    short-staffed, understaffed, algorithm|bot|ai|app|tool|software|system|chatbot|computer|model|triage|scribe|robot|
    pump discharged|cancelled|downgraded|refused|rejected|closed|ignored|missed|delayed|killed|overdosed|misdiagnosed
    """
)
HARM = Phrasebook(
    """
    died|dies|dead, dying, death|deaths, killed, passed away, bled|bleeding|haemorrhaged *
    death|out|heavily|badly|for|internally, in|into intensive|itu|icu|hdu|resus|coma|theatre|labour|hospital|septic,
    arrested|arrest|arresting, cardiac arrest, collapsed|collapses|collapsing, unconscious, unresponsive, coma,
    fell|fallen|falling, broke|broken|breaks|fractured|breaking * hip|leg|arm|wrist|neck|pelvis|ribs|rib|skull|ankle|
    back|jaw|collarbone, sepsis|septic, peritonitis, meningitis, perforated|perforation|ruptured|burst,
    stroke|strokes, heart attack|attacks|failure|stopped, overdose|overdosed|overdoses,
    hypo|hypos|hypoglycaemic|hypoglycaemia, dka|ketoacidosis, lost|losing|loses * sight|leg|foot|baby|babies|eye|eyes|
    vision|hearing|kidney|toes|arm|life|lives|limb|consciousness|pregnancy|speech|fertility|twin|womb, blind|blinded,
    amputated|amputation|amputations, palliative, terminal|terminally, stage four|4|iv|three|3, spread|spreading
    to|through, inoperable, incurable, brain-damaged, brain damage|damaged|injury|bleed,
    stillborn|stillbirth|stillbirths, miscarried|miscarriage|miscarriages, seizure|seizures|fitted|fitting|fits,
    dehydrated|dehydration|malnourished|starving|starved, sores|sore|ulcers, self-harmed|self-harm|self-harming,
    cut|hurt|killed|hanged|harmed|stabbed|burned|burnt|scalded herself|himself|themselves, own life|lives,
    suicide|suicidal|suicides, burned|burnt|scalded|scald|burns, resus|resuscitated|resuscitation,
    readmitted|re-admitted, crash call|team, harmed|harm|harming|hurt|hurting|injured|injuries|injury, raped|rape|
    assaulted|assault|abused|abuse|abusing|beaten|hit|groped, poisoned|poisoning, breathing stopped, stopped
    breathing, turned|went blue|blind|septic|grey, anaphylaxis|anaphylactic|allergic, kidney|liver|renal|organ
    failure|injury|damage, kidneys failed|shut, paralysed|paralysis, disabled, agony, pain for|since|all, floor
    for|all|overnight|since, lay|lying|left|found|stuck * floor|wet|soiled|trolley|corridor|urine|alone|blood,
    funeral, coroner|inquest, suffered|suffering|suffers, worse, deteriorated|deteriorating|deteriorates, a&e,
    casualty, blue-lighted|blue-light, ended|ending|ends up, rushed, emergency
    surgery|operation|section|theatre|caesarean, too late, never woke, fighting for, nearly|almost
    died|killed|bled|lost|arrested|choked|suffocated, close to death, critical|critically, poor condition,
    transfusion|transfused, oxygen, ventilated|ventilator|intubated, bleed, bleeds|bleeding, choked|choking,
    aspirated|aspiration, gangrene, infected|infection|infections, clot|clots, embolism, pneumonia, anaemic,
    toxic|toxicity, psychosis|psychotic, relapsed|relapse, sectioned, evicted, homeless,
    baby|babies|child|children|girl|boy died|harmed|damaged|damage,
    cancer|cancers|tumour|tumours|lymphoma|melanoma|leukaemia, lost|losing *
    job|house|insurance|licence|benefits|children|custody, arrested|handcuffed|tasered, crushing|severe
    chest|pain|bleeding, vomiting blood, black eye|eyes, bruised|bruises|bruising, bedsore|bedsores,
    distressed|traumatised|terrified, unable to walk|speak|see|work, can't walk|speak|see|work, not expected,
    delirious|delirium, admitted, hospital|hospitalised, operated on, wrong leg|side|eye|kidney|hip|knee|limb|breast|
    tooth|patient|baby|man|woman|blood|site|person|child, insurance, nodule|nodules,
    appendix|ectopic|torsion|aneurysm|dissection|bowel, life support, lives at_risk, toes
    """
)
PEOPLE = Phrasebook(
    """
    patient|patients|inpatient|outpatient|inpatients, resident|residents, man|men|woman|women|lady|gentleman|girl|boy|
    child|children|baby|babies|toddler|teenager|lad|pensioner|infant|newborn|twins|widow, mum|mother|mam|dad|father|
    son|daughter|wife|husband|partner|nan|gran|grandmother|grandad|grandfather|granny|brother|sister|aunt|auntie|
    uncle|niece|nephew|cousin|neighbour|friend|mother-in-law|father-in-law|grandson|granddaughter, he|she|him|her,
    me|i|i've|i'd|us, people|somebody|someone|families|family|relatives|students|clients|client|service_users,
    colleague|nurse|hca|porter, diabetic|diabetics|survivors, year-old, one|two|three|four|five|six|seven|eight|nine|
    ten|eleven|twelve|dozens|several|another of|people|have|has|are|were|died|patients|women|men|children|babies
    """
)
UNHEEDED = Phrasebook(
    """
    nobody|noone|no-one|none * will|wants|cares|takes|listens|acts|acted|listened|answers|answered|admits|dares|
    bothered|believes|looked|told|knows|did|responded|reads|checks|reviews|stops|looks|owns|says|rings|called|
    has_called|has_told|has_been|has_looked|has_stopped|has_said|has_answered|has_done|is_looking|is_listening|
    is_counting|is_checking, no one|reply|action|answer|apology|investigation|recall will|wants|is|has|cares|takes|
    listens|acts|acted|listened|answers|answered|admits|dares|bothered|believes|looked|told|knows|did|does|responded|
    reads|checks|from|since|yet|to, won't|refuse|refuses|refused|refusing|declined|declines|unwilling to? accept|act|
    admit|investigate|tell|switch|turn|stop|pull|halt|withdraw|take|listen|change|undo|correct|fix|say|share|release|
    give|look|report|let|pause|answer|remove|recall|apologise|own|discuss|reply|show|escalate|hand|amend|put|see|even|
    be, will|does|did|has|have not accept|act|admit|investigate|tell|switch|turn|stop|stopped|pull|halt|withdraw|
    listen|change|undo|correct|fix|share|release|look|report|pause|remove|recall|apologise|told|reported|escalate,
    hasn't|haven't|hadn't|has_not|have_not told|reported|been|stopped|replied|apologised|acted|investigated|recalled|
    fixed|called|admitted|warned|logged|pulled, don't|doesn't think everybody|everyone|they|he|she|all|anyone, still
    in_use|using|running|live|happening|going|selling|being|here|on|sold|sending|giving|missing|doing|in|used|not|no|
    refuse|refuses|won't|doing_it|waiting|says|tells|shows|at|don't|doesn't, right now, as we speak, as i write|type,
    this very? minute|moment|morning|afternoon|week|evening|month|weekend, tonight|today|yesterday, at the moment,
    last night|week|weekend|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday, on
    monday|tuesday|wednesday|thursday|friday|saturday|sunday, every day|week|shift|night|single, since monday|tuesday|
    wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|
    november|december|easter|christmas|about|go-live|the_update|the_upgrade|the_switch|the_new|the_spring|last, for
    weeks|months|days, second|third|fourth|fifth|sixth time|one|this, keeps|keep|kept|continues|carries, carry on,
    regardless, unaware|oblivious, knew|knows|known about|since|for|it|that|of,
    ignored|dismissed|brushed|fobbed|shrugged|waved * my|our|me|us|off|warnings|concerns|aside|away, as if|though
    nothing, trying|desperate|begging to get|make|stop, told * carry_on|to_wait|user_error|one-off|normal, user error,
    training issue|issues|need, teething
    """
)
TOOLS = Phrasebook(
    """
    ai|a.i, bot|bots|chatbot|chatbots, app|apps, tool|tools, algorithm|algorithms|algorithm's, software,
    system|systems, sensor|sensors, scribe|scribes, robot|robots, pump|pumps, alarm|alarms, alert|alerts,
    monitor|monitors|monitoring, camera|cameras, screen, model|models, score|scores, triage|triaged, dispatch, watch,
    computer|computers, machine, scanner, summary|summaries, record|records, upgrade|update, device|devices,
    recall|recalls, portal, chart|charts, prescribing, e-prescribing, copilot|chatgpt, reader, calculator,
    automated|automatic|automatically, risk, transcript|transcripts, assistant, 111, pendant, wristband, barcode,
    interface, queue, virtual
    """
)
HAPPENED = Phrasebook(
    """
    died|dies, dead, killed, passed away, death on|in|last|this|here|yesterday|at, bled, haemorrhaged, arrested
    in|on|at|last|twice, cardiac arrest, collapsed, unconscious, coma, sepsis|septic, perforated|ruptured|burst,
    overdosed, in intensive|itu|icu|resus, lost * sight|leg|foot|baby|eye|vision|kidney|toes|arm|life|limb|pregnancy|
    twin|womb, blind|blinded in|now|since|after|by, amputated, palliative, inoperable, brain damage|damaged,
    brain-damaged, stillborn|stillbirth, miscarried, broke|broken|fractured|breaking *
    hip|leg|arm|wrist|neck|pelvis|skull|ankle, own life|lives, burned|burnt|scalded, poisoned, stopped breathing,
    turned blue, anaphylaxis|anaphylactic, paralysed, tasered, can't|cannot speak|walk|see|breathe,
    coughing|vomiting|passing blood, tube-fed|tube fed, being tube, nearly|almost
    died|killed|bled|lost|choked|suffocated, ventilator, self-harmed, hanged|cut|killed|harmed
    himself|herself|themselves, raped|assaulted, readmitted|re-admitted, cut|nicked|severed|punctured|tore
    an|the|his|her|my artery|bowel|nerve|duct|ureter, harmed|injured|maimed, bruises|bruised, sectioned, evicted, dka,
    stroke after|because|while|when|at|in, heart attack after|because|while|when|at|in|there,
    seizure|seizures|hypo|hypos this|last|after|because|since, hypos
    """
)
