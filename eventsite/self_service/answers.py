"""Whose page it is, and how its views end: the page itself, with a sentence if something was refused, or back to it."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.interest.tables import Interest
from eventsite.people.holdings import HOLDINGS
from eventsite.people.queries import get_person_of_link
from eventsite.people.rules import ANNOUNCEMENTS_WORDING, UPDATES_WORDING
from eventsite.people.tables import Person
from eventsite.self_service.calendar import subscription_links
from eventsite.self_service.queries import get_own_interest, own_page
from eventsite.self_service.rules import done_sentence
from eventsite.web.responses import private_page, see_other
from eventsite.web.site import site_of


async def person_of(request: Request) -> Person:
    """The person whose link this is; NotFound for a wrong or revoked one."""
    return await get_person_of_link(site_of(request).settings.secret_key, request.path_params["token"])


async def person_and_interest_of(request: Request) -> tuple[Person, Interest]:
    """The person, and their interest in the event that the address names; NotFound."""
    person = await person_of(request)
    return person, await get_own_interest(person.id, request.path_params["slug"])


def address_of(request: Request) -> str:
    """The path of the person's own page."""
    return f"/my/{request.path_params['token']}"


def back(request: Request, done: str) -> Response:
    """To the own page, which says what was done: a key of `rules.DONE`."""
    return see_other(f"{address_of(request)}?done={done}")


async def own_page_of(request: Request, person: Person, *, refused: str = "") -> Response:
    """Somebody's own page; 422 with the sentence at its head where what they asked for was refused."""
    site = site_of(request)
    own = await own_page(person, site.now())
    context = {
        "own": own,
        "address": address_of(request),
        "calendar": subscription_links(site.links.calendar(person.id, person.calendar_version)),
        "done": done_sentence(request.query_params.get("done", "")),
        "refused": refused,
        "question_link": lambda question: site.links.question(question.id, question.link_version),
        "updates_wording": UPDATES_WORDING,
        "announcements_wording": ANNOUNCEMENTS_WORDING,
        "kept": {one.table: one.kept for one in HOLDINGS},
    }
    return private_page(request, "self_service/own.html", context, status=422 if refused else 200)
