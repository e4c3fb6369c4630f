"""What can ail a person, as a question would say it: conditions, what happens to patients, words that stand between."""

from eventsite.questions.patient_data.wording import either, phrases, words

CONDITIONS = phrases(
    """
    a fall, abscess, adhd, aids, alcoholism, alzheimer, alzheimer's, alzheimers, anaphylaxis, aneurysm, angina,
    anorexia, anxiety, appendicitis, arrhythmia, arthritis, asd, asperger's, aspergers, asthma, ataxia, autism, back
    pain, bipolar, bipolar disorder, bleed, blood clot, blood clots, bpd, breakdown, broken ankle, broken arm, broken
    hip, broken leg, broken wrist, bulimia, c diff, cancer, carcinoma, cardiac arrest, cataract, cataracts, cerebral
    palsy, chemo, chemotherapy, chest pain, chickenpox, chlamydia, chronic pain, cirrhosis, cjd, ckd, claudication,
    coeliac, colitis, coma, concussion, copd, covid, covid-19, crohn's, crohns, cystic fibrosis, cyst, delirium,
    delusions, dementia, dengue, depression, diabetes, diabetic foot, diabetic ketoacidosis, dialysis, diphtheria,
    dka, down's, down syndrome, downs syndrome, dvt, dyslexia, dysphagia, eating disorder, eczema, ehlers-danlos,
    embolism, endometriosis, epilepsy, fever, fibroids, fibromyalgia, fits, flu, fluid on the lung, fracture,
    fractures, frailty, gallstones, gangrene, glaucoma, gonorrhoea, gout, haemophilia, haemorrhage, heart defect, hip
    replacement, knee replacement, kidney transplant, liver transplant, bypass, hole in the heart, kidney stone,
    cardiomyopathy, hallucinations, hay fever, heart attack, heart disease, heart failure, heart murmur, hepatitis,
    hernia, herpes, high blood pressure, hip fracture, hiv, huntington's, huntingtons, hydrocephalus, hypertension,
    hypoglycaemia, hypos, hysterectomy, ibs, incontinence, infection, infertility, influenza, jaundice, kidney
    disease, kidney failure, kidney stones, laryngitis, learning disabilities, learning disability, learning
    difficulties, leprosy, leukaemia, leukemia, lewy body, liver disease, liver failure, long covid, low mood, lupus,
    lymphoma, malaria, malnutrition, mania, mastectomy, measles, melanoma, memory loss, meningitis, mental breakdown,
    mental health problems, mesothelioma, metastases, metastasis, migraine, migraines, miscarriage, mnd, motor neurone
    disease, mrsa, ms, multiple sclerosis, mumps, muscular dystrophy, myeloma, narcolepsy, neuropathy, obesity, ocd,
    osteoporosis, overdose, pacemaker, palsy, panic attacks, paralysis, paranoia, parkinson, parkinson's, parkinsons,
    pcos, pleurisy, pneumonia, pneumothorax, post-natal depression, postnatal depression, pre-eclampsia, pressure
    sore, pressure sores, pressure ulcer, psoriasis, psychosis, ptsd, pulmonary embolism, renal failure, respiratory
    failure, rheumatism, rsv, scabies, scarlet fever, schizophrenia, scoliosis, seizure, seizures, sepsis,
    septicaemia, shingles, sickle cell, skull fracture, sleep apnoea, smear, spina bifida, stillbirth, stoma, stroke,
    subarachnoid, suicidal thoughts, syphilis, tachycardia, tetanus, thalassaemia, thrombosis, thyroid, tia, tinnitus,
    tourette's, tremor, tuberculosis, tumor, tumors, tumour, tumours, ulcer, ulcers, urinary tract infection, uti,
    vertigo, whooping cough, wound infection
    """
)
_ENDINGS = (
    r"(?!diagnosis|prognosis|academia|empathy|sympathy|apathy|diploma|homeopathy|osteopathy|nostalgia|aroma|trophy)"
)
_BY_ENDING = (
    rf"{_ENDINGS}[a-z]{{3,}}(?:itis|osis|oma|aemia|emia|opathy|plegia|ectomy|ostomy|algia|orrhage|rrhoea|penia|phrenia|"
    r"trophy|dynia|apnoea|megaly)"
)
_HEADS = (
    "(?:disease|disorders?|syndrome|failure|fractures?|palsy|deficiency|infections?|cancers?|tumours?|injury|injuries|"
    "allergy|degeneration)"
)
_ANY = r"(?:(?!(?:the|an?|of|and|or|to|in|on|for|with|by|about|that|which|led|is|was|has)\b)[a-z][\w'\-]*\s+){0,3}"
_AND_ITS_KIND = r"(?:\s(?:disease|syndrome|disorder|infection|failure|attack|symptoms|pain)s?\b)?"
CONDITION = rf"(?:{either(CONDITIONS)}|{_BY_ENDING}|{_ANY}{_HEADS})(?!\w|\sof\s(?:luck|genius|the)){_AND_ITS_KIND}"

STATES = phrases(
    """
    alcoholic, anaemic, anorexic, asthmatic, autistic, bedbound, bed-bound, bipolar, brain damaged,
    brain-damaged, comatose, demented, diabetic, dying, epileptic, frail, haemophiliac, hiv positive,
    hiv-positive, housebound, hypertensive, immunosuppressed, immunocompromised, infertile, jaundiced,
    palliative, paralysed, paraplegic, paranoid, pregnant, psychotic, quadriplegic, schizophrenic, septic,
    suicidal, terminally ill, tetraplegic, unconscious, very ill, seriously ill, severely ill, critically ill,
    gravely ill, mentally ill, end of life, end-of-life, sick, disabled, deaf, depressed, blind
    """
)
STATE = either(STATES) + r"(?!\s(?:to|of|by|about|that|at)\b|-)(?!\w)"

HAPPENED = (
    r"(?:(?:sadly\s|then\s|nearly\s|almost\s|suddenly\s|recently\s)?(?:died|collapsed|overdosed|fainted|relapsed|"
    r"miscarried|"
    r"self-harm(?:s|ed)|haemorrhaged|bled\s(?:out|to)|passed\saway|"
    r"(?:has|had)\s(?:died|collapsed|overdosed|relapsed|miscarried|passed\saway)|"
    r"fell\s(?:over|down|out|on|from|in|at)|took\s(?:an\s)?overdose|(?:attempted|committed)\ssuicide|"
    r"(?:killed|hanged|cut|harmed)\s(?:him|her|them)sel(?:f|ves)|tested\spositive|gave\sbirth|lost\s(?:(?:her|the|"
    r"their)\sbaby|"
    r"(?:his|her|their|a|the)\s(?:\w+\s)?(?:leg|foot|arm|hand|eye|sight|vision|hearing|speech|life|memory))|"
    r"(?:broke|fractured|dislocated|sprained|injured|burnt|burned)\s(?:his|her|their|a)\s\w+|(?:has|had)\sbroken\s\w+|"
    r"went\sinto\s(?:labour|cardiac|arrest|hospital)|came\s(?:in|into\s(?:hospital|a&e|clinic))\swith|"
    r"needs\s(?:an?\s)?(?:operation|transplant|surgery|insulin|hoist|amputation|biopsy)|"
    r"had\s(?:an?|his|her|their)\s(?:\w+\s){0,3}(?:fall|operation|transplant|biopsy|scan|mri|ct|x-?ray|bypass|hip|"
    r"amputation|"
    r"abortion|termination|miscarriage|stillbirth|c-section|caesarean|seizure|fit|smear|colonoscopy|endoscopy|"
    r"mammogram)|"
    r"waited\s(?:[\w.]+\s){1,4}(?:in\sa\s?&\s?e|in\saccident|on\sa\strolley|for\s(?:an?\s)?(?:ambulance|bed|scan|"
    r"operation))))\b"
)

DONE_TO = (
    r"(?:(?:re|mis|over|un)?(?:diagnosed|admitted|sectioned|intubated|ventilated|resuscitated|hospitalised|"
    r"hospitalized|sedated|"
    r"catheterised|transfused|medicated|prescribed|dosed|triaged|discharged(?!\s(?:from\s(?:her|his|their)\sdut\w*|as|"
    r"of)\b))|"
    r"operated\son|readmitted|amputated|"
    r"in\s(?:a\scoma|intensive\scare|itu|icu|hospital|a\s?&\s?e|labour|resus|a\shospice|hospice|remission|"
    r"a\swheelchair|a\scare\shome)|"
    r"on\s(?:dialysis|chemo|chemotherapy|insulin|warfarin|oxygen|methadone|lithium|clozapine|antidepressants|"
    r"antipsychotics|steroids|"
    r"antibiotics|our\sward|my\sward|the\sward|ward\s\w+|a\sventilator|life\ssupport|end\sof\slife)|"
    r"given\s(?:(?:the|a|an|too|ten|double)\s)?(?:wrong|much|overdose|times|dose|double|someone)|"
    r"sent\shome|refused\s(?:an?\s|his\s|her\s)?(?:scan|operation|treatment|assessment|appointment|bed|ambulance)|"
    r"(?:seen|treated|nursed|found)\s(?:in|on|at|for|by)\s(?:\w+\s){0,2}(?:clinic|ward|hospital|a\s?&\s?e|hospice|"
    r"ambulance))\b"
)

ON_PAPER = (
    r"(?:scans?|x-?rays?|mri|ct|biops(?:y|ies)|blood\s(?:tests?|results?|pressure)|bloods|ecg|echo|medications?|"
    r"medicines?|prescriptions?|"
    r"allerg(?:y|ies)|diagnos(?:is|es)|prognosis|discharge|admission|chemo|insulin|dose|symptoms?|pregnancy|death|"
    r"overdose|"
    r"mammogram|smear|test\sresults?|hospital|medical|clinical|psychiatric|gp\srecords?|health|treatment|surgery|"
    r"operation|fall)"
)
RECORDS = (
    r"(?:notes?|records?|results?|referral|appointment|letter|summary|care\splan|history|chart|condition|illness|case)"
)

FILLING = words(
    """
    a an the born his her their its been being from of with for as having had has have got living lives suffering
    treated diagnosed misdiagnosed admitted readmitted hospitalised recovering off work sick very severe severely
    severest mild moderate early late onset stage stages type one two three four 1 2 3 4 ii iii iv chronic acute
    advanced aggressive terminal terminally metastatic untreated undiagnosed recurrent bilateral left right bad badly
    second third recent massive major minor suspected possible probable likely history case form kind lot bit some new
    old worsening progressive vascular frontotemporal mixed insulin treatment dependent resistant drug induced
    prostate breast lung bowel kidney renal heart cardiac brain liver skin blood bone cervical ovarian pancreatic
    stomach throat testicular thyroid bladder colon rectal womb oesophageal oral pulmonary deep vein ischaemic
    haemorrhagic viral bacterial post natal postnatal clinical manic borderline personality eating generalised
    gestational rheumatoid psoriatic atrial morbid poor end inoperable incurable rare small large still now also
    already recently sadly currently only just really always never unfortunately dying died survived fighting battling
    under investigation chest urinary hip knee back head spinal both lifelong long term longstanding brittle
    uncontrolled controlled not no and receiving undergoing developed develops contracted caught beat getting gets
    become became feeling registered described classed labelled down treatment-resistant insulin-dependent late-stage
    early-onset young-onset end-stage stage-four long-term
    """
)

IN_OFFICE = words(
    """
    lead leads leader leaders team teams service services programme programmes program strategy strategies charity
    charities expert experts specialist specialists nurse nurses research researcher researchers policy policies
    clinic clinics pathway pathways commission commissioner trial trials tsar champion consultant consultants model
    models tool tools data dataset datasets network networks campaign campaigner campaigners conference unit units
    ward wards group groups awareness prevention detection screening audit audits register registry project projects
    study studies paper papers talk talks work workstream lecture session book report reports review committee fund
    foundation centre centres center institute alliance advocate advocates advisor adviser director directors doctor
    doctors physician surgeon surgeons patients people rates rate statistics figures algorithm algorithms ai app apps
    support society trust uk outcomes background expertise experience interest guideline guidelines portfolio board
    taskforce innovation technology startup company use cases module course training control risk prediction
    predictions classifier chatbot bot software targets plan plans imaging scanner scanners drugs
    """
)
"""Behind a condition they make it somebody's work: a stroke consultant has no stroke."""
