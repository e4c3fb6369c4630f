"""How grave the words of a sentence are: each word that tells of harm, fault, hiding, force or neglect has a weight."""

from functools import lru_cache

from eventsite.questions.patient_data.ailments import IN_OFFICE
from eventsite.questions.patient_data.phrasebook import Phrasebook, Span, Words
from eventsite.questions.patient_data.spans import Spans
from eventsite.questions.patient_data.wording import words

_GRAVE = tuple(
    words(
        """
        abus abandon ambushed amputat anaphyla assault backdat backhander bedsore bled bleed blackmail brib bruis
        bullied bully burnt choked choking collaps coma concealed concealing conceals coroner coverup cover-up
        covering deepfake died dies dying embezzl erased evicted fabricat faked faking falsif fiddled fiddling forged
        forging fraudul gagged gagging gaslit groped groping groom haemorrhag hanged harass harming harmed hushed
        inquest killed killing kickback lied lying mislabel maimed misled molest nude overdos paralys perforat poison
        punish ransom raped raping resus retaliat rewrote rewritten rigged sacked scald scapegoat seiz self-harm
        sepsis septic shouted silenced silencing slapped smother snoop spied spying stalk starv stillb stolen stole
        suicid suppress swept tampered tampering tasered threaten undressed unconscious victimi whistleblow wiped
        wiping doctored shred leaked leaking outed sodden soiled strangl stabb rubber-stamp malfunction brain-damag
        blinded mistreat neglect drugged sedated sedating hallucinat manslaughter negligen reprisal coerc
        """
    )
)
_BAD = tuple(
    words(
        """
        a&e accus afraid alone altered altering anaesth arrest asleep ashamed attack aneurysm begged begging binned
        blame blaming blind blocked breach broke broken burn buried burying bypass cancelled casualt clot compensat
        confiscat corrupted crash crying cried danger dead death deleted deleting delet denies dehydrat deteriorat
        destroy disabled disciplin disappear dismiss dodgy double downgrad downplay dropped drunk embarrass expose
        exposing failed failing false fatal fault fell fired fits flatlin fractur freez frighten froze furious ghost
        gone grave guilty hack hidden hiding hid hung hurt hypo hypos ignor illegal incorrect infect injur innocent
        instructed insur invented inventing laugh lawsuit lethal limb locked lost mangl mastectom methadone miscarr
        misdiagnos misfil misgender misheard misidentif misread missed misses missing mistak mix mixed mixing mock
        monitored morphine mum's muted muting naked near-miss nightmare ordered outage overheard overlook overrid
        overrode overrul palliat panic penalis penicill posing pressur prosecut quietly regret rejected removed
        removing reprimand restrain resign ruin ruptur rushed scared scream screamed secretly sectioned sedat seized
        sold selling spread steal stillness stripped struck stuck sued suffer suspend swap swore sworn tears terrif
        threw tick ticked tied tenfold tragic troll trauma turned unaware unanswered unattended unapproved unauthor
        unbooked uncertif unchecked uncover undiagnosed unfair unfit unlawful unlicen unmonitored unplug unqualified
        unread unregister unresponsive unreview unsafe unseen unsigned untested untrained untreated untrue abnormal
        banned barred begging bruise complain contradict crushing datix deregister distress each-other escap evict
        exclud excuse expelled expos grievance halt hungry kicked lonely misuse nda ndas ombudsman outrag overheard
        overridden overwork prying pulled reprimand scapeg shame strand threat tolerance undress unfed unwashed unwant
        vanish wander wasted whistle withdrawn wrist-band asphyx adrift bypass illeg injec lost-to manhand mishand
        mispresc overcharg overprescr stillborn tear torn underdos undetect unwell upside urine victim violent vomit
        wept withheld withhold worse worsen wound wrecked wrong yelled mistook mishap shut haywire overheat leak
        hitting beaten dumped evict sepsis's drown
        """
    )
)
_WEAK = tuple(
    words(
        """
        allerg ambulance apolog blood cancer cardiac chest confus cut delay denied discharged dose doses duplicate
        emergency floor hit hospice hours icu infect infecti insulin intensive itu knew lawyer lose loses losing miss
        nearly never no-one nobody noone oxygen pain paramedic penicillin penicillins pension police posted posting
        pregnan pretend prison private radiother reaction reassur recorded refus reported secret sick signed signing
        solicitor sorry stage stopped stroke struggl struggle switched theatre told-off trolley tumour twice union
        ventilat visa vulnerable without won't
        """
    )
)
_OF_GOOD_THINGS = words(
    """
    love loves loved great thrilled happy happier help helps helped helpful saved early improve improved improves
    improving better well good success successful thank thanks proud best like likes liked enjoy enjoys enjoyed
    pleased brilliant wonderful fairly laugh laughed harmless fine keen glad grateful faster easier quicker fixed
    solved learnt learned taught comfort gladly pleasure excellent impressed excited hopeful hope interesting curious
    award awards won congratulations celebrate celebrated welcome useful reassured recovered cured
    """
)
_SOMEBODY = words(
    """
    he she him her his them patient patients patient's woman women man men resident residents baby babies child
    children family families girl boy mum mother dad father wife husband son daughter nan gran grandad brother sister
    people me us colleague manager boss consultant matron director chief student students girl's boy's woman's man's
    mum's dad's neighbour aunt uncle friend teenager teenagers lady gentleman nurse doctor midwife porter carer client
    clients parents relatives survivors
    """
)
_HARMLESS = Phrasebook(
    """
    missed|missing|miss * deadline|bid|bus|session|talk|point|train|lunch|opportunity|email|target|targets|date|start|
    funding|slot|webinar|data|rate|rates|fields|values, lost * funding|bid|vote|login|password|count|track|time|
    patience|contract|money|trust|staff|lead|momentum|interest|list, wrong slide|slides|link|room|time|form|address|
    inbox|department|word|question|way|place|tree|metric|end|deck|day|speed|size, failed|failing
    procurement|bid|pilot|upgrade|tender|to_win|project, broke even, cut
    costs|waiting|corners|time|admin|the_time|down, hit by|the|our|targets, dose of, error|errors|miss
    rate|rates|bars|margin|message|messages, false positive|positives|negative|negatives|economy|dawn, emergency
    department|departments|care|services|planning, private sector|hospital|hospitals|provider|providers|firm|company|
    companies|clinic|equity|cloud, recorded talk|session|on|as|in, battery|batteries|laptop|laptops|phone|phones|
    tablet|wifi|server|servers|project|pilot|idea|link|machine|computer|computers|printer|fax|bleep *
    died|dead|crashed|froze|broke|broken|failed|lost, double check|checking|entry|booking|the_number|the_money, second
    opinion, near miss|misses process|policy|reporting|form|rates, died out|down, killing jobs|time|innovation,
    struggle|struggling|struggles to|with, crash course, broken link|links|lift|down|record, blind
    review|trial|test|spot|spots, hidden cost|costs|agenda, false alarm|alarms, complained|complaint|complaints
    bot|form|process|team|about_parking, late to|for, lost in, secret of|to|sauce, infection control|prevention|team,
    alarm fatigue, no wonder|nobody_wants, worse|better off, hurting our|the budget, deadline|deadlines
    """
)


def grave_words(words_: Words) -> list[tuple[int, int, int]]:
    """Where grave words stand, and what each weighs; nothing where they are of a thing or a matter of work."""
    harmless = Spans(_HARMLESS.find(words_))
    spans = words_.spans
    return [
        (start, end, weight)
        for place, (word, start, end) in enumerate(spans)
        if (weight := gravity(word))
        and not any(harmless.between(start, end))
        and not (place + 1 < len(spans) and spans[place + 1][0] in IN_OFFICE)
    ]


def somebody(words_: Words) -> list[Span]:
    """Where people stand whom something can be done to."""
    return [(start, end) for word, start, end in words_.spans if word in _SOMEBODY]


def tells_good(words_: Words) -> bool:
    """Whether it is a story with something good in it."""
    return any(word in _OF_GOOD_THINGS for word, _, _ in words_.spans)


_GRAVE_WEIGHT, _BAD_WEIGHT, _WEAK_WEIGHT = 4, 2, 1


@lru_cache(maxsize=4096)
def gravity(word: str) -> int:
    """What a word weighs: 0 for most."""
    if word.startswith(_GRAVE):
        return _GRAVE_WEIGHT
    if word.startswith(_BAD):
        return _BAD_WEIGHT
    if word.startswith(_WEAK):
        return _WEAK_WEIGHT
    return 0
