"""Write-ups of four more shapes: what is recognised in each, and that every word is kept in its place."""

import re
from datetime import date
from itertools import pairwise

import pytest

from eventsite.writeups.importing import DraftWriteup, import_file
from eventsite.writeups.markdown import render
from tests.writeups.documents import document, picture
from tests.writeups.reading import SAMPLES, text_of, text_of_draft, words


def sample(name: str) -> DraftWriteup:
    return import_file(name, (SAMPLES / name).read_bytes())


def figures(draft: DraftWriteup) -> list[tuple[str, str]]:
    """The first words of each quotation and its speaker."""
    found = re.findall(
        r"<blockquote>\n<p>(.*?)</p>.*?<figcaption>— (.*?)</figcaption>", render(draft.body).html, re.DOTALL
    )
    return [(" ".join(said.split()[:4]), speaker) for said, speaker in found]


def people(draft: DraftWriteup) -> list[tuple[str, str, str, str]]:
    return [(person.name, person.job_title, person.organisation, person.part) for person in draft.panellists]


def sections(draft: DraftWriteup) -> list[str]:
    return [heading.text for heading in render(draft.body).headings]


def test_straight_quotes_with_apostrophes_and_speakers_before_after_and_between() -> None:
    draft = sample("straight-quotes.txt")
    assert (draft.event_name, draft.event_dates) == ("HPN Coast", (date(2024, 9, 12), date(2024, 9, 12)))
    assert figures(draft) == [
        ('"The printer is the', "Ines Okafor"),
        ("\"We'd been told it", "Rhys Talbot"),
        ("'It's the nurses' time", "Ines Okafor"),
        ('"Nobody ever wrote a', "Rhys Talbot"),
    ]
    assert people(draft) == [
        ("Ines Okafor", "Chief Nursing Information Officer", "Seaford General Hospitals NHS Trust", "panellist"),
        ("Rhys Talbot", "ward manager", "Seaford General", "panellist"),
    ]
    assert sections(draft) == ["The morning nobody printed", "What the porters' rota showed", "Come to the next one"]
    assert "- tell the porters' phones apart." in draft.body
    assert "<https://hpn.example.org/interest>" in draft.body


def test_a_question_put_to_a_panellist_is_not_given_to_that_panellist() -> None:
    draft = sample("straight-quotes.txt")
    assert (
        'asked Rhys Talbot: "What happens when the network goes down at three in the morning?" He laughed' in draft.body
    )
    assert [note for note in draft.notes if "not certain who says it" in note and "What happens when" in note]


def test_no_quotations_but_tables_and_numbered_lists_in_markdown() -> None:
    draft = sample("no-quotations.md")
    assert (draft.title, draft.event_line) == ("Five trusts, one record", "HPN Dales, 3 to 4 October 2024")
    assert figures(draft) == []
    assert people(draft) == [
        ("Moira Lindqvist", "Programme Director", "Dales Integrated Care Board", "chair"),
        ("Tobias Achebe", "Chief Technology Officer", "Upper Valley NHS Foundation Trust", "panellist"),
    ]
    assert "1. Agree on one list of organisations.\n2. Agree on one list of people.\n   - staff first" in draft.body
    assert "| Upper Valley | 14 | 1,900 |" in draft.body
    assert [(heading.text, heading.level) for heading in render(draft.body).headings][-2:] == [
        ("Where the weeks went", 3),
        ("Take part", 2),
    ]
    assert "[the programme's page](https://dales.example.org/record)" in draft.body
    assert draft.notes == ()


def test_two_chairs_in_a_text_wrapped_at_a_margin() -> None:
    draft = sample("two-chairs.txt")
    assert draft.title == "Who signs for the machine?"
    assert (draft.event_name, draft.event_dates) == ("HPN Fens", (date(2025, 2, 20), date(2025, 2, 21)))
    assert draft.standfirst.startswith("If an algorithm drafts")
    assert draft.standfirst.endswith("had brought along.")
    assert draft.header_alt == "two people at a lectern, one of them laughing"
    assert people(draft) == [
        ("Dr Adaeze Whitlock", "Medical Director", "Fenland Hospitals NHS Trust", "chair"),
        ("Piotr Lang", "chief clinical information officer", "Isle of Ely Community Health", "chair"),
        ("Sunniva Marsh", "clinical safety officer", "Breckland NHS Foundation Trust", "panellist"),
        ("Gideon Hale", "patient representative", "", "panellist"),
    ]
    assert figures(draft) == [
        ("“I have signed letters", "Dr Adaeze Whitlock"),
        ("“It didn’t make us,", "Piotr Lang"),
        ("“A hazard log is", "Sunniva Marsh"),
        ("“You never asked me.”", "Gideon Hale"),
    ]
    assert "1. Who tells the patient?\n2. Who tells the coroner?" in draft.body
    assert sections(draft)[-1] == "STAY IN TOUCH"


def test_headings_by_bold_lines_in_a_page_saved_from_elsewhere() -> None:
    draft = sample("bold-headings.html")
    assert (draft.title, draft.event_name) == ("Small models, large hospitals", "HPN Weald")
    assert draft.event_dates == (date(2024, 11, 6), date(2024, 11, 7))
    assert sections(draft) == ["Counting what it costs", "What the small ones cannot do", "Join us"]
    assert figures(draft) == [("“Last year we spent", "Beatriz Novak"), ("“They can’t tell a", "Callum Ferreira")]
    assert people(draft) == [
        ("Beatriz Novak", "Director of Digital", "Weald University Hospitals", "chair"),
        ("Callum Ferreira", "head of analytics", "High Weald Integrated Care Board", "panellist"),
    ]
    assert "- one for letters,\n  - in English\n  - in Welsh\n- one for `SNOMED` codes." in draft.body
    assert "3. Third\n4. Fourth" in draft.body
    assert draft.header is not None
    assert draft.header_alt == "A panel of three under a clock"


def test_nothing_that_runs_comes_along_from_a_page() -> None:
    html = render(sample("bold-headings.html").body).html
    assert not re.search(r"script|alert|onclick|iframe|javascript|style|evil", html)
    assert '<a href="https://weald.example.org/models">a table</a>' in html


@pytest.mark.parametrize("name", ["straight-quotes.txt", "two-chairs.txt"])
def test_every_word_of_a_text_is_kept_in_its_order_and_byte_for_byte(name: str) -> None:
    source = (SAMPLES / name).read_text()
    draft = sample(name)
    written = "\n".join([draft.title, draft.event_line, draft.body.replace("> — ", "")])
    assert sorted(words(text_of_draft(draft))) == sorted(words(re.sub(r"^\[.*\]|— Gideon Hale", "", source)))
    for quotation in re.findall(r"“[^“”]*”|\"[^\"]*\"", source):
        assert " ".join(quotation.split()) in written


def test_the_order_of_the_words_is_that_of_the_text() -> None:
    draft = sample("straight-quotes.txt")
    assert words(text_of_draft(draft)) == words((SAMPLES / "straight-quotes.txt").read_text())


def test_a_document_with_bold_lines_a_table_two_pictures_and_a_numbered_list() -> None:
    draft = import_file(
        "panel.docx",
        document(
            [
                ("bold", "Beds, boards and bots"),
                ("", "HPN Tyne, 4 February 2025"),
                ("", "A panel on bed management, told from the corridor."),
                ("picture", ""),
                ("bold", "What was promised"),
                ("List Number", "Fewer calls"),
                ("List Number", "Shorter waits"),
                ("table", "Trust|Beds\nTyneside|900"),
                ("picture", ""),
                ("bold", "What came"),
                (
                    "",
                    "Oona Brandt (chief operating officer, Tyneside NHS Trust) was brief: “We got quieter corridors.”",
                ),
            ],
            pictures=[picture("teal"), picture("gold")],
            alt="A corridor",
        ),
    )
    assert draft.title == "Beds, boards and bots"
    assert sections(draft) == ["What was promised", "What came"]
    assert "1. Fewer calls\n2. Shorter waits" in draft.body
    assert "| Tyneside | 900 |" in draft.body
    assert [(shown.is_header, shown.content) for shown in draft.pictures] == [
        (True, picture("teal")),
        (False, picture("gold")),
    ]
    assert figures(draft) == [("“We got quieter corridors.”", "Oona Brandt")]
    placed = draft.body_with({draft.pictures[1].placeholder: "/pictures/0a1b.webp"})
    assert '<img src="/pictures/0a1b.webp" alt="A corridor" loading="lazy">' in render(placed).html
    assert "<img" not in render(draft.body).html


def test_sections_keep_their_order() -> None:
    body = text_of(render(sample("bold-headings.html").body).html)
    places = [body.index(name) for name in sections(sample("bold-headings.html"))]
    assert all(first < second for first, second in pairwise(places))
