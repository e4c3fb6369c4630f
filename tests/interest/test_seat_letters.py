"""The letters about seats: the same facts and links in text and HTML, and what to do if it is otherwise."""

import re
from collections.abc import Callable
from html import unescape

import pytest

from eventsite.interest import seat_letters
from eventsite.interest.seat_letters import Booking
from eventsite.mail.letters import Letter
from eventsite.people.services import KnownPerson
from eventsite.stationery import Stationery
from tests.factories import make_event, make_session

Write = Callable[[Booking, Stationery], Letter]
LETTERS: list[Write] = [
    seat_letters.seat_taken,
    seat_letters.seat_passed_on,
    seat_letters.seat_waitlisted,
    seat_letters.seat_given_up,
    seat_letters.seat_mail_stopped,
    seat_letters.seat_lost,
]
ANN = KnownPerson("0123456789abcdef", "ann@trust.example", "Ann Archer", 0, is_new=False)
FACTS = (
    "Saturday 26 June 2027, 9:30am to 10:45am (UK time)",
    "Hall 1, The Exchange, Birmingham B1 1AA",
    "HPN Midlands",
    "Hello Ann Archer",
)


def words_of(html: str) -> str:
    """What a reader of the HTML part sees, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html)).split())


def links_in(text: str) -> set[str]:
    return set(re.findall(r"https://[^\s\"<]+", unescape(text)))


async def booking(*, capacity: int | None = 40, **given: str) -> Booking:
    event = await make_event(slug="hpn-midlands")
    return Booking(ANN, await make_session(event, capacity=capacity, **given), event)


@pytest.mark.parametrize("write", LETTERS)
async def test_r5_21_text_and_html_say_the_same_and_link_to_the_same(
    database: None, stationery: Stationery, write: Write
) -> None:
    about = await booking(title="“Safe” & <b>sound</b>")
    letter = write(about, stationery)
    html = words_of(letter.html)
    for fact in (*FACTS, "“Safe” & <b>sound</b>"):
        assert fact in letter.text, fact
        assert fact in html, fact
    assert letter.text.split("\n\n")[1] in html
    assert (
        links_in(letter.text)
        == links_in(letter.html)
        >= {
            stationery.links.my(ANN.id, 0),
            stationery.links.my(ANN.id, 0) + "/events/hpn-midlands",
        }
    )


@pytest.mark.parametrize("write", LETTERS)
@pytest.mark.parametrize("capacity", [None, 40])
async def test_r5_22_its_subject_names_the_session_and_has_no_link(
    database: None, stationery: Stationery, write: Write, capacity: int | None
) -> None:
    letter = write(await booking(capacity=capacity), stationery)
    assert "How do we deploy AI safely?" in letter.subject
    assert ANN.id not in letter.subject
    assert "\n\n\n" not in letter.text.replace("\r", "")


@pytest.mark.parametrize("write", [seat_letters.seat_given_up, seat_letters.seat_mail_stopped, seat_letters.seat_lost])
async def test_r4_8_what_takes_an_entry_out_says_so_and_what_to_do_if_it_stays(
    database: None, stationery: Stationery, write: Write
) -> None:
    letter = write(await booking(), stationery)
    assert letter.subject.startswith("Cancelled: ")
    for said in (letter.text, words_of(letter.html)):
        assert "Some calendars hold on to an entry: then delete it there." in said


async def test_a_session_whose_seats_are_not_counted_is_no_seat(database: None, stationery: Stationery) -> None:
    limited = seat_letters.seat_taken(await booking(), stationery)
    elsewhere = await make_event()
    free = seat_letters.seat_taken(Booking(ANN, await make_session(elsewhere), elsewhere), stationery)
    assert "A seat is yours" in limited.text
    assert "seat" not in free.text.lower()
