"""Owners' pages on who may sign in: what the command line does, on the desk."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.errors import Refusal
from eventsite.organisers.forms import ROLES, OrganiserForm
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.organisers.queries import get_organiser, organisers
from eventsite.organisers.services import add_organiser, disable_organiser, reset_organiser
from eventsite.organisers.tables import Organiser, Role
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.site import site_of

PEOPLE = "/organise/people"


async def show_people(request: Request) -> Response:
    """Everybody who may sign in, or might once, and the form to add one."""
    return await _people_page(request, OrganiserForm(role=Role.MODERATOR))


async def create_organiser(request: Request) -> Response:
    """Lets somebody in, and shows the link they set their password with."""
    form = await read_form(request, OrganiserForm)
    if not form.validate():
        return await _people_page(request, form, status=422)
    try:
        organiser = await add_organiser(form.draft(), actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        form.refuse(refusal.field, str(refusal))
        return await _people_page(request, form, status=422)
    return _link_page(request, organiser, organiser.link_version)


async def create_link(request: Request) -> Response:
    """Takes a password away and shows the link to set another."""
    organiser = await get_organiser(request.path_params["id"])
    version = await reset_organiser(organiser, actor=organiser_of(request).id, now=site_of(request).now())
    return _link_page(request, organiser, version)


async def disable(request: Request) -> Response:
    """Shuts an account at once, wherever it is signed in."""
    organiser = await get_organiser(request.path_params["id"])
    try:
        await disable_organiser(organiser, actor=organiser_of(request).id, now=site_of(request).now())
    except Refusal as refusal:
        return await _people_page(request, OrganiserForm(role=Role.MODERATOR), warning=str(refusal), status=422)
    return see_other_saying(PEOPLE, f"{organiser.name} can no longer sign in.")


async def _people_page(request: Request, form: OrganiserForm, *, warning: str = "", status: int = 200) -> Response:
    context = {"form": form, "people": await organisers(), "roles": ROLES, "section": "people", "warning": warning}
    return desk_page(request, "organisers/people.html", context, status=status)


def _link_page(request: Request, organiser: Organiser, version: int) -> Response:
    # The answer to the deed itself: the link is shown once, and its address is nobody's to reload or share.
    link = site_of(request).links.password(organiser.id, version)
    return desk_page(request, "organisers/link.html", {"person": organiser, "link": link, "section": "people"})
