"""Dates of birth in every notation and turn of phrase, and the dates of everything else."""

import pytest

from eventsite.questions.patient_data import find_personal

BORN = [
    "She came into the world on 4 July 1951 and still cycles.",
    "My dob's the third of the fifth thirty-eight, will voice AI get it?",
    "Born Christmas Day 1948, always forgotten by birthday bots.",
    "Turning ninety on Sunday 3 May, mum wants no app.",
    "Dad would have been 80 on 12 March.",
    "I'm 54 (3/5/1970) and never had a health check.",
    "F54, 3/5/1970, chest pain.",
    "Birth certificate says 2 Feb 1960; the system says 2 Jan 1960.",
    "Hatched 7/8/69 and proud, but the app wants ID.",
    "dd/mm/yyyy: 05/11/1962 is mine.",
    "DOB (on the wristband) 5-Nov-62, on the screen 11-May-62.",
    "My baby son arrived 12/11/2025, when does he get an NHS login?",
    "Our daughter (born 14/02/2024) was called by the bot at 3am.",
    "date of birth given over the phone as the tenth of June nineteen fifty two",
    "I share a birthday with the NHS, 5 July 1948, do I get a free scan?",
    "born on bonfire night 1971 in Leeds",
    "her d.o.b. which is 30 November '44 is wrong on four systems",
    "D.O.B - 01.01.50 (nobody knows the real one)",
    "he's a leap year baby, 29 February 1956",
    "I was born in Lagos, on the 2nd of October 1963, and the drop-down has no Lagos.",
    "date of birth 3rd Mar, 1999",
    "was born 12.06.2001 and is now too old for CAMHS",
    "date of birth=1944-12-01",
    "Please check 14 Apr 1983 / NHS 943 476 5919 / LS1 4AP.",
    "Her details are 14.4.83, 943 476 5919.",
    "The twins were born on 1st January 2026 at two minutes to midnight.",
    "My date of birth, 9 September 1939, makes me older than your database.",
    "Year of birth: 1931.",
    "YOB 1931",
    "Patient b 3/4/52",
    "(*3.4.1952 Dresden)",
    "Geburtsdatum 3.4.1952 on my card from Germany",
    "mum's birthday is 6th June, she'll be 91",
    "She turned 100 on the 3rd of May and got a card from the King.",
    "celebrated her 90th on 4 July with a fall",
    "bday: Aug 3rd 1977",
    "b'day 3 Aug 77",
    "my birthdate (17-03-1966) was typed as 17-03-1996",
    "DOB 17/03/66 or was it 17/03/96?",
    "date of birth wrongly entered: 11th December 1955, correct: 12th November 1955",
    "DOB 7 o'clock on 3 May 1961",
    "3rd May 1961 is when I was born",
    "17/03/1966 F",
    "17 March 1966, male, smoker",
    "the one born 17/03/1966, not the one born 17/03/1996",
    "I was born on a Tuesday, 17 March 1966",
    "Born: Mar. 17th, 1966",
    "D.o.B. 17Mar1966",
    "D/O/B 170366",
]
NOBODY_WAS_BORN = [
    "The standard dated 1 May 2018 is old.",
    "Since 25 May 2018 GDPR applies to dates of birth too.",
    "Our trust was founded on 1 April 1993, does it need DTAC?",
    "A rule from 1 January 2001 sets the age.",
    "Babies born after 1 September 2024 get the RSV jab.",
    "The date of birth field was added on 3 May 2010 to the form.",
    "Was date of birth dropped from the dataset of 2012?",
    "Version 1.2.10 of the app shows dates of birth twice.",
    "On 11 September 2001 nobody had a phone like this.",
    "WannaCry struck on 12 May 2017. NHS number 943 476 5919 was lost then.",
    "The panel is on 26 June 2026, my trust is 30 on 1 April.",
    "Our hospital turns 100 on 3 May 2026.",
    "The pilot was two on 4 July.",
    "Guidance of 14 Feb 2011, revised 2 Mar 2013, is it current?",
    "Deliveries on 25 December 2015 were high.",
    "The birthday card bot goes live on 1 June 2026.",
]


@pytest.mark.parametrize("text", BORN)
def test_a_date_is_a_birth_by_what_stands_around_it(text: str) -> None:
    assert "date_of_birth" in {one.code for one in find_personal(text)}


@pytest.mark.parametrize("text", NOBODY_WAS_BORN)
def test_dates_of_things_are_no_births(text: str) -> None:
    assert "date_of_birth" not in {one.code for one in find_personal(text)}
