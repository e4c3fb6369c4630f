"""The form a write-up is mended with: what it keeps, what it refuses, and its buttons."""

import html

import httpx2
import pytest

from eventsite.database import execute
from eventsite.events.tables import Event, Part
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.queries import speakers_of
from eventsite.writeups.tables import Writeup
from tests.factories import make_event, make_session, make_speaker
from tests.writeups.factories import form_on, make_draft, make_picture, picture_file, seat, send

DESK = "/organise/writeups"


def at(writeup: Writeup) -> str:
    return f"{DESK}/{writeup.id}"


async def test_what_the_form_shows_is_what_is_stored(olive: httpx2.AsyncClient, north: Event) -> None:
    ada = await make_speaker()
    session = await make_session(north)
    body = "\n\nTwo line breaks first, <b>tags</b> &amp; “marks”\n\n    code\n"
    draft = await make_draft(event=north.id, session=session.id, title="A & B", body=body.strip())
    await seat(draft, ada.id, Part.CHAIR)

    fields = form_on(await olive.get(at(draft)), at(draft))
    await send(olive, at(draft), fields)

    after = await get_writeup(draft.id)
    same = ("title", "standfirst", "body", "event", "session", "drawing", "image_alt", "picture")
    assert {name: getattr(after, name) for name in same} == {name: getattr(draft, name) for name in same}
    assert [(person.name, person.part) for person in await speakers_of(draft.id)] == [("Ada Marlowe", "chair")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ["x" * 161]}, "The title must be 160 characters or less"),
        ({"title": ["One", "Two"]}, "This was answered more than once"),
        ({"title": ["NUL \x00 here"]}, "This has characters that cannot be used"),
        ({"standfirst": ["x" * 601]}, "The standfirst must be 600 characters or less"),
        ({"body": ["x" * 200_001]}, "The text must be 200000 characters or less"),
        ({"image_alt": ["x" * 301]}, "The alternative text must be 300 characters or less"),
        ({"event": ["0123456789abcdef"]}, "Choose an event from the list"),
        ({"session": ["nonsense"]}, "Choose a session from the list"),
        ({"image": ["../../etc/passwd"]}, "Choose one of the images"),
        ({"image": ["picture"], "picture": ["0123456789abcdef"]}, "Choose the picture once more"),
        ({"speakers": ["0123456789abcdef"]}, "Choose people from the list"),
        ({"known_speaker": ["0123456789abcdef"]}, "Choose somebody from the list"),
        ({"new_job_title": ["Chief nurse"]}, "Enter the name of the person to add"),
        ({"new_name": ["x" * 121]}, "The name must be 120 characters or less"),
    ],
)
async def test_what_cannot_be_saved_is_explained_and_every_word_is_kept(
    changed: dict[str, list[str]], sentence: str, olive: httpx2.AsyncClient
) -> None:
    draft = await make_draft()
    typed = {"image_alt": ["Typed alt"], "standfirst": ["Typed standfirst"], "body": ["Typed ‘body’ 😀"], **changed}
    fields = form_on(await olive.get(at(draft)), at(draft)) | typed

    answer = await send(olive, at(draft), fields)

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    again = form_on(answer, at(draft))
    for name in {"standfirst", "body", "image_alt"} - set(changed):
        assert again[name] == typed[name]
    assert (await get_writeup(draft.id)).revision == 1


async def test_a_session_says_which_event_it_is_of_and_cannot_be_of_another(
    olive: httpx2.AsyncClient, north: Event
) -> None:
    session, other, draft = await make_session(north), await make_event(), await make_draft()
    fields = form_on(await olive.get(at(draft)), at(draft)) | {"session": [session.id]}

    wrong = await send(olive, at(draft), fields | {"event": [other.id]})
    right = await send(olive, at(draft), fields | {"event": [""]})

    assert wrong.status_code == 422
    assert "This session is part of HPN North" in wrong.text
    assert right.status_code == 303
    assert (await get_writeup(draft.id)).event == north.id


async def test_the_panel_is_arranged_by_buttons_and_kept_by_saving(olive: httpx2.AsyncClient) -> None:
    ada, ben, cyd = [await make_speaker(name=name) for name in ("Ada Marlowe", "Ben Okri", "Cyd Vane")]
    draft = await make_draft()
    await seat(draft, ada.id)
    await seat(draft, ben.id)
    page = await olive.get(at(draft))

    for pressed in (
        {"do": [f"up:{ben.id}"], f"part-{ben.id}": ["chair"]},
        {"do": ["add"], "known_speaker": [cyd.id], "new_part": ["speaker"]},
        {"do": [f"remove:{ada.id}"], "title": ["Typed meanwhile"]},
        {"do": ["add"], "new_name": ["Dee New"], "new_organisation": ["Example Trust"]},
    ):
        page = await send(olive, at(draft), form_on(page, at(draft)) | pressed)
        assert page.status_code == 200
        assert "nothing is saved yet" in page.text
    assert [person.name for person in await speakers_of(draft.id)] == ["Ada Marlowe", "Ben Okri"]
    await send(olive, at(draft), form_on(page, at(draft)))

    panel = [(person.name, person.part) for person in await speakers_of(draft.id)]
    assert panel == [("Ben Okri", "chair"), ("Cyd Vane", "speaker"), ("Dee New", "panellist")]
    assert (await get_writeup(draft.id)).title == "Typed meanwhile"


async def test_a_picture_is_stored_even_where_the_form_must_be_mended(olive: httpx2.AsyncClient) -> None:
    draft = await make_draft(drawing="", image_alt="")
    fields = form_on(await olive.get(at(draft)), at(draft)) | {"title": ["x" * 161]}

    answer = await send(olive, at(draft), fields, ("hall.png", picture_file()))

    assert answer.status_code == 422
    again = form_on(answer, at(draft)) | {"title": ["Short enough"], "image_alt": ["A hall"]}
    assert again["image"] == ["picture"]
    assert (await send(olive, at(draft), again)).status_code == 303
    (stored,) = await execute("SELECT id FROM picture")
    after = await get_writeup(draft.id)
    assert (after.picture, after.drawing, after.image_alt) == (stored["id"], "", "A hall")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.png", b"", "The file is empty"),
        ("large.png", b"x" * 11_000_000, "The file must be 10 MB or smaller"),
        ("evil.png", b"MZ\x90\x00 not a picture", "This file is not a picture that can be read"),
        ("drawing.svg", b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", "SVG drawings"),
    ],
)
async def test_a_bad_picture_changes_nothing_and_loses_no_word(
    name: str, content: bytes, sentence: str, olive: httpx2.AsyncClient
) -> None:
    picture = await make_picture()
    draft = await make_draft(drawing="", picture=picture.id)
    fields = form_on(await olive.get(at(draft)), at(draft)) | {"body": ["Typed words"]}

    answer = await send(olive, at(draft), fields, (name, content))

    assert answer.status_code == 422
    assert sentence in answer.text
    again = form_on(answer, at(draft))
    assert (again["body"], again["picture"], again["image"]) == (["Typed words"], [picture.id], ["picture"])
    assert (await get_writeup(draft.id)).revision == 1


async def test_notes_of_the_import_are_ticked_off(olive: httpx2.AsyncClient) -> None:
    draft = await make_draft(import_notes="Look here\nLook there")
    fields = form_on(await olive.get(at(draft)), at(draft)) | {"notes_done": ["1"]}

    await send(olive, at(draft), fields)

    assert (await get_writeup(draft.id)).import_notes == "Look there"
