"""The programme a person picks from, and what its buttons do. Getting it changes nothing."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from eventsite import ledger
from eventsite.errors import Refusal
from eventsite.events.queries import get_session_of
from eventsite.events.tables import ProgrammeSession
from eventsite.interest.seat_queries import own_seat
from eventsite.interest.seat_services import add_session, give_up_seat, join_session_list, switch_session_mail
from eventsite.interest.tables import Interest, SeatState
from eventsite.people.tables import Person
from eventsite.self_service.answers import address_of, person_and_interest_of
from eventsite.self_service.forms import MailForm
from eventsite.self_service.programme import own_programme
from eventsite.self_service.rules import done_sentence, mail_switched
from eventsite.web.forms import read_form
from eventsite.web.responses import private_page, see_other
from eventsite.web.site import site_of

Asked = tuple[Person, Interest, ProgrammeSession]


async def show_programme(request: Request) -> Response:
    """GET `/my/{token}/events/{slug}`: the programme, with buttons."""
    person, interest = await person_and_interest_of(request)
    return await _programme(request, person, interest)


async def create_seat(request: Request) -> Response:
    """POST `/my/{token}/events/{slug}/sessions/{session}/seat`: adds a session (`mail=yes`: an invite by email)."""
    site, wants_mail = site_of(request), (await read_form(request, MailForm)).mail.data
    person, interest, session = await _asked(request)
    how = partial(add_session, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    try:
        await how(person.id, session, wants_mail=wants_mail)
    except Refusal as refusal:
        return await _programme(request, person, interest, refused=str(refusal), session=session)
    return _back(request, "added-mail" if wants_mail else "added")


async def create_waiting(request: Request) -> Response:
    """POST `/my/{token}/events/{slug}/sessions/{session}/waiting`: onto the list, or to a seat if one is free."""
    site, wants_mail = site_of(request), (await read_form(request, MailForm)).mail.data
    person, interest, session = await _asked(request)
    how = partial(join_session_list, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    try:
        await how(person.id, session, wants_mail=wants_mail)
    except Refusal as refusal:
        return await _programme(request, person, interest, refused=str(refusal), session=session)
    seat = await own_seat(person.id, session.id)
    return _back(request, "passed-on" if seat and seat.state is SeatState.TAKEN else "on-list")


async def create_release(request: Request) -> Response:
    """POST `/my/{token}/events/{slug}/sessions/{session}/release`: gives a seat up, or leaves the list."""
    site, (person, _, session) = site_of(request), await _asked(request)
    await give_up_seat(person.id, session.id, actor=ledger.VISITOR, stationery=site.stationery, now=site.now())
    return _back(request, "given-up")


async def change_mail(request: Request) -> Response:
    """POST `/my/{token}/events/{slug}/sessions/{session}/mail`: invites by email on (`mail=yes`) or off."""
    site, wanted = site_of(request), (await read_form(request, MailForm)).mail.data
    person, _, session = await _asked(request)
    await switch_session_mail(person.id, session.id, wanted=wanted, stationery=site.stationery, now=site.now())
    seat = await own_seat(person.id, session.id)
    return _back(request, mail_switched(wanted=wanted, is_waiting=seat is not None and seat.state != SeatState.TAKEN))


async def _asked(request: Request) -> Asked:
    person, interest = await person_and_interest_of(request)
    return person, interest, await get_session_of(interest.event, request.path_params["session"])


async def _programme(
    request: Request, person: Person, interest: Interest, *, refused: str = "", session: ProgrammeSession | None = None
) -> Response:
    """The page; 422 with the sentence at its head where a session was refused."""
    programme = await own_programme(person.id, interest.event, interest.state, site_of(request).now())
    context = {
        "person": person,
        "programme": programme,
        "address": address_of(request),
        "done": done_sentence(request.query_params.get("done", "")),
        "done_at": request.query_params.get("session", ""),
        "refused": refused,
        "refused_session": session,
    }
    return private_page(request, "self_service/programme.html", context, status=422 if refused else 200)


def _back(request: Request, done: str) -> Response:
    slug, session = request.path_params["slug"], request.path_params["session"]
    return see_other(f"{address_of(request)}/events/{slug}?done={done}&session={session}#session-{session}")
