"""What holds of every text: numbers that prove themselves are found anywhere, places are places, and time is linear."""

from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from eventsite.questions.patient_data import CODE_LABELS, Finding, find_incident, find_personal, masked
from eventsite.questions.patient_data.numbers import is_nhs_number

NINE_DIGITS = st.text("0123456789", min_size=9, max_size=9)
GAPS = st.lists(
    st.sampled_from(["", "", " ", "-", ".", "/", "  ", " - ", "\u00a0", "\u2009", "\u2013"]), min_size=9, max_size=9
)
AROUND = st.sampled_from(
    ["", "the ", "for patient ", "NHS ", "see: ", "(", "Is it right that ", "seen on 12/03/2026, "]
)
BEHIND = st.sampled_from(["", ".", "?", ")", " was seen", ", who is next?", " and the 26-27 June event"])
ANYTHING = st.text(
    st.one_of(st.characters(), st.sampled_from("0123456789 .-/@()'ABMrsNHdobat\u200b\uff11\u00a0")), max_size=120
)


def checked(nine: str) -> str | None:
    """Nine digits with the tenth that proves them, if there is one."""
    return next((nine + last for last in "0123456789" if is_nhs_number(nine + last)), None)


def spaced(digits: str, gaps: list[str]) -> str:
    return digits[0] + "".join(gap + digit for gap, digit in zip(gaps, digits[1:], strict=True))


@given(
    NINE_DIGITS, st.sampled_from(["", " ", "-", ".", "/", "  ", " - ", "\u00a0", "\u2009", "\u2013"]), AROUND, BEHIND
)
def test_every_valid_nhs_number_is_found_in_any_spacing_anywhere(nine: str, gap: str, before: str, behind: str) -> None:
    digits = checked(nine)
    if digits is None or digits.startswith("0"):
        return
    for number in (gap.join([digits[:3], digits[3:6], digits[6:]]), gap.join(digits), digits):
        text = f"{before}{number}{behind}"
        found = [finding for finding in find_personal(text) if finding.code == "nhs_number"]
        assert any(one.start == len(before) and one.end == len(before) + len(number) for one in found), text


@given(NINE_DIGITS, GAPS)
def test_mixed_spacing_hides_no_number_that_is_called_one(nine: str, gaps: list[str]) -> None:
    digits = checked(nine)
    if digits is not None and not digits.startswith("0"):
        text = f"NHS number {spaced(digits, gaps)} again"
        assert "nhs_number" in {finding.code for finding in find_personal(text)}


@given(st.text("0123456789", min_size=10, max_size=10), st.sampled_from(["", " ", "-"]), AROUND)
def test_ten_digits_that_do_not_prove_themselves_are_no_nhs_number(digits: str, gap: str, before: str) -> None:
    if not is_nhs_number(digits):
        text = f"{before}{gap.join([digits[:3], digits[3:6], digits[6:]])} there"
        found = {text[one.start : one.end] for one in find_personal(text) if one.code == "nhs_number"}
        assert all(digits != "".join(filter(str.isdigit, words)) for words in found)


@given(ANYTHING)
@settings(max_examples=300)
def test_findings_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    for findings in (find_personal(text), find_incident(text)):
        ends = [0]
        for finding in findings:
            assert ends[-1] <= finding.start < finding.end <= len(text)
            assert finding.code in CODE_LABELS
            ends.append(finding.end)
        covered = masked(text, findings)
        assert len(covered) == len(text)
        assert all(set(covered[one.start : one.end]) == {"█"} for one in findings)
    assert all(finding.code != "incident" for finding in find_personal(text))


def test_places_are_those_of_the_text_as_it_was_given() -> None:
    text = "\u200bMrs  Ada\u00a0Quill\u200b has\u00ad dementia; nhs \uff19\uff14\uff13 476\u200b 5919!"
    found = {finding.code: text[finding.start : finding.end] for finding in find_personal(text)}
    assert found == {
        "named_person": "Mrs  Ada\u00a0Quill",
        "nhs_number": "\uff19\uff14\uff13 476\u200b 5919",
    }


def test_masking_covers_what_was_found_and_nothing_else() -> None:
    text = "Ring 07700 900123 today"
    assert masked(text, find_personal(text)) == "Ring ████████████ today"
    assert masked(text, ()) == text
    assert masked("abc", [Finding(1, 2, "email")]) == "a█c"


def test_a_question_is_read_in_a_few_milliseconds() -> None:
    text = (
        "Mrs Ada Quill, who has dementia (dob 3 May 1938, NHS no 943 476 5919), was seen at SW1A 2AA last week and the "
        "scribe wrote that she was pregnant. Her son rang 07700 900123 and wrote to kate@trust.example because a "
        "patient was harmed when the alert did not fire. How do we make sure that the logs of our supplier stay, who "
        "reads them, and what would the panel say to a trust that has no clinical safety officer at all in 2026?"
    )
    find_personal(text), find_incident(text)
    started = process_time()
    for _ in range(20):
        find_personal(text)
        find_incident(text)
    assert (process_time() - started) / 20 < 0.02
