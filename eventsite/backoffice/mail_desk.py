"""The outbox as owners see it: what waits, what was given up and why, and each letter as its reader gets it."""

from starlette.requests import Request

from eventsite import ledger
from eventsite.database import transaction
from eventsite.mail import outbox, queries
from eventsite.mail.reading import read_letter
from eventsite.mail.tables import LetterState
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.paging import last_page, page_number
from eventsite.web.responses import Answer
from eventsite.web.site import site_of


async def show_mail(request: Request) -> Answer:
    """GET `/organise/mail?state=&page=`."""
    state = _state(request.query_params.get("state", ""))
    last = last_page(await queries.letter_count(state), queries.PAGE_LENGTH)
    page = page_number(request, last)
    context = {"letters": await queries.letters(page, state=state), "page": page, "last": last, "state": state}
    return desk_page(request, "backoffice/mail.html", {**context, "states": list(LetterState)})


async def show_letter(request: Request) -> Answer:
    """GET `/organise/mail/{id}`."""
    stored = await queries.letter(request.path_params["id"])
    context = {"stored": stored, "letter": read_letter(stored.content)}
    return with_frame(desk_page(request, "backoffice/letter.html", context))


async def show_html(request: Request) -> Answer:
    """GET `/organise/mail/{id}/html`: what fills the frame."""
    stored = await queries.letter(request.path_params["id"])
    return letter_frame(read_letter(stored.content).html)


async def send_again(request: Request) -> Answer:
    """POST `/organise/mail/{id}/delivery`: a letter that was given up starts afresh."""
    now, letter_id = site_of(request).now(), request.path_params["id"]
    async with transaction():
        await outbox.requeue(letter_id, now=now)
        actor = organiser_of(request).id
        await ledger.record("letter.requeued", subject=("outbox_letter", letter_id), actor=actor, now=now)
    return see_other_saying(f"/organise/mail/{letter_id}", "The letter is on its way again.")


def _state(said: str) -> LetterState | None:
    return LetterState(said) if said in set(LetterState) else None
