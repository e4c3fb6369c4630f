"""Dates of birth: said to be one or shaped like one; and the dates of everything else."""

import pytest

from eventsite.questions.patient_data import find_personal

BORN = [
    "DOB 3 May 38",
    "born on 12/03/1961",
    "d.o.b. 12.03.61",
    "D.O.B: 3rd of May, 1938",
    "date of birth 1961-03-12",
    "Date of birth: 12 03 1961",
    "DoB - 3-May-1938",
    "dob=03051938",
    "dob 030538",
    "aged 84, born 3 May 1938",
    "She was born in Leeds on 3 May 1938 and",
    "(b. 3/5/1938)",
    "The patient (12/03/1961) was seen",
    "F, 12/03/61, chest pain",
    "male 03/05/1938 with stroke",
    "His birthday is 3 May 1938.",
    "Her date of birth (as given by her son) was 3 May 38",
    "My mother's birthday, 3 May 1938, was wrong",
    "birth date 12/3/1961",
    "date-of-birth May 3rd, 1938",
    "born the third of May 1938",
    "born on the twenty-first of June nineteen thirty-eight",
    "12/03/1961 (DOB)",
    "3 May 1938 is her date of birth",
    "He was born 05/26/1971 in the US",
    "born at St Mary's, 3 May '38",
    "born: 12th March 1990",
    "Mrs Quill, 3 May 1938, was told",
    "DOB \uff11\uff12/\uff10\uff13/\uff11\uff19\uff16\uff11",
    "dob 12\u201303\u20131961",
    "date of birth of 3 March 2019",
    "a baby born on 4 April 2025 was missed",
    "My daughter was born on 4 Apr 2025",
    "D O B 12 3 61",
    "DOB: 1938",
    "born in March 1938",
    "NHS no and date of birth: 12/3/61",
    "dob12/03/1961",
    "DOB:12/03/1961",
    "Date Of Birth is recorded as 12/03/1961",
    "dob (12/03/1961)",
    "Patient born 12.3.1961",
    "ptn b. 12.03.61",
    "date of birth\n12/03/1961",
    "born 1 Jan 2001",
    "born Sept 4 1977",
    "born 4 Sept. 1977",
    '"dob": "1977-09-04"',
]
NOBODY_WAS_BORN = [
    "The NHS was born on 5 July 1948.",
    "26-27 June",
    "6-7 March 2025",
    "26 and 27 June 2025",
    "Since 5 February 2026 suppliers are in scope",
    "The Act of 25 May 2018 came into force",
    "Is the session on 12/03/2026 full?",
    "12/03/2026 10:30",
    "Published 12/03/2014",
    "since 12/03/1999",
    "as of 1 April 2013 CCGs",
    "version 1.2.2010",
    "babies born after 1 May 2026",
    "Patients born before 1 January 1960",
    "people born between 1 April and 30 June 2026",
    "children born on or after 1 September 2020",
    "Is date of birth enough to match two records?",
    "How do you match date of birth by 26 June 2026?",
    "Do we store date of birth in 2026?",
    "Was the idea born in March 2020?",
    "The NHS's birthday is 5 July",
    "FHIR 4.0.1 or R5",
    "ISO 13485:2016",
    "10/10 would attend",
    "24/7",
    "5/6 of users",
    "9.30-10.45",
    "1/2/3 tier",
    "Since 1948",
    "On 5 July 1948 she said the NHS",
    "the 2024-25 accounts",
    "DOB and NHS number for 505,000 staff",
    "26/06/25",
    "Windows 11.0.22000",
    "dates of birth are missing in 12 of 300 records",
    "born digital records from 2010",
    "The meeting of 3 May 2026, Mrs Cooper chairs",
    "born in Leeds",
    "The tool was born out of the 12/12 campaign",
    "AI was born in the summer of 1956",
    "He was appointed on 3 May 2010",
    "She retires on 3 May 2027",
    "The patient was seen on 3 May 2026",
    "The patient was admitted 12/03/2026",
    "192.168.2001",
    "Score 12-10-2 ",
]


@pytest.mark.parametrize("text", BORN)
def test_a_date_of_birth_is_found(text: str) -> None:
    assert "date_of_birth" in {finding.code for finding in find_personal(text)}


@pytest.mark.parametrize("text", NOBODY_WAS_BORN)
def test_dates_of_events_and_things_are_left_alone(text: str) -> None:
    assert find_personal(text) == ()


def test_the_date_alone_is_marked() -> None:
    text = "Her date of birth (as her son gave it) was the 3rd of May 1938, not later."
    [finding] = find_personal(text)
    assert text[finding.start : finding.end] == "3rd of May 1938"
