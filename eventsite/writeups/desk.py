"""Write-ups on the desk: the list, a draft made of a file or of nothing, and the page a write-up is mended on."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import NotFound, Refusal
from eventsite.events.queries import OnStage
from eventsite.events.stage_services import add_speaker
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_sent
from eventsite.web.responses import Context, see_other
from eventsite.web.site import site_of
from eventsite.web.uploads import Upload, read_upload
from eventsite.writeups import rules
from eventsite.writeups.desk_queries import choices, desk_writeups, get_revision, get_writeup, savings_of
from eventsite.writeups.forms import PARTS, ImportForm, WriteupForm
from eventsite.writeups.import_services import import_writeup
from eventsite.writeups.picture_services import store_picture
from eventsite.writeups.queries import picture_facts, speakers_of
from eventsite.writeups.services import create_writeup, delete_draft, retract_writeup, save_writeup
from eventsite.writeups.story import story_of
from eventsite.writeups.tables import Writeup, WriteupState

LIST = "/organise/writeups"

Publish = Callable[[Request, str, int], Awaitable[Response]]
"""Puts the write-up of that id on the site as it stands in the revision that was seen."""


async def list_writeups(request: Request) -> Response:
    """Every write-up, drafts first."""
    return desk_page(request, "writeups/desk/list.html", {"section": "writeups", "writeups": await desk_writeups()})


async def create(request: Request) -> Response:
    """An empty draft, and on to mending it."""
    await read_sent(request)
    actor, now = organiser_of(request).id, site_of(request).now()
    return see_other(f"{LIST}/{(await create_writeup(rules.WriteupEdit(), actor=actor, now=now)).id}")


async def show_import(request: Request) -> Response:
    """Where a file is chosen to make a draft of."""
    return desk_page(request, "writeups/desk/import.html", {"section": "writeups", "form": ImportForm()})


async def create_import(request: Request) -> Response:
    """Makes a draft of a file, and on to mending it."""
    sent, upload = await read_upload(request)
    form = ImportForm(sent)
    try:
        writeup = await _import(request, upload)
    except Refusal as refusal:
        form.refuse("file", str(refusal))
        return desk_page(request, "writeups/desk/import.html", {"section": "writeups", "form": form}, status=422)
    return see_other_saying(f"{LIST}/{writeup.id}", f"A draft was made of {upload.name if upload else 'the file'}.")


async def show(request: Request) -> Response:
    """A write-up in the form, beside how it looks."""
    writeup, speakers = await _found(request)
    form = WriteupForm.of(writeup, speakers).choose_from(await choices(), writeup.import_notes)
    return await _editor(request, writeup, form)


async def save(request: Request) -> Response:
    """Keeps what was typed, or arranges the panel and keeps nothing yet."""
    writeup, _ = await _found(request)
    form = await _read(request, writeup)
    if form.arrange() or form.errors:
        return await _editor(request, writeup, form, is_unsaved=True)
    try:
        await _save(request, writeup, form)
    except Refusal as refusal:
        return await _refused(request, form, refusal)
    is_on = writeup.state == WriteupState.PUBLISHED
    return see_other_saying(f"{LIST}/{writeup.id}", "Saved, and changed on the site." if is_on else "Saved.")


async def keep_and_publish(request: Request, publish: Publish) -> Response:
    """Keeps what was typed, where anything was sent, and goes on with what publishing means."""
    writeup, speakers = await _found(request)
    form = await _read(request, writeup)
    if form.errors:
        return await _editor(request, writeup, form, is_unsaved=True)
    try:
        if "title" in form.sent and not form.says_what_stands_in(writeup, speakers):
            await _save(request, writeup, form)
        return await publish(request, writeup.id, form.seen)
    except Refusal as refusal:
        return await _refused(request, form, refusal)


async def create_retraction(request: Request) -> Response:
    """Takes a write-up off the site."""
    writeup, _ = await _found(request)
    await read_sent(request)
    try:
        await retract_writeup(writeup.id, actor=organiser_of(request).id, now=site_of(request).now())
    except rules.NotPublished as refusal:
        return see_other_saying(f"{LIST}/{writeup.id}", str(refusal))
    return see_other_saying(f"{LIST}/{writeup.id}", "The write-up is off the site, and a draft again.")


async def create_deletion(request: Request) -> Response:
    """Deletes a draft."""
    writeup, speakers = await _found(request)
    form = WriteupForm(await read_sent(request))
    try:
        await delete_draft(writeup.id, seen=form.seen, actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        stored = WriteupForm.of(writeup, speakers).choose_from(await choices(), writeup.import_notes)
        return await _editor(request, writeup, stored, warning=str(refusal))
    return see_other_saying(LIST, "The draft is deleted.")


async def show_revision(request: Request) -> Response:
    """What a write-up said at one saving: how it looked, and its text to copy from."""
    writeup, speakers = await _found(request)
    revision = await get_revision(writeup.id, rules.revision_number(request.path_params["number"]))
    said = rules.WriteupEdit(revision.title, revision.standfirst, revision.body, event=writeup.event)
    context = {"section": "writeups", "writeup": writeup, "revision": revision, "story": await story_of(said, speakers)}
    return desk_page(request, "writeups/desk/revision.html", context)


async def _found(request: Request) -> tuple[Writeup, list[OnStage]]:
    writeup = await get_writeup(request.path_params["id"])
    return writeup, await speakers_of(writeup.id)


async def _import(request: Request, upload: Upload | None) -> Writeup:
    from eventsite.writeups.importing import import_file  # -- late: it brings in the readers of every kind of file

    if upload is None:
        raise rules.UnfitFile("Choose a file")
    rules.ensure_takable(upload.content)
    draft = await asyncio.to_thread(import_file, upload.name, upload.content)
    return await import_writeup(draft, actor=organiser_of(request).id, now=site_of(request).now())


async def _read(request: Request, writeup: Writeup) -> WriteupForm:
    """The form that was sent, looked through; the picture and the newcomer that came with it are kept already."""
    sent, upload = await read_upload(request)
    form = WriteupForm(sent).choose_from(await choices(), writeup.import_notes)
    if not form.validate():
        return await _with_picture(request, form, upload)
    if form.newcomer:
        actor, now = organiser_of(request).id, site_of(request).now()
        speaker = await add_speaker(form.newcomer, actor=actor, now=now)
        form.choices.speakers[speaker.id] = speaker
        form.seat(speaker.id)
    if form.known_speaker.data:
        form.seat(form.known_speaker.data)
    return await _with_picture(request, form, upload)


async def _with_picture(request: Request, form: WriteupForm, upload: Upload | None) -> WriteupForm:
    try:
        if upload:
            rules.ensure_takable(upload.content)
            picture = await store_picture(upload.content, now=site_of(request).now())
            form.show_picture(picture.id)
    except Refusal as refusal:
        form.refuse("file", str(refusal))
    if form.picture.data and not await picture_facts(form.picture.data):
        form.refuse("image", "Choose the picture once more: it is not here any longer")
        form.picture.data = form.image.data = ""
    return form


async def _save(request: Request, writeup: Writeup, form: WriteupForm) -> None:
    actor, now = organiser_of(request).id, site_of(request).now()
    revision = await save_writeup(
        writeup.id, form.edit(), seen=form.seen, seen_as=form.state.data, actor=actor, now=now
    )
    form.revision.data = str(revision)


async def _refused(request: Request, form: WriteupForm, refusal: Refusal) -> Response:
    """The form again with every word of it, over the write-up as it stands now."""
    if isinstance(refusal, NotFound):
        raise refusal
    writeup, _ = await _found(request)
    for field, sentence in refusal.missing if isinstance(refusal, rules.NotReady) else ():
        form.refuse(field, sentence)
    is_unsaved = form.seen != writeup.revision or writeup.state == WriteupState.PUBLISHED
    form.revision.data, form.state.data = str(writeup.revision), writeup.state
    # Either an error summary or a notice, never both.
    return await _editor(request, writeup, form, warning="" if form.errors else str(refusal), is_unsaved=is_unsaved)


async def _editor(
    request: Request, writeup: Writeup, form: WriteupForm, *, warning: str = "", is_unsaved: bool = False
) -> Response:
    edit = form.edit()
    context: Context = {
        "section": "writeups",
        "writeup": writeup,
        "form": form,
        "story": await story_of(edit, form.on_stage()),
        "missing": rules.missing_from(edit),
        "savings": await savings_of(writeup.id),
        "parts": PARTS,
        "rules": rules,
        "warning": warning,
        "is_unsaved": is_unsaved,
    }
    status = 422 if form.errors or warning else 200
    return desk_page(request, "writeups/desk/edit.html", context, status=status)
