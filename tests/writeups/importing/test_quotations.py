"""Quotations: where they begin and end, which are set by themselves, and who is named as their speaker."""

import re

import pytest

from eventsite.writeups.importing import DraftWriteup, import_file
from eventsite.writeups.importing.marks import find_quotations

CAST = (
    "Lee Quill, chief nurse at Hull Trust, Amy Stone, medical director at York Trust, and Tom Hale, head of digital at "
    "Leeds Trust, spoke. The session was chaired by Una Birch, chief executive of Ripon Trust."
)


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_quotations(text)]


def imported(*paragraphs: str) -> DraftWriteup:
    text = "\n\n".join(["A panel", "HPN Dales, 3 May 2024", "A first paragraph.", "What was said", CAST, *paragraphs])
    return import_file("panel.txt", text.encode())


def spoken(*paragraphs: str) -> list[tuple[str, str]]:
    """Each block quotation of the draft and its speaker."""
    return re.findall(r"^> (.*)\n> — (.*)$", imported(*paragraphs).body, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He said ‘I’m sure it’s so.’ Then", ["‘I’m sure it’s so.’"]),
        ("‘The trusts’ data is the nurses’ work.’", ["‘The trusts’ data is the nurses’ work.’"]),
        ("‘quick wins’ for the trusts’ boards", ["‘quick wins’"]),
        ("‘quick wins’ and then ‘It’s done.’", ["‘quick wins’", "‘It’s done.’"]),
        ("In the ‘90s she said ‘no more.’", ["‘no more.’"]),
        ("“It’s the ‘low hanging’ sort”, she said", ["“It’s the ‘low hanging’ sort”"]),
        ("‘She told me “do it” and I did’", ["‘She told me “do it” and I did’"]),
        ("‘He said ‘no’ to me.’", ["‘He said ‘no’ to me.’"]),
        ("'It's the trusts' data that's poor.'", ["'It's the trusts' data that's poor.'"]),
        ('"We can\'t," he said. "Not yet."', ['"We can\'t,"', '"Not yet."']),
        ("‘robot…’She went on", ["‘robot…’"]),
        ("the trusts’ own, the trusts' own, 5' 6\" tall", []),
        ("‘begun and never ended", []),
        ("ended and never begun.’ or so.”", []),
        ("", []),
    ],
)
def test_marks_are_told_from_apostrophes(text: str, quotations: list[str]) -> None:
    assert found(text) == quotations


def test_a_quotation_is_set_after_the_sentence_that_introduces_it() -> None:
    draft = imported("Lee Quill was plain. “We are late. It’s our own doing.” Nobody laughed.")
    assert draft.body.endswith(
        "Lee Quill was plain.\n\n> “We are late. It’s our own doing.”\n> — Lee Quill\n\nNobody laughed."
    )


@pytest.mark.parametrize(
    ("paragraph", "speaker"),
    [
        ("Amy explained: “It is slow work, all of it.”", "Amy Stone"),
        ("Dr Stone put it bluntly. “It is slow work, all of it.”", "Amy Stone"),
        ("Although she was tired, Amy went on. “It is slow work, all of it.”", "Amy Stone"),
        ("As Lee pointed out, much has changed. He explained, “It is slow work, all of it.”", "Lee Quill"),
        ("Amy thanked Tom for his patience. She added: “It is slow work, all of it.”", "Amy Stone"),
        ("Tom agreed with Amy, admitting, “It is slow work, all of it.”", "Tom Hale"),
        ("As Tom said, it depends, but Amy warned: “It is slow work, all of it.”", "Amy Stone"),
        ("“It is slow work, all of it,” said Amy Stone.", "Amy Stone"),
        ("“It is slow work,” Amy said, “all of it, every day.”", "Amy Stone"),
        ("“Is it slow work, all of it?” asked Tom.", "Tom Hale"),
        ("Amy Stone: “It is slow work, all of it.”", "Amy Stone"),
        ("Our host had the last word. “It is slow work, all of it.”", "Una Birch"),
        ("Amy spoke next. This surprised nobody. “It is slow work, all of it.”", "Amy Stone"),
        ("“Slow,” said Amy, “but it is work, all of it.”", "Amy Stone"),
        ("“It is slow work, all of it.” — Amy Stone, York", "Amy Stone, York"),
        ("“It is slow work, all of it.”\n— Amy Stone", "Amy Stone"),
    ],
)
def test_the_speaker_is_the_one_the_text_names(paragraph: str, speaker: str) -> None:
    assert [name for _, name in spoken(paragraph)] == [speaker]


def test_a_quotation_by_itself_belongs_to_the_paragraph_that_leads_up_to_it() -> None:
    assert spoken("Tom summed it up:", "“It is slow work, all of it.”") == [
        ("“It is slow work, all of it.”", "Tom Hale")
    ]


def test_whom_a_pronoun_means_is_taken_from_the_paragraph_before_and_put_down_to_be_checked() -> None:
    draft = imported("Tom spoke of pilots.", "He added: “It is slow work, all of it.”")
    assert draft.body.endswith("He added:\n\n> “It is slow work, all of it.”\n> — Tom Hale")
    assert [note for note in draft.notes if note.startswith("Check that Tom Hale says this")]


def test_a_pronoun_after_a_paragraph_about_two_people_is_in_doubt() -> None:
    assert spoken("Tom and Amy spoke of pilots.", "He added: “It is slow work, all of it.”") == []


def test_a_heading_in_between_leads_up_to_nothing() -> None:
    assert spoken("Tom summed it up.", "A new section", "“It is slow work, all of it.”") == []


def test_two_quotations_of_one_paragraph_have_each_their_speaker() -> None:
    assert spoken("Lee said, “We were late, all of us.” Amy answered: “It was worth the wait, though.”") == [
        ("“We were late, all of us.”", "Lee Quill"),
        ("“It was worth the wait, though.”", "Amy Stone"),
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Lee and Amy agreed: “It is slow work, all of it, every day.”",
        "A delegate asked Tom Hale: “Is it slow work, all of it, every day?”",
        "“It is slow work, all of it, every day,” said one delegate.",
        "Lee ended with a patient who told him, “It is slow work, all of it, every day.”",
        "Amy said that “it is slow work, all of it, every day”.",
        "The question was simple: “Is it slow work, all of it, every day?”",
        "Amy was there. The audience asked, “Is it slow work, all of it, every day?”",
        "“Is it slow work, all of it, every day?” was the question of the day.",
    ],
)
def test_a_quotation_whose_speaker_is_in_doubt_stays_in_its_paragraph_with_a_note(paragraph: str) -> None:
    draft = imported(paragraph)
    assert draft.body.endswith(paragraph)
    assert [note for note in draft.notes if note.startswith("A quotation was left in its paragraph")]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Lee did identify some ‘low hanging fruit’, which came first.",
        'Amy called it "a polite mutiny" and smiled.',
        "The panel, ‘How do we go on?’, drew a crowd; Lee said so.",
        "Amy said “no” at once.",
    ],
)
def test_a_few_quoted_words_stay_where_they_are_without_a_note(paragraph: str) -> None:
    draft = imported(paragraph)
    assert draft.body.endswith(paragraph)
    assert not [note for note in draft.notes if "quotation" in note]


def test_two_people_of_one_first_name_are_not_mixed_up() -> None:
    other = "Lee Vance, registrar at Selby Trust, spoke too."
    assert spoken(other, "Lee said: “It is slow work, all of it.”") == []
    assert spoken(other, "Lee Vance said: “It is slow work, all of it.”") == [
        ("“It is slow work, all of it.”", "Lee Vance")
    ]


def test_a_block_quotation_of_a_markdown_file_keeps_its_speaker_or_gets_one() -> None:
    said = "> Slow work.\n> — Amy Stone\n\nTom was brief.\n\n> Slow work indeed."
    text = f"# A panel\n\nFirst.\n\n## Said\n\n{CAST}\n\n{said}"
    body = import_file("panel.md", text.encode()).body
    assert "> Slow work.\n> — Amy Stone" in body
    assert "> Slow work indeed.\n> — Tom Hale" in body
