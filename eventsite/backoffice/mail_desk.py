"""Mail as owners see it: what waits, what was given up and why, whom no letter reaches, and what came in."""

from starlette.datastructures import URL
from starlette.requests import Request

from eventsite.backoffice import mail_queries, mail_services
from eventsite.backoffice.shown_letters import shown_letter
from eventsite.mail import arrivals, queries
from eventsite.mail.addresses import address_key
from eventsite.mail.outbox import NotGivenUp, Overtaken
from eventsite.mail.reading import read_letter
from eventsite.mail.tables import LetterState
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_sent
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.paging import last_page, page_number
from eventsite.web.responses import Answer
from eventsite.web.site import site_of

MAIL = "/organise/mail"
UNCERTAIN = "uncertain"
LONGEST_SEARCH = 254


async def show_mail(request: Request) -> Answer:
    """GET `/organise/mail?state=&q=&page=`: the outbox."""
    said, to = request.query_params.get("state", ""), _looked_for(request)
    state, uncertain = LetterState(said) if said in set(LetterState) else None, said == UNCERTAIN
    count = await queries.letter_count(state, to=to, uncertain=uncertain)
    last = last_page(count, queries.PAGE_LENGTH)
    page = page_number(request, last)
    context = {
        "letters": await queries.letters(page, state=state, to=to, uncertain=uncertain),
        "given_up": await mail_queries.given_up(to),
        "chosen": said if state or uncertain else "",
        "mail": await mail_queries.mail_counts(),
        **{"q": to, "count": count, "page": page, "last": last, "address": _address(state=said, q=to)},
    }
    return desk_page(request, "backoffice/mail.html", context)


async def show_letter(request: Request) -> Answer:
    """GET `/organise/mail/{id}`."""
    stored = await queries.letter(request.path_params["id"])
    key = address_key(stored.recipient)
    context = {
        "stored": stored,
        "shown": shown_letter(stored.content),
        "stopped": await mail_queries.stopped_address(key),
        "bounces": await arrivals.bounces_of(key),
    }
    return with_frame(desk_page(request, "backoffice/letter.html", context))


async def show_html(request: Request) -> Answer:
    """GET `/organise/mail/{id}/html`: what fills the frame."""
    stored = await queries.letter(request.path_params["id"])
    return letter_frame(read_letter(stored.content).html)


async def send_again(request: Request) -> Answer:
    """POST `/organise/mail/{id}/delivery`: a letter that was given up starts afresh."""
    letter_id = request.path_params["id"]
    try:
        await mail_services.send_letter_again(letter_id, actor=organiser_of(request).id, now=site_of(request).now())
    except (NotGivenUp, Overtaken) as refusal:
        return see_other_saying(f"{MAIL}/{letter_id}", str(refusal))
    return see_other_saying(f"{MAIL}/{letter_id}", "The letter is on its way again.")


async def show_all_again(request: Request) -> Answer:
    """GET `/organise/mail/again?q=&page=`: whom all that were given up would go to, before they do."""
    return await _check_page(request, _looked_for(request))


async def send_all_again(request: Request) -> Answer:
    """POST `/organise/mail/again`: sends as many as were shown, or none."""
    sent = await read_sent(request)
    to, shown = sent.get("q", "")[:LONGEST_SEARCH], sent.get("letters", "")
    actor, now = organiser_of(request).id, site_of(request).now()
    try:
        letters = await mail_services.send_all_again(to, shown=_number(shown), actor=actor, now=now)
    except mail_services.NotAsShown as refusal:
        return await _check_page(request, to, warning=str(refusal))
    return see_other_saying(MAIL, f"{letters} {'letter is' if letters == 1 else 'letters are'} on the way again.")


async def _check_page(request: Request, to: str, *, warning: str = "") -> Answer:
    totals = await mail_queries.given_up(to)
    last = last_page(totals.letters, mail_queries.PAGE_LENGTH)
    page = page_number(request, last)
    lines = await mail_queries.given_up_lines(to, page)
    context = {"totals": totals, "lines": lines, "q": to, "warning": warning, "page": page, "last": last}
    status = 422 if warning else 200
    return desk_page(request, "backoffice/mail_again.html", {**context, "address": _again(to)}, status=status)


def _looked_for(request: Request) -> str:
    return request.query_params.get("q", "").strip()[:LONGEST_SEARCH]


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _address(**asked: str) -> str:
    """The list's own address, with room for a page's number at its end."""
    return f"{URL(MAIL).include_query_params(**asked)}&page="


def _again(to: str) -> str:
    return f"{URL(f'{MAIL}/again').include_query_params(q=to)}&page="
