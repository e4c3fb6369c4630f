"""The people of a panel: names, posts and organisations as the text gives them, and who was in the chair."""

import pytest

from eventsite.writeups.importing.people import find_people, is_credit


def people(text: str) -> list[tuple[str, str, str]]:
    return [(person.name, person.job_title, person.organisation) for person in find_people([text]).everyone]


def chairs(text: str) -> list[str]:
    return [person.name for person in find_people([text]).everyone if person.part == "chair"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ann Lee, Chief Nurse at Hull Trust spoke of it", ("Ann Lee", "Chief Nurse", "Hull Trust")),
        ("Ann Lee, chief nurse at the Hull Trust, said", ("Ann Lee", "chief nurse", "Hull Trust")),
        ("Our host, Ann Lee, Chief Nurse, Hull Trust kicked off", ("Ann Lee", "Chief Nurse", "Hull Trust")),
        ("Ann Lee (Chief Nurse, Hull Trust) said", ("Ann Lee", "Chief Nurse", "Hull Trust")),
        ("Ann Lee – Chief Nurse, Hull Trust", ("Ann Lee", "Chief Nurse", "Hull Trust")),
        ("Ann Lee, who is chief nurse at Hull Trust, said", ("Ann Lee", "chief nurse", "Hull Trust")),
        ("Ann Lee, Medical Director of York Trust, said", ("Ann Lee", "Medical Director", "York Trust")),
        (
            "Ann Lee, Director of Nursing and Care, York Trust",
            ("Ann Lee", "Director of Nursing and Care", "York Trust"),
        ),
        ("Ann Lee, Director of Digital Health, said", ("Ann Lee", "Director of Digital Health", "")),
        ("Chief nurse Ann Lee of Hull Trust said", ("Ann Lee", "Chief nurse", "Hull Trust")),
        (
            "“xx,” said Ann Lee, head of AI at Guy’s and St Thomas’ NHS Foundation Trust.",
            ("Ann Lee", "head of AI", "Guy’s and St Thomas’ NHS Foundation Trust"),
        ),
        (
            "Dr Zoë O’Neill-Ångström, GP, St. James’s Surgery, said",
            ("Dr Zoë O’Neill-Ångström", "GP", "St. James’s Surgery"),
        ),
        ("Mo Khan, Chair of Leeds ICB, said", ("Mo Khan", "Chair", "Leeds ICB")),
        ("Ann Lee said so.", ("Ann Lee", "", "")),
    ],
)
def test_a_person_is_read_with_post_and_organisation(text: str, person: tuple[str, str, str]) -> None:
    assert people(text) == [person]


def test_a_row_of_people_is_read_one_by_one() -> None:
    text = "With Ann Lee, chief nurse at Hull Trust, Mo Khan, registrar, and Jo van der Berg (patient representative)."
    assert people(text) == [
        ("Ann Lee", "chief nurse", "Hull Trust"),
        ("Mo Khan", "registrar", ""),
        ("Jo van der Berg", "patient representative", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "NHS Greater Manchester also praised it.",
        "Microsoft Copilot said so.",
        "In March Digital Health argued for it.",
        "The Chief Nurse said no.",
        "Health Innovation Manchester explained it.",
        "Thank you, and come again.",
    ],
)
def test_organisations_products_and_posts_are_no_people(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "It was chaired by Ann Lee, nurse at Hull, and Mo Khan, GP at York, with Jo Berg, GP at Selby.",
            ["Ann Lee", "Mo Khan"],
        ),
        ("Co-chairs Ann Lee and Mo Khan opened. Jo Berg, GP, spoke.", ["Ann Lee", "Mo Khan"]),
        ("Chairs: Ann Lee, GP, Hull Trust; Mo Khan (GP, York Trust)", ["Ann Lee", "Mo Khan"]),
        ("Our panel host, Ann Lee, GP, Hull Trust began. Mo Khan, GP, followed.", ["Ann Lee"]),
        ("Ann Lee, GP at Hull Trust, who chaired the panel, and Mo Khan, GP, spoke.", ["Ann Lee"]),
        ("Ann Lee, GP at Hull, and Mo Khan, GP at York, co-chaired the debate.", ["Ann Lee", "Mo Khan"]),
        ("Ann Lee was in the chair. Mo Khan said so.", ["Ann Lee"]),
        ("Panel: Ann Lee (chair), GP at Hull; Mo Khan, GP at York", ["Ann Lee"]),
        ("The chair asked Ann Lee, GP at Hull, about it.", []),
        ("Ann Lee, chair of the session, spoke.", ["Ann Lee"]),
        ("Ann Lee, Chair of Leeds ICB, spoke.", []),
    ],
)
def test_who_was_in_the_chair(text: str, names: list[str]) -> None:
    assert chairs(text) == names


def test_what_is_said_of_a_person_in_several_places_is_put_together() -> None:
    found = find_people(["Ann Lee chaired the panel.", "Dr Ann Lee, GP at Hull Trust, spoke.", "Ann Lee, nurse, left."])
    assert [(person.name, person.job_title, person.organisation, person.part) for person in found.everyone] == [
        ("Ann Lee", "GP", "Hull Trust", "chair"),
    ]


@pytest.mark.parametrize(
    "line", ["Chair: Ann Lee", "Ann Lee, Chief Nurse, Hull Trust", "By Jo Berg", "Panellists: a, b"]
)
def test_a_line_that_names_people_is_no_heading(line: str) -> None:
    assert is_credit(line)


@pytest.mark.parametrize(
    "line", ["Corporate AI: full of potential", "Trust, safety and pace", "By the numbers", "Ann Lee’s plan"]
)
def test_a_heading_is_no_line_of_names(line: str) -> None:
    assert not is_credit(line)
