"""Announcements on the desk: the list, a draft being written, what its readers will get, and its release."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.announcements import rules
from eventsite.announcements.checking import check, letter_for
from eventsite.announcements.forms import AnnouncementForm
from eventsite.announcements.queries import (
    announcements,
    choices,
    draft_of,
    get_announcement,
    organiser_name,
    readers_of,
    subject_of,
)
from eventsite.announcements.services import (
    copy_announcement,
    create_announcement,
    edit_announcement,
    release_announcement,
    withdraw_reminder,
)
from eventsite.announcements.tables import Announcement, AnnouncementState
from eventsite.errors import NotFound, Refusal
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.responses import Context, see_other
from eventsite.web.site import site_of

LIST = "/organise/announcements"
KNOWN: Context = {"section": "announcements", "rules": rules}


async def show_list(request: Request) -> Response:
    """GET `/organise/announcements`."""
    context = {"lines": await announcements(), "states": list(AnnouncementState), "now": site_of(request).now()}
    return desk_page(request, "announcements/list.html", {**KNOWN, **context})


async def show_new(request: Request) -> Response:
    """GET `/organise/announcements/new?event=&audience=`: an empty form, or one that knows whom it is for."""
    asked = request.query_params
    form = AnnouncementForm(event=asked.get("event", ""), audience=asked.get("audience", ""))
    return await _form_page(request, form)


async def create(request: Request) -> Response:
    """POST `/organise/announcements/new`: keeps a draft."""
    site, form = site_of(request), (await read_form(request, AnnouncementForm)).choose_from(await choices())
    if not form.validate():
        return await _form_page(request, form, status=422)
    try:
        actor = organiser_of(request).id
        made = await create_announcement(form.draft(), actor=actor, stationery=site.stationery, now=site.now())
    except Refusal as refusal:
        form.refuse(refusal.field, str(refusal))
        return await _form_page(request, form, status=422)
    return _onwards(form, made.id)


async def show(request: Request) -> Response:
    """GET `/organise/announcements/{id}`: a draft in its form, any other as it went."""
    announcement = await get_announcement(request.path_params["id"])
    if rules.is_draft(announcement.state):
        return await _form_page(request, AnnouncementForm.of(announcement), announcement)
    return await _settled_page(request, announcement)


async def edit(request: Request) -> Response:
    """POST `/organise/announcements/{id}`: changes a draft."""
    announcement = await get_announcement(request.path_params["id"])
    form = (await read_form(request, AnnouncementForm)).choose_from(await choices())
    if not form.validate():
        return await _form_page(request, form, announcement, status=422)
    try:
        await _edit(request, announcement, form)
    except rules.NotADraft as refusal:
        return see_other_saying(_address(announcement.id), str(refusal))
    except Refusal as refusal:
        form.show_again(refusal, announcement.updated_at)
        return await _form_page(request, form, announcement, status=422)
    return _onwards(form, announcement.id)


async def show_check(request: Request) -> Response:
    """GET `/organise/announcements/{id}/check`: how many get it, and three letters as they will come."""
    return await _check_page(request, await get_announcement(request.path_params["id"]))


async def show_letter(request: Request) -> Response:
    """GET `/organise/announcements/{id}/letters/{person}`: what fills a frame."""
    announcement = await get_announcement(request.path_params["id"])
    stationery = site_of(request).stationery
    letter = await letter_for(draft_of(announcement), request.path_params["person"], stationery)
    return letter_frame(letter.html)


async def release(request: Request) -> Response:
    """POST `/organise/announcements/{id}/release`."""
    announcement = await get_announcement(request.path_params["id"])
    form = await read_form(request, AnnouncementForm)
    try:
        letters = await _release(request, announcement, form)
    except rules.NotADraft:
        return see_other_saying(_address(announcement.id), "It was released before, and is not sent twice.")
    except Refusal as refusal:
        return await _check_page(request, announcement, warning=str(refusal))
    return see_other_saying(_address(announcement.id), _said_of(letters))


async def withdraw(request: Request) -> Response:
    """POST `/organise/announcements/{id}/withdrawal`: a reminder that waits for its day is taken back."""
    announcement_id = request.path_params["id"]
    try:
        await withdraw_reminder(announcement_id, actor=organiser_of(request).id, now=site_of(request).now())
    except rules.NotScheduled as refusal:
        return see_other_saying(_address(announcement_id), str(refusal))
    return see_other_saying(_address(announcement_id), "The reminder is taken back, and is not sent.")


async def copy(request: Request) -> Response:
    """POST `/organise/announcements/{id}/copy`: a new draft with the same words."""
    made = await copy_announcement(
        request.path_params["id"], actor=organiser_of(request).id, now=site_of(request).now()
    )
    return see_other_saying(_address(made.id), "This is a copy, and a draft.")


async def _edit(request: Request, announcement: Announcement, form: AnnouncementForm) -> None:
    site, actor, seen_at = site_of(request), organiser_of(request).id, form.seen.moment
    await edit_announcement(
        announcement.id, form.draft(), seen_at=seen_at, actor=actor, stationery=site.stationery, now=site.now()
    )


async def _release(request: Request, announcement: Announcement, form: AnnouncementForm) -> int | None:
    site, actor, seen_at = site_of(request), organiser_of(request).id, form.seen.moment
    return await release_announcement(
        announcement.id, seen_at=seen_at, actor=actor, stationery=site.stationery, now=site.now()
    )


def _address(announcement_id: str) -> str:
    return f"{LIST}/{announcement_id}"


def _onwards(form: AnnouncementForm, announcement_id: str) -> Response:
    if form.do.data == "check":
        return see_other(f"{_address(announcement_id)}/check")
    return see_other_saying(_address(announcement_id), "The draft is saved.")


def _said_of(letters: int | None) -> str:
    if letters is None:
        return "The reminder is scheduled."
    return f"Released to {letters} {'person' if letters == 1 else 'people'}. The letters are on their way."


async def _form_page(
    request: Request, form: AnnouncementForm, announcement: Announcement | None = None, *, status: int = 200
) -> Response:
    readers = await readers_of(draft_of(announcement)) if announcement else []
    form.choose_from(await choices())
    context = {"form": form, "announcement": announcement, "readers": len(readers)}
    return desk_page(request, "announcements/form.html", {**KNOWN, **context}, status=status)


async def _settled_page(request: Request, announcement: Announcement) -> Response:
    context = {
        "announcement": announcement,
        "about": await subject_of(draft_of(announcement)),
        "released_by": await organiser_name(announcement.released_by),
        "now": site_of(request).now(),
    }
    return desk_page(request, "announcements/settled.html", {**KNOWN, **context})


async def _check_page(request: Request, announcement: Announcement, *, warning: str = "") -> Response:
    if announcement.state not in (AnnouncementState.DRAFT, AnnouncementState.SCHEDULED):
        raise NotFound
    draft, site = draft_of(announcement), site_of(request)
    try:
        found = await check(draft, site.stationery)
    except Refusal as refusal:
        form = AnnouncementForm.of(announcement)
        form.refuse(refusal.field, str(refusal))
        return await _form_page(request, form, announcement, status=422)
    context = {"announcement": announcement, "check": found, "warning": warning, "now": site.now()}
    page = desk_page(request, "announcements/check.html", {**KNOWN, **context}, status=422 if warning else 200)
    return with_frame(page)
