"""A person's own page and what its buttons do. Whoever holds the link is the person; opening it changes nothing."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite import ledger
from eventsite.clock import london_date
from eventsite.database import transaction
from eventsite.errors import NotFound
from eventsite.people.queries import get_person_of_link
from eventsite.people.services import change_details, switch_announcements, switch_updates
from eventsite.self_service.answers import address_of, back, own_page_of, person_of
from eventsite.self_service.erasure import erase
from eventsite.self_service.export import as_json, export_person
from eventsite.self_service.forms import AnnouncementsForm, DetailsForm, LinkForm, UpdatesForm
from eventsite.self_service.queries import own_page, was_erased
from eventsite.self_service.services import renew_calendar, send_link_again
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer, invalid, page, private_page, see_other
from eventsite.web.site import site_of
from eventsite.web.throttle import FORMS_A_NETWORK, LINKS_AN_ADDRESS, use, use_for_network

ASK = "self_service/ask.html"
DETAILS = "self_service/details.html"
ERASURE = "self_service/erasure.html"


async def ask_for_link(request: Request) -> Answer:
    """GET `/my`: where to send the link."""
    return page(request, ASK, {"form": LinkForm()})


async def send_link(request: Request) -> Answer:
    """POST `/my`: sends the link again, and says the same to everyone."""
    site, form = site_of(request), await read_form(request, LinkForm)
    if not form.validate():
        return invalid(request, ASK, {"form": form})
    now = site.now()
    async with transaction():
        await use_for_network(request, FORMS_A_NETWORK, now=now)
        await use(site, LINKS_AN_ADDRESS, form.email_key, now=now)
        await send_link_again(form.email_key, stationery=site.stationery, now=now)
    return see_other("/my/sent")


async def say_sent(request: Request) -> Answer:
    """GET `/my/sent`: the same for everyone."""
    return page(request, "self_service/sent.html", {})


async def show_own_page(request: Request) -> Response:
    """GET `/my/{token}`: what we hold, in words, and the buttons."""
    return await own_page_of(request, await person_of(request))


async def change_updates(request: Request) -> Response:
    """POST `/my/{token}/updates`: news of other events on (`updates=yes`) or off."""
    person, form = await person_of(request), await read_form(request, UpdatesForm)
    wanted = bool(form.updates.data)
    await switch_updates(person.id, wanted=wanted, source="own page", now=site_of(request).now())
    return back(request, "updates-on" if wanted else "updates-off")


async def change_announcements(request: Request) -> Response:
    """POST `/my/{token}/announcements`: announcements about their events on (`announcements=yes`) or off."""
    person, form = await person_of(request), await read_form(request, AnnouncementsForm)
    wanted = bool(form.announcements.data)
    await switch_announcements(person.id, wanted=wanted, source="own page", now=site_of(request).now())
    return back(request, "announcements-on" if wanted else "announcements-off")


async def renew_calendar_address(request: Request) -> Response:
    """POST `/my/{token}/calendar`: the feed gets a new address, and the old one ends."""
    person = await person_of(request)
    await renew_calendar(person.id, now=site_of(request).now())
    return back(request, "calendar")


async def show_details(request: Request) -> Response:
    """GET `/my/{token}/details`: the form to change name, job title and organisation."""
    person = await person_of(request)
    form = DetailsForm(name=person.name, job_title=person.job_title, organisation=person.organisation)
    return private_page(request, DETAILS, {"form": form, "person": person, "address": address_of(request)})


async def update_details(request: Request) -> Response:
    """POST `/my/{token}/details`."""
    person, form = await person_of(request), await read_form(request, DetailsForm)
    if not form.validate():
        return invalid(request, DETAILS, {"form": form, "person": person, "address": address_of(request)})
    await change_details(person.id, form.draft(), now=site_of(request).now())
    return back(request, "details")


async def export(request: Request) -> Response:
    """GET `/my/{token}/export`: everything, as a file."""
    person, now = await person_of(request), site_of(request).now()
    name = f"what-we-hold-{london_date(now).isoformat()}.json"
    headers = {"content-disposition": f'attachment; filename="{name}"', "x-robots-tag": "noindex"}
    content = as_json(await export_person(person.email_key, now=now))
    return Response(content, media_type="application/json", headers=headers)


async def check_erasure(request: Request) -> Response:
    """GET `/my/{token}/erasure`: what would go, and the button."""
    person, now = await person_of(request), site_of(request).now()
    context = {"own": await own_page(person, now), "now": now, "address": address_of(request)}
    return private_page(request, ERASURE, context)


async def create_erasure(request: Request) -> Response:
    """POST `/my/{token}/erasure`: erases everything. A second click finds nothing left and is told the same."""
    site, token = site_of(request), request.path_params["token"]
    secret = site.settings.secret_key
    try:
        person = await get_person_of_link(secret, token)
    except NotFound:
        if await was_erased(secret, token):
            return see_other("/my/erased")
        raise
    await erase(person.email_key, secret=secret, actor=ledger.VISITOR, now=site.now())
    return see_other("/my/erased")


async def say_erased(request: Request) -> Answer:
    """GET `/my/erased`: the same for everyone."""
    return page(request, "self_service/erased.html", {})
