"""Wrongdoing in plain words: hiding it, ordering it hidden, punishing who speaks, prying, giving what is wrong."""

from eventsite.questions.patient_data.phrasebook import Phrasebook

WRONGDOING = Phrasebook(
    """
    told|asked|ordered|instructed|pressured|pushed|leaned|leant|forced|made|encouraged|expected|advised|warned|
    pressed|bullied|begged|persuaded|paid|telling|asking|ordering|instructing|tells|asks|makes|making|wants|want|
    wanted * not|never to? report|tell|record|log|write|raise|speak|say|mention|document|escalate|datix|disclose|
    inform|talk|complain|put|use|email|discuss|call|file|contact|ring|name|warn|declare|worry|look|check|read, told|
    asked|ordered|instructed|pressured|pushed|forced|made|encouraged|expected|advised|pressed|bullied|persuaded|paid|
    telling|asking|ordering|instructing|tells|asks|makes|making|want|wants|wanted|leaned * to?
    ignore|override|silence|mute * alarm|alarms|alert|alerts|warning|warnings|flags|ctg|result|results|complaints|
    errors|concerns|it|them|safety|red, told|asked|ordered|instructed|pressured|pushed|forced|made|encouraged|
    expected|advised|pressed|bullied|persuaded|paid|telling|asking|ordering|instructing|tells|asks|makes|making|want|
    wants|wanted|leaned|on * to? falsify|backdate|lie|forge|fake|fudge|fiddle|massage|whitewash|cover_up|cover_it_up|
    hush|bury|shred|delete|destroy|wipe|erase|amend|alter|reword|rewrite|redo|edit|tweak|tidy|doctor|water_down|
    tone_down|downgrade|downplay|reclassify|recode|relabel|withdraw|drop|scrub|redact|hide|conceal|keep_quiet|
    keep_it_quiet|keep_this_quiet|keep_it|keep_silent|keep_my|keep_our|say_nothing|stay_quiet|shut_up|look_away|
    look_the_other|turn_a_blind|play_along|pretend|leave_it_out|leave_it_off|leave_that_out|let_it_go|let_it_lie|
    say_it|say_it's|say_it_was|say_that|say_we|say_the|call_it|put_it_down|put_down|tick|click|rubber-stamp|
    rubber_stamp|sign_for|sign_it|sign_the|sign_that|sign_a|initial|blame|remove|take_it_out|take_out|close_the|
    close_it|move_on|forget, don't|dont|never|do_not write|put|log|report|tell|email|mention|datix|record|document it|
    that|this|anything|him|her|them|the|anyone|anybody|in|on|datix, want|wants|wanted * called|recorded|logged|
    classed|labelled|described|kept|buried|gone|dropped|removed|closed|reworded|reported|coded|downgraded|written|put
    as|quiet|within|a|out|off|internally|in-house|under|to, hasn't|haven't|hadn't|not|never been?
    told|informed|contacted|warned|notified|telling|informing patients|the|them|their|families|family|anyone|anybody|
    any|her|him|parents|relatives|us|about|that|regulator|mhra|cqc|yet|of|which,
    hasn't|haven't|hadn't|isn't|aren't|wasn't|weren't been|being told|informed|contacted|warned|notified|reported|
    declared|logged|recorded|recalled|disclosed|investigated|called|traced|admitted|written,
    has|have|had|is|are|was|were not|never been? told|informed|contacted|warned|notified|reported|declared|logged|
    recorded|recalled|disclosed|investigated|traced, nobody|noone|no-one|none has|have|had|is|are|was|were
    been|being|has told|informed|contacted|warned|notified|reported|recalled|telling|declared|admitted|logged|owned,
    nobody|noone|no-one|none told|informed|contacted|warned|reported|recalled|notified * family|families|patients|her|
    him|them|us|parents|patient|mhra|regulator|about|it|that, no one has|have|had|is|was|told|informed|warned|reported
    been? told|informed|contacted|warned|notified|reported|telling|family|families|patients|the|her|him|them|us|
    parents|it, families|family|patients|parents|relatives|they|women|she|he don't|do_not|still_don't|still_do_not|
    doesn't|have_no|has_no|had_no|aren't|were_never know|idea|clue|aware|told, not told|telling * patients|families|
    family|parents|women|anyone|anybody|relatives|regulator, without telling|informing|warning
    anyone|anybody|us|them|patients|the|families|her|him, swept|swept|brushed|brushing|sweeping|pushed * under,
    hushed|hushing * up, hush-hush, cover-up|cover-ups, covered|covering|covers|cover
    it|this|that|them|everything|things|the up, covered|covering|covers up, buried|burying|buries * report|reports|
    incident|incidents|complaint|complaints|findings|audit|evidence|it|deaths|data|results|death|error|errors,
    kept|keeping|keeps|keep * quiet|secret|hidden|from_the_board|off_the, quietly * removed|deleted|changed|dropped|
    switched|withdrawn|patched|edited|altered|fixed|settled|amended|rewritten|rewrote|moved|replaced|wiped|closed|
    downgraded, scrubbed|airbrushed|whitewashed|doctored|sanitised,
    taken|took|left|edited|struck|cut|removed|deleted|wiped out|off|from * minutes|report|log|logs|notes|record|
    records|register|datix|system|file|summary|audit, edited|editing|altered|altering|changed|changing|amended|
    amending|rewrote|rewritten|rewriting|tampered|tampering|doctoring|massaged|massaging|fiddled|fiddling|fudged|
    fudging|faked|faking|falsified|falsifying|fabricating|forged|forging|backdated|backdating|manipulated|
    manipulating|deleted|deleting|destroyed|destroying|shredded|shredding|wiped|wiping|erased|hid|hiding|hidden|
    concealed|concealing|withheld|withholding|suppressed|suppressing|removing|removed with? * log|logs|note|notes|
    record|records|minutes|times|timestamps|timings|date|dates|figures|results|datix|datixes|incident|incidents|
    report|reports|audit|evidence|observations|obs|charts|chart|entry|entries|complaint|complaints|emails|training|
    certificates|data|numbers|test|signature|signatures|errors|failures|deaths|harm|breach|truth|consent|findings|
    statement|statements|footage|recordings|history|mistakes, forged|fake|forging|faked signature|signatures|consent|
    certificate|certificates|observations|obs|records|referrals|patients|reviews, signing|signs|signed|ticking|ticks|
    ticked|clicking|clicks|clicked|initialling|approving|approves|approved|certifying|certified|validating|validated|
    completing|completed|filling|charting|charted|recording|recorded|writing|writes|logging|billing|billed|claiming|
    claimed|coding ** without|never|hadn't|haven't|hasn't|nobody|not_been|weren't|wasn't|didn't|don't|not_happened|
    not_done|not_seen|unseen|unread|blind|in_advance|that_did_not|untested|unread|bogus|ghost|fictitious|we_know|
    untrue|false, lied|lying|lies|misled|misleading|misleads|deceived|deceiving * to|the|us|about|board|regulator|
    coroner|cqc|mhra|family|families|patients|inspectors|commissioners, my|our|the datix|datixes|report|reports|
    concern|concerns|complaint|complaints|incident|incidents|warnings|emails|grievance|disclosure
    was|were|got|has|have|keep|keeps been? closed|deleted|rejected|ignored|downgraded|removed|binned|buried|dismissed|
    lost|blocked|withdrawn|bounced|getting|being|vanished|disappeared|disappearing, closed|deleted|rejected|
    downgraded|binned|buried|dismissed|blocked|withdrew|removed my|our|the|every datix|datixes|concern|concerns|
    complaint|complaints|grievance|incident|incidents|disclosure, has|have|had|is|was|was|it's known|aware|warned *
    since|for|that|about|of * wrong|unsafe|bug|fault|error|errors|wrongly|flaw|problem|failing|fails|faulty|missing|
    harm|overdoses|deaths|misses|defect|danger|risk, knew|knows * since|for|that|about * wrong|unsafe|bug|fault|error|
    errors|wrongly|flaw|faulty|missing|harm|defect|danger|misses|fails|failing, gagging|gagged,
    nda|ndas|non-disclosure, paid * off|silence, settled quietly, bribe|bribes|bribed|bribing|kickback|kickbacks|
    backhander|backhanders, taking|takes|took|accepting|accepted|getting|gets|receives|receiving|pocketing * money|
    gifts|shares|cash|holidays|commission|payments|hospitality|fees|bonus from *
    supplier|vendor|company|firm|them|whoever, on the|their|supplier's|vendor's payroll, fraudulent|fraudulently,
    committing|committed|is|it's fraud, embezzling, stealing|steals|stole|stolen, pilfering|diverting *
    drugs|morphine|opioids|fentanyl|controlled, drunk|stoned, groomed|grooming|groping|groped|touching|molesting|
    molested|assaulted|assaulting|hitting|slapping|slapped|punched|kicked|raped|abusing|abused|neglecting|neglected|
    bullying|harassing|stalking|threatening|intimidating|blackmailing|tormenting|mocking|starving, deepfake|deepfakes,
    nude|nudes|naked|intimate pictures|images|photos|video|videos, locked|tied|strapped|sedated|drugged|restrained *
    room|chair|bed|in|down|to|up|without|so, impersonating|impersonated|posing|posed|pretending|pretended to|as|be,
    unqualified|unregistered|unlicensed, untrained|unsupervised staff|students|person|people|receptionist|agency|
    volunteers|hcas, without permission|authorisation|asking|their_consent|my_consent|her_consent|his_consent|
    approval|sign-off|a_dpia|dpia|clearance|supervision|oversight|being_asked|their_knowledge|our_knowledge|anyone|
    ethics|my|her|his|their, illegally|unlawfully|illegal|unlawful|criminal, snooping|snoops|snooped|spying|spied|
    prying|nosing|peeking|looking|browsing|reading|looked|accessed|accessing|opened|opening|searching|searched **
    ex's|neighbours|neighbour|colleagues|celebrity|wife's|husband's|girlfriend's|relatives|family's|own|records_of|
    notes_of|patients_he|patients_she|patients_they|my_record|my_records|my_notes|no_business|no_reason|not_under,
    pasting|pastes|uploading|uploads|feeding|feeds|fed|putting|puts|copying|copies|typing|types|dictating|sharing|
    sends|sending|entering|running ** chatgpt|public|free|personal|private|his_own|her_own|their_own|whatsapp|
    unapproved|home|claude|gemini|copilot|deepseek|overseas|grok|facebook|instagram|tiktok, leaked|leak|leaking|leaks,
    dark web, ransom|ransomware|hackers|hacker|hacked, breached|breach, exposed|exposing|exposes * records|data|
    patients|names|results|notes|details|addresses|online, records|data|results|notes|letters|photos|sessions|
    recordings|details|names|files|images|scans|addresses|transcripts|conversations are|is|was|were|went|have|has|
    being|sitting|appeared|appear|ended|turned|showed|posted|available|up been? online|leaked|stolen|hacked|exposed|
    published|emailed|visible|shared|sold|searchable|open|public|on|in|up|sent|posted|circulating|being * online|web|
    internet|everyone|anybody|anyone|wrong|another|dark|public|facebook|google|strangers|company|insurers|police|home|
    vendor|supplier|start-up|other|stranger|whatsapp|advertisers|sold|facebook|ex, disclosure|disclosed|outed,
    turned|showed|ended|pops|popped|appeared|appears|came up? * in|inside another|someone|somebody|wrong|stranger's|
    neighbour's|other|a_different, selling|sells|sold|flogging * data|records|patient|patients, recording|recorded|
    records|filming|filmed|listening|eavesdropping * without|secretly|covertly|in_secret|never_asked|nobody_asked,
    secretly|covertly, spying|watching * staff|residents|women|patients|us|showers|changing, live|used|using|rolled|
    running|deployed|switched|trialled|testing|tested|tests|experimenting|experimented|trained|training|piloting **
    without|despite|knowing|never_been|no_safety|no_clinical|unapproved|not_ce|no_ce|uncertified|failed,
    call|calling|called * training_issues|training_issue|user_error|teething|one-offs|learning, if|unless i|we *
    speak|report|put|raise|complain|say|go|tell|talk|sign|drop ** contract|job|renewed|sorry|career|visa|regret|
    finished|reference, decided|decides|deciding|chose|chosen|agreed|agrees|voted|plans|plan|going|intends not to?
    tell|inform|report|recall|write|warn|stop|disclose|declare|investigate|contact,
    laugh|laughing|laughed|laughs|joke|joking at|about * residents|patients|her|him|them|women, looked|looks|looking
    up|through * my|her|his|their|patient's|record|records|notes|abortion|history|file, log|logs|record|records|notes|
    minutes|datix|report|audit|evidence|entries|entry|incident|incidents|files|emails|footage|recordings|figures|
    results|risk_register|chart|charts|timestamps|times was|were|been|being|has|have|had|got been? rewritten|altered|
    edited|deleted|wiped|vanished|disappeared|doctored|backdated|removed|replaced|gone|shredded|invented|made_up|
    falsified|faked|tampered|changed_after|changed_before|changed_to|changed_so|erased|lost_on|cleaned|destroyed|
    downgraded|massaged|fiddled, want|wants|wanted|asked * downgraded|deleted|buried|dropped|gone|reworded|removed|
    hushed|recorded_as|closed_before|kept_out|kept_off|off_the, owned|owning|own up, told|asked|ordered|instructed|
    pressured|forced|made|encouraged|advised|pressed|telling|asking|ordering|makes|making * to? switch|turn|disable|
    mute|bypass|silence|unplug|skip|carry_on|stand_down|leave_it|wait_until, read|seen|opened|viewed|downloaded|found
    by anyone|everyone|anybody|everybody|strangers|any, sold|selling|sells|giving|handing|passing *
    list|lists|data|details|records|names|notes to|for, threatened|threatens|threatening to, nobody|noone|never|no-one
    asked us|me|them|patients|residents|her|him, no one asked us|me|them|patients, given each|one other's|another's,
    bypassed|bypassing|overridden|overriding|switched_off|disabled, caught|covering|asleep|drunk|absent on|at|in *
    job|duty|shift|phone|watch, blaming|blames|blamed * junior|nurse|me|us|him|her|staff|doctor|trainee|victim,
    blame|blaming * on|a|the|me|us junior|nurse|me|us|user|dead, that|which we|they|he|she|management|everyone
    knew|know|knows, knew|know|knows it|that|the|this|they|about ** unsafe|wrong|drops|fails|fault|broken|overheats|
    dangerous|misses|untrue|not_safe|bug|flaw, untrue|false * sign, know * untrue|false, pretend|pretending|pretends,
    on the quiet|sly|side, threatened|threatens|threatening|intimidated|silenced|gaslit me|us|her|him|them|staff|with,
    sign|signed|signing|approve|approved|submit|submitted|published|publishing|presenting|presented|send|sent **
    untrue|false|lie|lies|fake|fabricated|made-up|made_up|cooked|invented
    """
)
PUNISHED = Phrasebook(
    """
    suspended|sacked|dismissed|fired|disciplined|bullied|shouted|screamed|yelled|threatened|moved|redeployed|demoted|
    sidelined|excluded|isolated|ostracised|frozen|pushed|forced|managed|punished|victimised|harassed|hounded|
    blacklisted|downgraded|removed|reported|referred|hauled|warned|blamed|scapegoated|investigated|escorted|marched|
    banned|barred|cut|dropped|told_off|let_go|laughed|silenced|gagged|intimidated|reprimanded|penalised|targeted|
    singled|shunned|humiliated|sworn|put|rostered|taken|labelled|branded|called|treated|written_up|passed_over|denied|
    refused ** for|after|because|when|since|over|as_soon|following|ever_since * reporting|report|reported|raising|
    raise|raised|speaking|spoke|speak|complaining|complained|complaint|questioning|questioned|refusing|refused|
    whistleblowing|whistle|telling|told|pointing|pointed|flagging|flagged|filing|filed|datix|datixing|asking|asked|
    saying|said|logging|logged|disclosing|disclosed|escalating|escalated|warning|warned|objecting|objected|
    challenging|challenged|stopping|stopped|switching|blowing|putting|mentioning|writing|wrote|emailing|emailed|
    contacting|contacted|declining|admitting|my|a_datix|an_incident|she|he|they|i|we, lost|losing|lose|cost *
    job|jobs|post|role|contract|shifts|career|bank|placement ** for|after|because|when|since|over * reporting|
    reported|raising|raised|speaking|spoke|complaining|complained|questioning|refusing|refused|telling|told|pointing|
    flagging|flagged|filing|datix|asking|asked|saying|said|i|she|he, frightened|scared|afraid|terrified|worried|
    fearful|nervous|too_scared of|to|that|for * speak|speaking|say|saying|report|reporting|raise|raising|name|named|
    lose|losing|complain|complaining|whistle|record|job|reprisals|visa|consequences|retaliation|bullied|sacked|put,
    contract|post|job|shifts|visa|placement|locum|bank was|were|wasn't|not|is|has|isn't|has_been not?
    renewed|ended|cut|terminated|stopped|cancelled|withdrawn ** after|when|because|since|for, reported|referred|
    threatened|threatening|reporting|referring * nmc|gmc|hcpc|regulator|disciplinary, managed out, hounded out,
    constructive dismissal, paid to leave, victim of retaliation, career|careers * ruined|over|finished
    """
)
GIVEN_WRONGLY = Phrasebook(
    """
    dispensed|dispensing|dispenses|gave|giving|gives|given|injected|injecting|administered|administering|infused|
    infusing|transfused|prescribed|prescribing|delivered|delivering|implanted|getting|got|receiving|received|fed|
    taking|took|handed|sent_out|issued|issuing|loaded|posted * wrong|double|twice|ten|tenfold|ten-fold|hundred|five|
    triple|another|someone|somebody|expired|out-of-date|contaminated|lethal|fatal * dose|doses|drug|drugs|medicine|
    medicines|medication|medications|strength|blood|insulin|tablets|tablet|injection|vaccine|vaccines|chemo|
    chemotherapy|units|amount|patient|patient's|else's|times|paracetamol|morphine|methotrexate|warfarin|opioid|
    opioids|antibiotic|antibiotics|sedative|heparin|potassium|pills|patch|patches|infusion|feed|milk|embryo|embryos|
    embryo|inhaler|lens|implant|meds|overdose|treatment|baby|operation, gave|given|giving|prescribed|got|getting *
    penicillin|antibiotic|drug|medicine|amoxicillin|latex|peanut|nsaid ** allergic|allergy|anaphylaxis, operated|
    operating|operation|surgery|anaesthetic|block|biopsy|biopsied|irradiated|radiotherapy|treated * on? * wrong leg|
    side|eye|kidney|hip|knee|limb|breast|tooth|patient|person|man|woman|site|lung|foot|arm|hand|finger|level|baby|ear|
    hand, took|taken|taking|removed|amputated|removing * wrong
    leg|eye|kidney|tooth|breast|toe|foot|ovary|testicle|limb, swab|swabs|needle|instrument|guidewire|clip
    left|was|were|inside|retained, nearly|almost|about|seconds|minutes|moments|close|narrowly|inches gave|given|
    giving|injected|killed|operated|transfused|discharged|had|got|died|to|from|away|lost|took|went|missed|put|hung|
    connected|avoided * giving|injecting|killing|operating|transfusing|death|dead|dose|drug|blood|patient|wrong|
    theatre|disaster|overdose|ten, near-miss|near_miss yesterday|today|last|this|on|where|when, never event|events *
    yesterday|today|last|this|on|in_our|at_our|we_had, had * never event
    """
)
