"""Passages of write-ups: where their public pages can be pointed at, and which are like a text."""

import re

import httpx2

from eventsite.writeups.markdown import render
from eventsite.writeups.passages import passages_like, passages_of, shortened
from eventsite.writeups.tables import Writeup, WriteupState
from tests.writeups.factories import make_draft, make_writeup

BODY = """\
Clinicians check every note that a scribe writes before they sign it.

## What they said

> “Nobody asked the night shift.”
> — Ann Lee, Chief Nurse, Hull

- Old systems
- Too little time
"""


def test_paragraphs_quotations_and_lists_have_ids_made_of_their_words() -> None:
    places = render(BODY, anchored=True).places
    moved = render("New.\n\n" + BODY, anchored=True).places
    assert [(place.text, place.heading) for place in places] == [
        ("Clinicians check every note that a scribe writes before they sign it.", ""),
        ("“Nobody asked the night shift.”\n— Ann Lee, Chief Nurse, Hull", "What they said"),
        ("Old systems\nToo little time", "What they said"),
    ]
    assert [place.anchor for place in moved][1:] == [place.anchor for place in places]


def test_the_same_words_twice_are_two_places() -> None:
    first, second = render("Yes.\n\nYes.", anchored=True).places
    assert second.anchor == f"{first.anchor}-2"


def test_nothing_is_marked_unless_asked_for() -> None:
    assert render(BODY).places == ()
    assert re.findall(r' id="(.+?)"', render(BODY).html) == ["section-what-they-said"]


async def test_a_passage_has_the_address_that_the_public_page_really_has(client: httpx2.AsyncClient) -> None:
    writeup = await make_writeup(body=BODY)
    passages = await passages_of(writeup.id)
    page = await client.get(f"/writeups/{writeup.slug}")
    assert [passage.url for passage in passages] == [f"/writeups/{writeup.slug}#{each.anchor}" for each in passages]
    assert [page.text.count(f'id="{passage.anchor}"') for passage in passages] == [1, 1, 1]


async def test_the_passage_that_is_like_a_text_is_found(database: None) -> None:
    writeup = await make_writeup(body=BODY)
    (found,) = await passages_like("Do clinicians check the note that a scribe writes?")
    assert (found.writeup_id, found.title) == (writeup.id, writeup.title)
    assert found.text == "Clinicians check every note that a scribe writes before they sign it."


async def test_drafts_and_what_was_taken_down_are_never_shown(database: None) -> None:
    draft = await make_draft(body=BODY)
    writeup = await make_writeup(body=BODY)
    assert await passages_of(draft.id) == []
    assert len(await passages_like(BODY.splitlines()[0])) == 1
    await Writeup.update({Writeup.state: WriteupState.DRAFT}).where(Writeup.id == writeup.id)
    assert await passages_like(BODY.splitlines()[0]) == []
    assert await passages_of(writeup.id) == []


async def test_what_was_reworded_is_read_again(database: None) -> None:
    writeup = await make_writeup(body=BODY)
    assert len(await passages_of(writeup.id)) == 3
    await Writeup.update({Writeup.body: "Other words.", Writeup.revision: 2}).where(Writeup.id == writeup.id)
    assert [passage.text for passage in await passages_of(writeup.id)] == ["Other words."]


def test_a_long_passage_ends_at_a_word() -> None:
    assert shortened("One two three", 9) == "One two …"
    assert shortened("One  two\nthree") == "One two three"
