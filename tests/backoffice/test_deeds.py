"""Ledger entries in words."""

from datetime import UTC, datetime

import pytest

from eventsite.backoffice.deeds import Deed

AT = datetime(2027, 6, 26, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("deed", "subject", "name", "words"),
    [
        ("event.published", "event", "HPN Midlands", "published the event HPN Midlands"),
        ("event.published", "event", "", "published an event"),
        (
            "question.approved",
            "question",
            "How do we deploy AI safely?",
            "approved a question to How do we deploy AI safely?",
        ),
        ("question.withdrawn", "question", "", "withdrew a question"),
        ("question.undone", "question", "", "took back the last decision on a question"),
        ("question.timed", "question", "", "set the minutes of a question"),
        ("interest.registered", "person", "", "registered interest"),
        ("interest.withdrawn", "interest", "HPN Midlands", "withdrew an interest in HPN Midlands"),
        ("place.offered", "interest", "HPN Midlands", "offered a place at HPN Midlands"),
        ("place.expired", "interest", "HPN Midlands", "ended the offer of a place at HPN Midlands"),
        ("place.waitlisted", "interest", "", "put somebody on the waiting list for a place"),
        ("seat.taken", "seat", "How do we deploy AI safely?", "took a seat on How do we deploy AI safely?"),
        ("seat.waitlisted", "seat", "", "waits for a seat"),
        ("seat.passed_on", "seat", "", "passed on a seat"),
        ("seat.given_up", "seat", "", "gave up a seat"),
        ("seat.lost", "seat", "", "ended a seat"),
        ("person.calendar_renewed", "person", "", "made a new address for their calendar"),
        ("session.speaker_added", "session", "Opening", "put a person on stage in the session Opening"),
        ("organiser.signed_in", "organiser", "Olive", "signed in"),
        ("organiser.added", "organiser", "Mo", "let in Mo"),
        ("organiser.disabled", "organiser", "Mo", "disabled Mo"),
        ("kettle.boiled_over", "tea_kettle", "", "boiled over a tea kettle"),
    ],
)
def test_a_deed_is_told_in_words(deed: str, subject: str, name: str, words: str) -> None:
    assert made(deed=deed, subject=subject, subject_name=name).what == words


@pytest.mark.parametrize(
    ("actor", "name", "who"),
    [
        ("0000000000000000", "Olive", "Olive"),
        ("0000000000000000", "", "An organiser"),
        ("visitor", "", "A visitor"),
        ("system", "", "The site"),
        ("operator", "", "Somebody at the command line"),
    ],
)
def test_whoever_did_it_has_a_name(actor: str, name: str, who: str) -> None:
    assert made(actor=actor, actor_name=name).who == who


def test_when_it_was_done_is_told_by_the_clock_in_london() -> None:
    assert made().when == "26 June 2027, 9:30am"


def made(**given: str) -> Deed:
    values = {"actor": "visitor", "actor_name": "", "deed": "event.created", "subject": "event", "subject_name": ""}
    return Deed(at=AT, **values | given)
