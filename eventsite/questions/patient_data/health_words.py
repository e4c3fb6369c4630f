"""Words of illness and of care, as people use them of themselves and of those they look after."""

import re

from eventsite.questions.patient_data.ailments import CONDITIONS, IN_OFFICE, STATES
from eventsite.questions.patient_data.phrasebook import Phrasebook, Span, Words
from eventsite.questions.patient_data.wording import words

_ILL = Phrasebook(
    ", ".join(CONDITIONS | STATES)
    + """,
    accident, addict, addicted, addiction, adrenal, agoraphobia, amnesia, amputee, angiogram, angioplasty, aphasia,
    apixaban, arrested in|on, asperger, ataxic, autoimmune, bad back|chest|heart|hip|knees|leg|lungs|nerves,
    bedridden, biopsy, black out|outs, blackout|blackouts, bleed|bleeding|bled, blind in|since, blood
    cancer|poisoning, bone marrow, bowel obstruction|cancer|disease, brain bleed|injury|tumour|damage|surgery,
    breakdown, breast lump|reconstruction, breathless|breathlessness, breathing problems|difficulties|trouble,
    broke|broken|breaks * arm|leg|hip|wrist|ankle|neck|back|pelvis|rib|ribs|collarbone|shoulder, bronchiectasis, burns
    unit, caesarean, callipers, can't|cannot|couldn't walk|see|speak|swallow|breathe|hear|talk|eat, catheter,
    cervical, chest infection|drain, choked|choking, chronic fatigue, cleft lip|palate, club foot, cochlear implant,
    cognitive decline|impairment, colostomy, confused, congenital, contracture|contractures, crutches, cyst|cysts,
    dementing, detained under, detox, degeneration, developmental delay, diabetic, diarrhoea, dialysed, dizzy, double
    incontinence, double vision, down's, dropped foot, drug user|addict, duchenne, dying, dystonia, dystrophy,
    ectopic, emphysema, end stage, faints|fainted|fainting, fell|falls|fallen|falling
    in|on|at|over|down|out|off|again|twice|asleep?, feeding tube, fibrillation, fit|fits|fitting, flashbacks, frozen
    shoulder, gallbladder, gall bladder, gastric band, gender dysphoria, glandular fever, glioblastoma|glioma, going
    blind|deaf, haematoma, half blind|deaf, hard of hearing, harelip, head injury, hears|hearing voices, heart bypass|
    block|condition|rhythm|surgery|trouble|valve|transplant|problem|problems|operation|op, hemiplegia, high
    cholesterol, hip operation|op|done|replaced, hormone|hormones, hospice, hyperemesis, hypo,
    hypothyroid|hypothyroidism, hyperthyroid, ileostomy, immune deficiency, immunotherapy, inhaler|inhalers, insulin
    pump?, iron lung, irregular heartbeat, ivf, keyhole surgery, kidney stone|stones|problems|trouble, knee
    operation|op|replaced|done, labour ward, laryngectomy, lazy eye, learning disabled, leg ulcer|ulcers, life
    support, limp, lithium, liver problems, long-covid, loses|lost * sight|speech|hearing|leg|foot|baby|memory|voice|
    eye|weight|vision|pregnancy|toes|arm|hair, low blood pressure, lumpectomy, lump|lumps, macular, made redundant
    through|by|after illness, manic, marfan, me/cfs, meningitis, menopausal, mental health, methadone, mini
    stroke|strokes, mini-stroke|mini-strokes, mole removed|on, morphine, motor neurone, myalgic, nebuliser, neonatal,
    nervous breakdown, neurodivergent, new heart|hip|kidney|knee|liver|lung|lungs, non-verbal, non-speaking,
    nonverbal, nosebleed|nosebleeds, oedema, old age, on antidepressants|antipsychotics|chemo|dialysis|oxygen|
    steroids|warfarin|clozapine|ventilator, on hormones|insulin|lithium|methadone|morphine|ventilation|remand|
    apixaban|statins|tamoxifen, oxygen at|cylinder|tank|concentrator, pace-maker, pacemaker, paediatric oncology, pain
    clinic, pain|pains in|relief, palliative, palpitations, pancreatic, panic attack|attacks|disorder, partially
    sighted, peg|ng fed|tube, peritonitis, personality disorder, phobia, polio, polyp|polyps, poorly, post-op,
    preeclampsia, larynx, nephritis, amputee, prosthetic|prosthetics|prosthesis, wheelchair-bound, stammering, blood
    group, preemie, pregnancy, pregnant, premature, prem, preterm, prolapse, prostate, psychiatric, pulmonary,
    radiotherapy, rehab, relapse|relapsed|relapses, relapsing, remission, respite, retinopathy, rheumatic, rheumatoid,
    ringing in, scoliosis, screwed? hip, sectioned, seizure, self-harm|self-harmed|self-harming|self-harms, septic,
    severe allergy|asthma|autism|pain|reaction, sheltered housing, sick|ill with|since|again|for, sickle, sight loss,
    sjogren's, skin graft|cancer|grafts, sleeping pills, slipped disc, special school|needs, speech
    impediment|therapy|loss, spinal, squint, stammer, stammers, stent|stents, stillborn, stomach cancer|ulcer,
    stroke|strokes, suicidal, suicide, surgery on|for, swallowing, syncope, tb, terminal, tinnitus, tracheostomy,
    trans, transitioning, transfusion|transfusions, transplant|transplants|transplanted, tremors, triple
    bypass|negative, trisomy, tube feeding|fed, type 1|2|one|two, unable to walk|speak|see, underactive thyroid,
    unresponsive, unwell, valve replacement, varicose, vascular, ventilator, visually impaired, wasting, water
    infection, waters broke, weak heart, wheelchair, wheezing|wheezes|wheezy, whiplash, wound|wounds, x-linked,
    eclampsia, hep b|c, hanged|killed|cut|harmed|harms|hurt|hurting himself|herself, black lung, alcohol|drug
    dependence|dependency|misuse|problem, lame, mute, dependent on, oxygen, younger onset,
    hip|knee|heart|eye|spine|kidney|back|shoulder|bowel operation|op|surgery|transplant|scan, acid reflux, adhd,
    allergic to, allergy|allergies, anaphylactic, anticoagulant|anticoagulants, antidepressant|antidepressants, bad
    fall|turn|reaction, became|become|becomes|getting|got confused|ill|worse|septic|pregnant, blood pressure,
    bowel|liver|lung|kidney|throat|bladder|womb|ovarian|skin trouble|problem|problems|cancer, chest pain|pains,
    died|dies|dying, dead, passed away, killed himself|herself|themselves, took|takes * own life, overdosed,
    collapsed, haemorrhaged, miscarried, aborted, abortion, termination, waiting|waits|waited for|on * heart|kidney|
    liver|lung|hip|knee|transplant|operation|op|scan|biopsy|bed|surgery|diagnosis|chemo, detached retina, diabetic
    eye, drain in, drip, embryo|embryos, fertility, fostering?, gallstone, hallucinating, heart stopped, hiv+,
    incontinent, jaw, kidneys, leg|foot|arm|toe|hand|breast amputated|removed|off, malnourished, memory
    clinic|loss|problems, mri, nil by mouth, on a|the ventilator|drip|section, on end of life, overweight, obese,
    photophobia, pins and needles, potassium, psa, inr, hba1c, egfr, ct, ptsd, rash, restless legs, sats, scarring,
    sciatica, shakes, sore|sores, spasms, sugar|sugars, swelling, swollen, temperature of, tumor, underweight, upper
    gi, vomiting, vulnerable adult, weight loss, weak|weakness down|in|on
    """
)
_CARE = Phrasebook(
    """
    a&e, admission, admitted, ambulance, amputated, anaesthetic, appointment|appointments, assessed, assessment,
    bandage|bandages, bay, bed, bedside, blood test|tests|results, bloods, camhs, care home|plan|worker, carer|carers,
    cared for, caseload, cast, chart, checkup, check-up, clinic|clinics, crisis team, cubicle, dentures, diagnosed,
    diagnosis, diet, dietitian, discharge, discharged, district nurse|nurses, doctor|doctors, dose|doses,
    dressing|dressings, ear|ears, e-consult, endoscopy, examined, eye|eyes, falls alarm|clinic|sensor, feet, frame,
    glasses, glucose, gp, gp's, hearing aid|aids, heart, hip|hips, home oxygen, hospital|hospitals, health, icu,
    injection|injections, intensive care, itu, jab, jabs, kidney, knee|knees, leg|legs, liver, lung|lungs, medication,
    medicine|medicines, meds, memory, midwife|midwives, monitor, notes, nurse|nurses, nursing home, operation, op,
    out-patients, outpatient|outpatients, pads, pain, paramedic|paramedics, patient, pendant, personal alarm,
    pharmacy, physio, physiotherapist, physiotherapy, pill|pills, postnatal, prescribed, prescription|prescriptions,
    pressure, probe, prognosis, psychiatrist, pump, records, recovering, recovery, referral|referred, rehabilitation,
    resident, results, resus, scan|scans, scanned, scar, screened, section, sensor, side room, sight, sleep, smear,
    social worker, specialist, speech, stairlift, surgery, surgeon, symptom|symptoms, tablet|tablets, test results,
    theatre, therapist, therapy, treated, treatment, trolley, ultrasound, virtual ward, voice, walk, walks|walking,
    walker, ward, wards, weight, widow, x-ray|x-rays, birth, baby, twins, womb, died, funeral, death, chest, last
    weeks|days|months, warfarin, metformin, statin|statins, ramipril, methotrexate, tamoxifen, insulin, steroids,
    nicu, scbu, handover, painkillers, antibiotics, sertraline, gabapentin, pregabalin, fentanyl, oxycodone, codeine,
    ibuprofen, aspirin, paracetamol, amoxicillin, penicillin, furosemide, bisoprolol, levothyroxine, ritalin,
    clozapine, olanzapine, quetiapine, prednisolone, omeprazole, hrt, sick note, fit note, 111, 999, blue badge,
    zimmer, stick, hoist, commode, nappies, bandaged, stitches, stitched, urine, stool, skin, throat, spine, nerve,
    nerves, toes, toe, fingers, arm, arms, shoulder, ankle, wrist, teeth, tooth, ovaries, breast, breasts, ashes,
    coffin, grave, ill, illness, disability, therapies
    """
)
_ENDS_AS_ILLNESS = re.compile(
    r"(?!diagnosis|prognosis|academia|diploma|osteopathy|homeopathy|aroma|trophy)[a-z]{3,}(?:itis|osis|oma|aemia|emia|"
    r"opathy|plegia|ectomy|ostomy|algia|orrhage|rrhoea|penia|phrenia|trophy|apnoea|megaly)$"
)
_HEADS = words("disease disorder syndrome palsy deficiency infection cancer tumour injury injuries fracture")
_OWNERS = words("his her whose")
_OF_WORK = IN_OFFICE | words(
    "dashboard dashboards mdt mdts question questions luck of app's care alert alerts bias figures lists"
)


def said_of_illness(text: Words) -> list[Span]:
    """Conditions, operations and states, where they are somebody's and not a model's or a clinic's."""
    spans = [*_ILL.find(text)]
    for word, start, end in text.spans:
        if word in _HEADS or (len(word) > 6 and _ENDS_AS_ILLNESS.match(word)):
            spans.append((start, end))
    after = {start: word.removesuffix("'s") for word, start, _ in text.spans}
    before = {end: word for word, _, end in text.spans}
    return sorted(
        span for span in spans if after.get(span[1] + 1) not in _OF_WORK or _is_owner(before.get(span[0] - 1, ""))
    )


def _is_owner(word: str) -> bool:
    """Whether an illness behind this word is somebody's: her diabetes app, Ada's cancer record."""
    return word in _OWNERS or word.endswith("'s")


def said_of_care(text: Words) -> list[Span]:
    """Words of a hospital, a body or a treatment: they tell of a patient only where somebody's own are meant."""
    return sorted(_CARE.find(text))
