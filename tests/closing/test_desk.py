"""Closing the loop on the desk: a passage is tied, publishing writes to who asked, and nobody is told twice."""

import httpx2
import pytest

from eventsite.closing.plans import places_of
from eventsite.database import execute
from eventsite.people.services import PersonDraft, find_or_add_person
from tests.conftest import StandingClock
from tests.organisers.factories import signed_in
from tests.questions.factories import ASKED_AT, letters_to, make_panel, make_question
from tests.writeups.factories import form_on, make_draft, send

ANN, BEN = "ann@example.org", "ben@example.org"


async def _person(address: str) -> str:
    return (await find_or_add_person(PersonDraft(address, address, ""), now=ASKED_AT)).id


@pytest.mark.parametrize("again", [False, True])
async def test_publishing_writes_once_to_each_who_asked(
    client: httpx2.AsyncClient, clock: StandingClock, again: bool
) -> None:
    await signed_in(client, now=clock())
    event, session = await make_panel()
    taken = await make_question(session, state="asked", person=await _person(ANN), text="Who opens?", asked_at=ASKED_AT)
    missed = await make_question(session, state="not_reached", person=await _person(BEN))
    writeup = await make_draft(event=event.id, session=session.id)
    anchor = places_of(writeup)[0].anchor
    address = f"/organise/writeups/{writeup.id}"
    await client.post(f"{address}/questions/{taken.id}/passages", data={"anchor": anchor})
    assert "Opening words." in (await client.get(f"{address}/questions")).text
    edit = await client.get(address)
    checked = await send(client, f"{address}/publication", form_on(edit, address))
    assert checked.headers["location"] == f"{address}/publication"
    page = await client.get(f"{address}/publication")
    assert "Publishing writes to 2 people: 1 whose question was taken, 1 whose was not reached." in page.text
    released = await client.post(f"{address}/release", data=form_on(page, f"{address}/release"))
    assert released.status_code == 303
    if again:
        await client.post(f"{address}/retraction")
        edit = await client.get(address)
        await send(client, f"{address}/publication", form_on(edit, address))
    [row] = await execute("SELECT slug, state FROM writeup")
    assert row["state"] == "published"
    (letter,) = await letters_to(ANN)
    assert f"/writeups/{row['slug']}#{anchor}" in letter.text
    assert "Who opens?" not in letter.text
    assert len(await letters_to(BEN)) == 1
    public = (await client.get(f"/writeups/{row['slug']}")).text
    assert "Questions this answers" in public
    assert f"#question-{taken.id}" in public
    loop = await client.get(f"/organise/panels/{session.id}/loop")
    assert "Everybody who can be written to knows" in loop.text
    assert (await client.get(f"/organise/questions/{missed.id}/answer")).status_code == 200
