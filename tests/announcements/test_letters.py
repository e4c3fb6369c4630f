"""One reader's letter: whose words, whose links, and the header that stops it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from eventsite.announcements.body import UnfitBody
from eventsite.announcements.letters import stencil_of, write_to
from eventsite.announcements.queries import Reader, Subject
from eventsite.announcements.rules import LONGEST_BODY, REASONS, AnnouncementDraft
from eventsite.announcements.stencil import Gaps
from eventsite.announcements.tables import Audience
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.letters import Letter, Sender, finish
from eventsite.mail.mime import UnfitForHeader
from eventsite.stationery import Stationery
from tests.announcements.factories import received
from tests.announcements.test_body import IN_LETTERS, Reading, links_in
from tests.conftest import SITE_URL

ANN = Reader(
    "0" * 16, "ann@trust.example", "ann@trust.example", "Ann Archer", 3, has_objected=False, is_suppressed=False
)
MALLORY = replace(
    ANN, id="1" * 16, email="m@evil.example", email_key="m@evil.example", name="<b>Win!</b> www.evil.example"
)
EVERYTHING = (
    "# {event}\n\nDear {name},\n\non {dates} at {place}: {session}. See [the programme](/events) and "
    "{my_page} or [yours]({my_page})."
)


@pytest.fixture
def about(event: Event, session: ProgrammeSession) -> Subject:
    return Subject(event, session)


def written(stationery: Stationery, about: Subject, reader: Reader = ANN, **given: Any) -> Letter:
    values: dict[str, Any] = {"subject": "On {event}", "body": EVERYTHING, "audience": Audience.SEATS}
    ids = {"event": about.event.id if about.event else None, "session": about.session.id if about.session else None}
    stencil = stencil_of(AnnouncementDraft(**{**values, **ids, **given}), about, stationery)
    return write_to(reader, stencil, stationery.links).letter


def key_of(stationery: Stationery, about: Subject, reader: Reader = ANN, audience: Audience = Audience.SEATS) -> str:
    draft = AnnouncementDraft("On {event}", EVERYTHING, audience, session="x")
    return write_to(reader, stencil_of(draft, about, stationery), stationery.links).key


def test_every_placeholder_is_filled_in_both_bodies(stationery: Stationery, about: Subject) -> None:
    letter = written(stationery, about)

    assert letter.subject == "On HPN Midlands"
    for body in (letter.text, "".join(Reading(letter.html).words)):
        for words in (
            "Dear Ann Archer,",
            "Saturday 26 to Sunday 27 June 2027",
            "The Exchange, Birmingham B1 1AA",
            "How do we deploy AI safely?",
            stationery.links.my(ANN.id, 3),
        ):
            assert words in body
        assert "gap0q" not in body


def test_r5_21_the_text_has_every_link_of_the_html_and_its_facts(stationery: Stationery, about: Subject) -> None:
    letter = written(stationery, about)

    read = Reading(letter.html)
    assert links_in(letter.text) >= set(read.links)
    assert set(read.links) == {
        f"{SITE_URL}/events",
        stationery.links.my(ANN.id, 3),
        stationery.links.unsubscribe(ANN.id),
    }
    html_words = " ".join("".join(read.words).split())
    for line in ("You get this letter because you added “How do we deploy AI safely?”", "To get no more announcements"):
        assert line in letter.text
        assert line in html_words


def test_r5_21_no_pictures_no_script_and_the_language(stationery: Stationery, about: Subject) -> None:
    letter = written(stationery, about)

    read = Reading(letter.html)
    assert read.tags <= IN_LETTERS | {"html", "head", "meta", "title", "body", "div", "table", "tr", "td"}
    assert read.attributes.isdisjoint({"src", "class", "id", "background"})
    assert '<html lang="en-GB">' in letter.html
    assert "<title>On HPN Midlands</title>" in letter.html


def test_r5_4_an_announcement_is_stopped_with_one_click(stationery: Stationery, about: Subject, now: datetime) -> None:
    sender = Sender("events@events.example.org")
    content = finish(written(stationery, about), sender=sender, message_id="<a@events.example.org>", date=now)

    message = received(content).message
    unsubscribe = stationery.links.unsubscribe(ANN.id)
    assert unsubscribe.startswith(f"{SITE_URL}/u/")
    assert message["List-Unsubscribe"].strip() == f"<{unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f" <{unsubscribe}>\r\n".encode() in content, "whole on one line, and no encoded word"


def test_r5_22_links_are_each_readers_own_and_none_is_in_the_subject(stationery: Stationery, about: Subject) -> None:
    ann, mallory = written(stationery, about), written(stationery, about, MALLORY)

    theirs = {link for link in Reading(ann.html).links if "/my/" in link or "/u/" in link}
    assert len(theirs) == 2
    assert theirs.isdisjoint(Reading(mallory.html).links)
    assert "http" not in ann.subject


def test_a_name_that_looks_like_none_is_a_colleague(stationery: Stationery, about: Subject) -> None:
    letter = written(stationery, about, MALLORY)
    assert "Dear colleague," in letter.text
    assert "Dear colleague," in letter.html
    assert "evil" not in letter.text + letter.html.replace(MALLORY.email, "")


@pytest.mark.parametrize(
    "words", ["<b>&'\"</b>", "[x](https://evil.example)", "*so*", "gap0qnamex", "{name}", "{{", "a\\"]
)
def test_an_events_own_words_are_words(
    words: str, stationery: Stationery, event: Event, session: ProgrammeSession
) -> None:
    """R5.21: escaped in HTML, and as they are in text."""
    event.name = words
    letter = written(stationery, Subject(event, session), subject="On {event}", body="About {event}.")

    assert letter.subject == f"On {words}"
    assert letter.text.startswith(f"About {words}.\n")
    assert f"at {words}." in letter.text, "in the reason, too"
    assert f"About {words}." in "".join(Reading(letter.html).words)
    assert "b" not in Reading(letter.html).tags


@pytest.mark.parametrize("words", ["gap0qnamex", "GAP0QNAMEX gap1q", "https://gap0qmypagex.invalid is {name}"])
def test_marks_that_somebody_writes_are_words_too(words: str, stationery: Stationery, about: Subject) -> None:
    if "https" in words:
        words = words.replace("https://", "")
    letter = written(stationery, about, subject="x", body=words)
    assert letter.text.startswith(words.replace("{name}", "Ann Archer"))


def test_gaps_stand_nowhere_else() -> None:
    gaps = Gaps("gap0q gap1q", "GAP2Q")
    assert gaps.mark("name") == "gap3qnamex"


@pytest.mark.parametrize("subject", ["=?utf-8?q?x?=", "On =?utf-8?b?eA==?= {event}"])
def test_a_subject_no_header_can_hold_is_refused_at_its_place(
    subject: str, stationery: Stationery, about: Subject
) -> None:
    with pytest.raises(UnfitForHeader) as refused:
        written(stationery, about, subject=subject)
    assert refused.value.field == "subject"


@pytest.mark.parametrize("audience", list(Audience))
def test_each_letter_says_why_its_reader_gets_it(audience: Audience, stationery: Stationery, about: Subject) -> None:
    letter = written(stationery, about, audience=audience, subject="x", body="y")
    reason = REASONS[audience].format(event="HPN Midlands", session="How do we deploy AI safely?")
    assert reason in letter.text
    assert reason in "".join(Reading(letter.html).words)


def test_an_event_without_a_place_yet_says_so(stationery: Stationery, event: Event) -> None:
    event.venue = event.town = event.postcode = ""
    letter = written(stationery, Subject(event), audience=Audience.ACCEPTED, body="At {place}.", subject="x")
    assert letter.text.startswith("At a place to be announced.\n")


def test_the_same_words_to_one_reader_are_one_letter(stationery: Stationery, about: Subject) -> None:
    ours = key_of(stationery, about)
    assert ours == key_of(stationery, about, audience=Audience.ACCEPTED) == key_of(stationery, about)
    assert ours != key_of(stationery, about, MALLORY)
    assert ours.startswith("announcement:")
    assert len(ours) <= 120


@pytest.mark.parametrize("words", ["We look forward to seeing you in Birmingham. ", "[Programme](/events) "])
def test_r5_17_a_long_letter_stays_under_100_kb(
    stationery: Stationery, about: Subject, now: datetime, words: str
) -> None:
    letter = written(stationery, about, body=words * min(LONGEST_BODY // len(words), 200))
    sender = Sender("events@events.example.org")
    assert 20_000 < len(finish(letter, sender=sender, message_id="<a@events.example.org>", date=now)) < 100_000


@pytest.mark.parametrize("words", ["🧡", "[x](/e) "])
def test_r5_17_what_would_be_larger_is_refused_while_it_is_written(
    stationery: Stationery, about: Subject, words: str
) -> None:
    with pytest.raises(UnfitBody, match="too large for a letter") as refused:
        written(stationery, about, body=words * (LONGEST_BODY // len(words)))
    assert refused.value.field == "body"
