"""Hospital numbers under labels that are seldom used, and numbers of other things."""

import pytest

from eventsite.questions.patient_data import find_personal

NUMBERED = [
    "Case 91-0467 is the one.",
    "My old notes, folder 44/19823, went missing.",
    "Her wristband said R4471920 and the screen R4471902.",
    "The letter for S0072617B went to me.",
    "Filed under MR-6095214 by the bot.",
    "Patient with case T-20417 gave consent.",
    "my clinic number is 5512093",
    "registration no. 00718832 at the children's hospital",
    "the barcode on her band, D7712093, would not scan",
    "Encounter 20018823 was closed by the bot",
    "visit number 7721008",
    "ID band 3318820",
    "my number at the Royal is 771-2093",
    "maternity number MB12093",
    "study number 0391-22 in the trial",
    "CHI 0305381234",
    "Hospital number (old) 221 09 83, (new) 8812093",
    "MRN#0044182",
    "patient no 5510-22",
    "trust ID 8827113",
]
OF_OTHER_THINGS = [
    "Practice F84117 here.",
    "Case studies from 2019-20 are old.",
    "In case 12 beds close, who decides?",
    "The file 2024/25 of accounts",
    "Ward 7B has 28 patients.",
    "Study 2 of 3 found nothing.",
    "Order 6786843353 for 40 licences",
    "A regulation 28 report",
    "IEC 82304-1 and DCB0129",
]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_number_is_a_hospitals_by_its_label_or_its_shape(text: str) -> None:
    assert "hospital_number" in {one.code for one in find_personal(text)}


@pytest.mark.parametrize("text", OF_OTHER_THINGS)
def test_numbers_of_other_things_are_left_alone(text: str) -> None:
    assert find_personal(text) == ()
