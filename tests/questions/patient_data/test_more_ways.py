"""The many ways people write dates of birth, hospital numbers, diagnoses and incidents, and what only looks alike."""

from time import process_time

import pytest

from eventsite.questions.patient_data import find_incident, find_personal

DATES_OF_BIRTH = [
    ("DOB is 3 May 38", "3 May 38"),
    ("her dob's 03.05.1938", "03.05.1938"),
    ("DOB: 120361", "120361"),
    ("DOB 12-Mar-61", "12-Mar-61"),
    ("d.o.b. (3rd of May '38)", "3rd of May '38"),
    ("born in March 1961 on the 12th", "March 1961 on the 12th"),
    ("born on the 12th in March 1961", "the 12th in March 1961"),
    ("born, he says, on 12 March 1961", "12 March 1961"),
    ("born to a diabetic mother on 3 May 2019", "3 May 2019"),
    ("born by caesarean on 3 May 2019", "3 May 2019"),
    ("born two weeks early, on 3 May 2019", "3 May 2019"),
    ("my nan, b. 1952, got a text", "1952"),
    ("Mrs Quill (b. 1952)", "1952"),
    ("Mrs Quill (born 1952)", "1952"),
    ("year of birth 1952", "1952"),
    ("Year of birth: 1952", "1952"),
    ("her year of birth is 1952", "1952"),
    ("YOB 1952", "1952"),
    ("She was born in 1952 and the model", "1952"),
    ("birth date is May 3 1938", "May 3 1938"),
    ("birthdate: 1938-05-03", "1938-05-03"),
    ("birth: 03/05/1938", "03/05/1938"),
    ("birthday 3 May 1938", "3 May 1938"),
    ("bday 3/5/38", "3/5/38"),
    ("Birthday: 03.05.38", "03.05.38"),
    ("the patient's birthday is on the 3rd of May 1938", "the 3rd of May 1938"),
    ("turned 70 on 4 July", "4 July"),
    ("She turned 70 on 4 July 2026", "4 July 2026"),
    ("he will be 18 on 12/03/2027", "12/03/2027"),
    ("her 80th birthday was on 3 May", "3 May"),
    ("D.o.B. given as 3/5/38", "3/5/38"),
    ("DOB on the letter was 3/5/1938", "3/5/1938"),
    ("date of birth in the summary was wrong: 3/5/1938", "3/5/1938"),
    ("date of birth, which the scribe got wrong, is 3/5/1938", "3/5/1938"),
    ("date of birth came out as 3 May 1983", "3 May 1983"),
    ("date of birth was changed from 3 May 1938 to 5 March 1938", "3 May 1938"),
    ("DOB [03/05/1938]", "03/05/1938"),
    ("3/5/38 is his dob", "3/5/38"),
    ("born 3.v.1938", "3.v.1938"),
    ("born Tuesday 3 May 1938", "3 May 1938"),
    ("DOB Tues 3 May 1938", "3 May 1938"),
    ("date of birth ( DD/MM/YYYY ) 03/05/1938", "03/05/1938"),
    ("dob 3 / 5 / 38", "3 / 5 / 38"),
    ("dob 3May1938", "3May1938"),
    ("dob 1938 May 3", "1938 May 3"),
]
OTHER_DATES = [
    "The trust was born in 1952 out of three hospitals.",
    "People born in 1952 get a letter.",
    "Everyone born in 1952 or later is invited.",
    "Is year of birth enough in 2026?",
    "The NHS turned 70 on 5 July 2018.",
    "The programme turned two on 4 July.",
    "The go-live on 12 March 2026 was late. Why?",
    "Our birthday app went live on 3 May 2026.",
    "Should date of birth be shown? The rule of 3 May 2026 says no.",
    "Which fields: name, date of birth, postcode? Due 12 March 2026.",
    "The ward will be open on 12 March 2027.",
    "The tool will be 2 on 12 March 2027.",
    "The birth unit opened on 3 May 2025.",
    "Tickets will be 25 on 12 March 2027.",
    "Births in 2019 were fewer.",
    "The session of 12 March is full. Is there another on 13 March?",
    "Order of 3 May 2026, invoice of 4 May 2026.",
    "Is a model born in the lab in 2019 still safe?",
    "Version b. 2019 of the form",
]
HOSPITAL_NUMBERS = [
    ("MRN is 4471823", "4471823"),
    ("MRN on the wristband: 4471823", "4471823"),
    ("M.R.N. 4471823", "4471823"),
    ("medical record no. AB-44718", "AB-44718"),
    ("medical record number for her is A44718", "A44718"),
    ("Hospital number on the letter was X123456", "X123456"),
    ("hospital num 884213", "884213"),
    ("hospital # 884213", "884213"),
    ("hosp number: 884 213", "884 213"),
    ("Hosp. No. D00412", "D00412"),
    ("hosp no: RX1-884213", "RX1-884213"),
    ("unit no 00412/77", "00412/77"),
    ("Unit number (Leeds) 884213", "884213"),
    ("case notes number K0012345", "K0012345"),
    ("casenote K0012345", "K0012345"),
    ("case-note number K0012345", "K0012345"),
    ("case note no. for the lady was K0012345", "K0012345"),
    ("patient identifier PT-0098123", "PT-0098123"),
    ("patient id = 98123", "98123"),
    ("patient 0098123 was seen", "0098123"),
    ("PatientID: 0098123", "0098123"),
    ("patient with ID 0098123", "0098123"),
    ("patient with hospital number 0098123", "0098123"),
    ("PAS no. S0012345", "S0012345"),
    ("PAS S0012345", "S0012345"),
    ("PAS ID S0012345", "S0012345"),
    ("RiO number 1234567", "1234567"),
    ("Rio 1234567 was open", "1234567"),
    ("RiO ID: 1234567", "1234567"),
    ("district number 123456A", "123456A"),
    ("K number K123456", "K123456"),
    ("K-number: 1234567", "1234567"),
    ("accession number 26-H-123456", "26-H-123456"),
    ("accession no. RA1234567", "RA1234567"),
    ("NHS number 943 476 5918 was wrong", "943 476 5918"),
    ("NHS no: 9434765918", "9434765918"),
    ("SystmOne number 1234567", "1234567"),
    ("EMIS number 44812", "44812"),
    ("Epic MRN E4471823", "E4471823"),
    ("her number at the hospital is 884213", "884213"),
    ("record number 884213", "884213"),
    ("notes number 884213", "884213"),
    ("Hospital No. that came up was 884213", "884213"),
    ("her hospital number, 884213, was read aloud", "884213"),
    ("hospital number AB 12 34 56", "AB 12 34 56"),
    ("episode number 1234567", "1234567"),
    ("spell number 1234567", "1234567"),
    ("lab number 26B1234567", "26B1234567"),
]
OTHER_NUMBERS = [
    "Order number 884213 has not come.",
    "Ticket number INC0012345 is open.",
    "Is the hospital number enough? Our trust has 12000 staff.",
    "We print the hospital number on 50000 wristbands.",
    "The unit number of beds is 1200 now.",
    "How does the hospital number move in 2026?",
    "Every patient identifier was checked in 2025.",
    "We hold a patient ID for 400000 people.",
    "Our hospital saw 123456 patients.",
    "Purchase order 4500012345 for the hospital",
    "The tender reference is C123456.",
    "ISO 13485 and IEC 62304: which applies?",
    "DCB0129 and DCB0160",
    "The unit cost is 12500 pounds",
    "RiO 2000 users",
    "PAS 2035 and PAS 1296 are standards",
    "Grant number NIHR203456 paid for it",
    "Case numbers rose by 12000 in a year",
    "The case note project scanned 250000 pages",
    "Is MRN matching 99.5 per cent right?",
]
NAMED = [
    "We told Nina Kapoor that the mole was melanoma.",
    "The app told Nina Kapoor about the lump in her breast.",
    "The bot informed Tom Bradley of his diabetes.",
    "The letter told Mr Osman that the scan showed a tumour.",
    "The AI wrote to Kate Doyle that her biopsy was positive.",
    "Did nobody tell Nina Kapoor the result was cancer?",
    "Someone texted Nina Kapoor that it was cancer.",
    "Peter Dunn heard from a chatbot that he had leukaemia.",
    "Nina Kapoor was told that the mole was melanoma.",
    "Nina Kapoor was told by the app that it is melanoma.",
    "Mr Osman was told he might have dementia.",
    "Nina Kapoor found out about her cancer from the app.",
    "The scribe said Nina Kapoor had a stroke.",
]
NOBODY = [
    "Nina Kapoor told us that the melanoma model is good.",
    "We told Nina Kapoor about the cancer pathway.",
    "We told Nina Kapoor that the session on dementia is full.",
    "Lee Rickles was told that the diabetes dashboard works.",
    "Will somebody tell Wes Streeting that cancer waits matter?",
    "Could the panel tell Dr Patel about the stroke model?",
    "Jacqui Cooper was told about the melanoma app.",
    "We told Jacqui Cooper that melanoma models fail on dark skin.",
    "Conditions such as melanoma are told to people by an app. Is that right?",
]
INCIDENTS = [
    "Three died on our ward last week because the alarm was off.",
    "Two died here because the bleep failed.",
    "The scribe wrote the wrong dose and nobody noticed until she collapsed.",
    "The wrong dose was given and nobody noticed.",
    "We were told not to report it.",
    "I was told to say nothing about the error.",
    "We are covering up a breach right now.",
    "We have been covering up a data breach.",
    "Someone was given insulin twice because of the AI yesterday.",
    "She was given the wrong drug last night.",
    "He was sent home by the bot and died.",
    "Our trust is hiding the failure of the tool.",
    "The trust is hiding it.",
    "I saw staff falsify the log.",
    "I watched my manager delete the incident.",
    "I have seen nurses alter the notes.",
    "I caught the supplier editing the log.",
    "My colleague is being bullied for speaking up.",
    "A nurse on our team was sacked for raising it.",
    "I lost my job after I reported the tool.",
    "They made me sign a gagging clause after I spoke up.",
    "The alert did not fire and he died.",
    "The pump ran ten times too fast and she arrested.",
    "The AI missed the bleed and he died on Sunday.",
    "The chatbot sent him home and he died.",
    "We lost a patient last night because the system was down.",
    "We nearly killed someone yesterday.",
    "Insulin was given twice on our ward last night.",
    "My mum nearly died because the triage bot sent her home.",
    "Nobody has reported the death on our ward.",
    "Patient records are being sold to a vendor.",
    "The logs were wiped before the inspection.",
    "Logs are being deleted to hide it.",
    "The board knows that the tool harms patients and does nothing.",
    "Records have been altered after the death.",
    "There was a death on our ward last week.",
]
IN_GENERAL = [
    "How many died because of the alarm?",
    "Would anybody notice if the scribe wrote the wrong dose?",
    "What if the scribe writes the wrong dose and nobody notices until she collapses?",
    "Do logs get deleted after a year?",
    "Are records being sold?",
    "The logs are deleted after 90 days. Is that right?",
    "Who is told when someone is given insulin twice?",
    "Can you see staff falsify the log?",
    "Could a trust be hiding failures?",
    "How do we protect colleagues who are bullied for speaking up?",
    "Have you ever seen staff falsify a log?",
    "How do you stop trusts from covering up a breach?",
    "Two died in a 2018 study because of an alarm.",
    "The project died last year because the money ran out.",
    "Three pilots died on our ward because nobody used them.",
    "She was given an award last night.",
    "I saw staff use the log well.",
    "The wrong slides were given out yesterday.",
    "We lost a patient safety lead last month.",
    "We lost a patient list last week in the migration.",
    "The app sent him home with a leaflet. Is that good practice?",
    "Is the death of the fax machine near?",
    "What should happen after a death on a ward?",
    "The tool did not fire an alert and we fixed it.",
    "My battery died yesterday and the scribe stopped.",
    "Where do incidents on our ward go?",
    "Our team was given too much work this week.",
    "They were given the wrong slides.",
    "Someone was given access twice.",
    "Our server was slow and died.",
    "We are hiding the button in the app.",
    "I saw the scribe edit the notes.",
]


@pytest.mark.parametrize(("text", "date"), DATES_OF_BIRTH)
def test_a_date_of_birth_is_marked_however_it_is_written(text: str, date: str) -> None:
    assert date in {text[one.start : one.end] for one in find_personal(text) if one.code == "date_of_birth"}


@pytest.mark.parametrize(("text", "number"), HOSPITAL_NUMBERS)
def test_a_hospital_number_is_marked_whatever_it_is_called(text: str, number: str) -> None:
    assert number in {text[one.start : one.end] for one in find_personal(text) if one.code == "hospital_number"}


@pytest.mark.parametrize("text", NAMED)
def test_a_person_told_of_a_diagnosis_is_named(text: str) -> None:
    assert "named_person" in {one.code for one in find_personal(text)}


@pytest.mark.parametrize("text", [*OTHER_DATES, *OTHER_NUMBERS, *NOBODY])
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert find_personal(text) == ()


@pytest.mark.parametrize("text", INCIDENTS)
def test_an_incident_is_heard_without_the_word_patient(text: str) -> None:
    assert find_incident(text)


@pytest.mark.parametrize("text", IN_GENERAL)
def test_what_is_asked_in_general_tells_of_no_incident(text: str) -> None:
    assert find_incident(text) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "born ",
        "dob is ",
        "birthday on ",
        "MRN of ",
        "hospital number on the ",
        "told Nina Kapoor that the ",
        "Nina Kapoor was told by the ",
        "the alert did not ",
        "the and ",
        "we saw the ",
        "the records ",
        "turned 70 on ",
        "MRN (a ",
        "12 March ",
        "the board knows ",
        "dob, a",
        "1 ",
        "a-",
        "dob-",
        "born a-",
        "it's ",
        "he was and ",
        "a",
    ],
)
def test_a_long_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    text = (piece * 16_000)[:16_000]
    started = process_time()
    find_personal(text), find_incident(text)
    assert process_time() - started < 2
