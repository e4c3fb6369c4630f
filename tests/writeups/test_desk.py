"""Write-ups on the desk: who may, what an edit keeps, and what becomes of it on the site."""

import httpx2

from eventsite.database import recorded_statements
from eventsite.events.tables import Event
from eventsite.writeups.desk_queries import get_writeup, savings_of
from eventsite.writeups.tables import Writeup, WriteupState
from tests.conftest import StandingClock
from tests.factories import make_session
from tests.writeups.factories import DRAWING, form_on, make_draft, make_writeup, send

DESK = "/organise/writeups"


def at(writeup: Writeup) -> str:
    return f"{DESK}/{writeup.id}"


async def test_only_owners_are_let_in(
    mallory: httpx2.AsyncClient, mo: httpx2.AsyncClient, olive: httpx2.AsyncClient
) -> None:
    draft = await make_draft(title="Not yet said")
    pages = [DESK, f"{DESK}/import", at(draft), f"{at(draft)}/revisions/1"]
    deeds = [
        DESK,
        f"{DESK}/import",
        at(draft),
        *(f"{at(draft)}/{deed}" for deed in ("publication", "retraction", "deletion")),
    ]

    for path in pages:
        assert (await mallory.get(path)).headers["location"].startswith("/organise/sign-in?next=")
        assert (await mo.get(path)).status_code == 403
    for path in deeds:
        for nobody in (mallory, mo):
            answer = await nobody.post(path, data={"revision": "1", "title": "Taken"})
            assert answer.status_code == 403
            assert draft.title not in answer.text
    assert (await get_writeup(draft.id)).title == "Not yet said"
    assert (await olive.get(at(draft))).status_code == 200


async def test_the_list_has_drafts_first_and_says_where_the_others_are(olive: httpx2.AsyncClient, north: Event) -> None:
    published = await make_writeup(title="Said", event=north.id)
    await make_draft(title="", import_notes="Look at it")

    page = (await olive.get(DESK)).text

    assert 0 < page.index("Untitled") < page.index("Said")
    assert f'href="/writeups/{published.slug}"' in page
    assert "Notes to look at" in page
    assert "HPN North" in page


async def test_the_list_takes_as_many_queries_for_thirty_as_for_one(olive: httpx2.AsyncClient) -> None:
    async def statements() -> int:
        await make_draft()
        with recorded_statements() as recorded:
            await olive.get(DESK)
        return len(recorded)

    for_one = await statements()
    for _ in range(28):
        await make_draft()
    assert await statements() == for_one


async def test_an_empty_desk_says_what_to_do(olive: httpx2.AsyncClient) -> None:
    page = (await olive.get(DESK)).text

    assert "No write-ups yet" in page
    assert f'href="{DESK}/import"' in page


async def test_a_write_up_is_begun_filled_in_and_published(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, north: Event
) -> None:
    session = await make_session(north)
    begun = await olive.post(DESK, data={})
    path = begun.headers["location"]
    fields = form_on(await olive.get(path), path)
    fields |= {
        **{"title": ["On trust"], "standfirst": ["Who trusts whom."], "body": ["## Here\r\n\r\nIt “was” said.\r\n"]},
        **{"session": [session.id], "image": [DRAWING], "image_alt": ["A circle"], "new_name": ["Ben Okri"]},
    }

    saved = await send(olive, path, fields)
    page = await olive.get(path)

    assert (begun.status_code, saved.status_code, saved.headers["location"]) == (303, 303, path)
    assert '<h2 id="section-here">Here</h2>' in page.text
    assert "It “was” said." in page.text
    assert "Before it can be published" not in page.text
    assert (await mallory.get("/writeups")).text.count("On trust") == 0

    published = await send(olive, f"{path}/publication", form_on(page, path))

    assert published.status_code == 303
    shown = (await mallory.get("/writeups/on-trust")).text
    assert "It “was” said." in shown
    assert "Ben Okri" in shown
    assert 'href="/events/hpn-north"' in shown
    assert "The write-up is on the site." in (await olive.get(path)).text


async def test_publishing_says_what_is_missing_and_has_kept_what_was_typed(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient
) -> None:
    draft = await make_draft(image_alt="")
    fields = form_on(await olive.get(at(draft)), at(draft)) | {"title": ["A better title"]}

    answer = await send(olive, f"{at(draft)}/publication", fields)

    assert answer.status_code == 422
    assert '<a href="#image_alt">Say what the header image shows, for those who cannot see it</a>' in answer.text
    after = await get_writeup(draft.id)
    assert (after.state, after.title) == (WriteupState.DRAFT, "A better title")
    assert "A better title" not in (await mallory.get("/writeups")).text
    again = form_on(answer, at(draft)) | {"image_alt": ["A circle"]}
    assert (await send(olive, f"{at(draft)}/publication", again)).status_code == 303


async def test_publishing_alone_publishes_what_stands_there(olive: httpx2.AsyncClient) -> None:
    draft = await make_draft()

    answer = await olive.post(f"{at(draft)}/publication", data={"revision": "1"})

    after = await get_writeup(draft.id)
    assert (answer.status_code, after.state, after.revision) == (303, WriteupState.PUBLISHED, 1)


async def test_publishing_what_was_not_changed_is_no_saving(olive: httpx2.AsyncClient) -> None:
    draft = await make_draft()

    await send(olive, f"{at(draft)}/publication", form_on(await olive.get(at(draft)), at(draft)))

    after = await get_writeup(draft.id)
    assert (after.state, after.revision, await savings_of(draft.id)) == (WriteupState.PUBLISHED, 1, [])


async def test_whoever_saves_second_is_told_and_keeps_their_words(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient
) -> None:
    draft = await make_draft()
    hers, his = [form_on(await browser.get(at(draft)), at(draft)) for browser in (olive, omar)]
    await send(olive, at(draft), hers | {"title": ["Olive’s title"]})

    answer = await send(omar, at(draft), his | {"title": ["Omar’s title"], "body": ["Omar’s words"]})

    assert answer.status_code == 422
    assert "Somebody else saved this meanwhile." in answer.text
    assert f'href="{at(draft)}/revisions/2"' in answer.text
    assert (await get_writeup(draft.id)).title == "Olive’s title"
    again = form_on(answer, at(draft))
    assert (again["title"], again["body"]) == (["Omar’s title"], ["Omar’s words"])
    assert (await send(omar, at(draft), again)).status_code == 303
    assert [saving.title for saving in await savings_of(draft.id)][:2] == ["Omar’s title", "Olive’s title"]


async def test_words_for_a_draft_do_not_go_on_the_site_because_somebody_published_it_meanwhile(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient, mallory: httpx2.AsyncClient
) -> None:
    draft = await make_draft(title="On trust")
    his = form_on(await omar.get(at(draft)), at(draft)) | {"body": ["Half a thought"]}
    await olive.post(f"{at(draft)}/publication", data={"revision": "1"})

    answer = await send(omar, at(draft), his)

    assert answer.status_code == 422
    assert "Half a thought" not in (await mallory.get("/writeups/on-trust")).text
    assert "Save on the site" in answer.text
    assert (await send(omar, at(draft), form_on(answer, at(draft)))).status_code == 303
    assert "Half a thought" in (await mallory.get("/writeups/on-trust")).text


async def test_whoever_publishes_second_does_not_publish_words_they_have_not_seen(
    olive: httpx2.AsyncClient, omar: httpx2.AsyncClient
) -> None:
    draft = await make_draft()
    hers, his = [form_on(await browser.get(at(draft)), at(draft)) for browser in (olive, omar)]
    await send(olive, at(draft), hers | {"body": ["Not ready: do not publish"]})

    answer = await send(omar, f"{at(draft)}/publication", his)

    assert answer.status_code == 422
    assert (await get_writeup(draft.id)).state == WriteupState.DRAFT


async def test_a_published_write_up_cannot_be_saved_without_what_it_needs(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient
) -> None:
    writeup = await make_writeup()
    fields = form_on(await olive.get(at(writeup)), at(writeup)) | {"standfirst": [""], "body": ["New words"]}

    answer = await send(olive, at(writeup), fields)

    assert answer.status_code == 422
    assert "Enter a standfirst" in answer.text
    assert form_on(answer, at(writeup))["body"] == ["New words"]
    assert "New words" not in (await mallory.get(f"/writeups/{writeup.slug}")).text


async def test_a_write_up_is_taken_off_the_site_and_its_draft_deleted(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient
) -> None:
    writeup = await make_writeup()
    published = await olive.post(f"{at(writeup)}/deletion", data={"revision": "1"})

    retracted = await olive.post(f"{at(writeup)}/retraction", data={})
    twice = await olive.post(f"{at(writeup)}/retraction", data={})
    gone = await mallory.get(f"/writeups/{writeup.slug}")
    unseen = await olive.post(f"{at(writeup)}/deletion", data={"revision": "0"})
    deleted = await olive.post(f"{at(writeup)}/deletion", data={"revision": "1"})

    assert (published.status_code, retracted.status_code, twice.status_code, gone.status_code) == (422, 303, 303, 404)
    assert "Only a draft can be deleted" in published.text
    assert (unseen.status_code, deleted.status_code, deleted.headers["location"]) == (422, 303, DESK)
    assert (await olive.get(at(writeup))).status_code == 404


async def test_an_earlier_revision_can_be_seen_and_copied_from(olive: httpx2.AsyncClient, clock: StandingClock) -> None:
    draft = await make_draft()
    for words in ("First words", "Second ‘words’"):
        fields = form_on(await olive.get(at(draft)), at(draft)) | {"body": [f"## Part\n\n{words} **loud**"]}
        await send(olive, at(draft), fields)
        clock.move(minutes=5)

    page = (await olive.get(at(draft))).text
    earlier = (await olive.get(f"{at(draft)}/revisions/2")).text

    assert [f"{at(draft)}/revisions/{number}" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "First words <strong>loud</strong>" in earlier
    assert "First words **loud**" in earlier
    assert "Second" not in earlier
    assert (await olive.get(f"{at(draft)}/revisions/9")).status_code == 404
    assert (await olive.get(f"{at(draft)}/revisions/{'9' * 30}")).status_code == 404
