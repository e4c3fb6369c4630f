"""A write-up beside the questions it takes up: tying passages, and the letters that its publication sends."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.closing.plans import places_of, plan_of, tied_questions
from eventsite.closing.rules import Plan
from eventsite.closing.services import publish_and_tell, tell_the_rest, tie_passage, untie_passage
from eventsite.errors import Refusal
from eventsite.events.queries import get_event_by_id, get_session
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions.tables import News
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import Words, WordsForm, read_form
from eventsite.web.responses import Context, see_other
from eventsite.web.site import site_of
from eventsite.writeups.desk import LIST, keep_and_publish
from eventsite.writeups.desk_queries import get_writeup
from eventsite.writeups.passages import shortened
from eventsite.writeups.rules import AlreadyPublished, ensure_complete, revision_number
from eventsite.writeups.tables import Writeup, WriteupState


class PlanForm(WordsForm):
    """What stood on the check page: the revision, and the digest of the letters it would send."""

    revision = Words()
    plan = Words()


class TieForm(WordsForm):
    """The passage that is meant."""

    anchor = Words()


async def show_questions(request: Request) -> Response:
    """The questions of the panel, each with the passages that are tied to it and those that may be."""
    writeup = await get_writeup(request.path_params["id"])
    context = {
        **_known(writeup),
        "tied": await tied_questions(writeup),
        "places": [(place.anchor, shortened(place.text, 90)) for place in places_of(writeup)],
        "about": await _about(writeup),
        "plan": await plan_of(writeup),
    }
    return desk_page(request, "closing/questions.html", context)


async def tie(request: Request) -> Response:
    """Ties a passage to a question."""
    writeup_id, question_id = request.path_params["id"], request.path_params["question"]
    form, actor, now = await read_form(request, TieForm), organiser_of(request).id, site_of(request).now()
    try:
        await tie_passage(writeup_id, question_id, form.anchor.data, actor=actor, now=now)
    except Refusal as refusal:
        return _back(writeup_id, question_id, str(refusal))
    return _back(writeup_id, question_id, "The passage is tied to the question.")


async def untie(request: Request) -> Response:
    """Takes a passage from a question."""
    writeup_id, form = request.path_params["id"], await read_form(request, TieForm)
    actor, now = organiser_of(request).id, site_of(request).now()
    await untie_passage(writeup_id, request.path_params["passage"], actor=actor, now=now)
    return _back(writeup_id, form.anchor.data, "The passage is not tied any more.")


async def create_publication(request: Request) -> Response:
    """Keeps what was typed and publishes it: at once where nobody is written to, else after a check page."""
    return await keep_and_publish(request, _check_or_publish)


async def check_publication(request: Request) -> Response:
    """How many people publishing it writes to, and what of."""
    return await _check_page(request, await get_writeup(request.path_params["id"]))


async def release(request: Request) -> Response:
    """Publishes a write-up and writes to those whose question it closes."""
    writeup_id, form = request.path_params["id"], await read_form(request, PlanForm)
    try:
        sent = await _publish(request, writeup_id, revision_number(form.revision.data), form.plan.data)
    except AlreadyPublished as refusal:
        return see_other_saying(f"{LIST}/{writeup_id}", str(refusal))
    except Refusal as refusal:
        return await _check_page(request, await get_writeup(writeup_id), warning=str(refusal))
    return see_other_saying(f"{LIST}/{writeup_id}/questions", f"The write-up is on the site. {_letters(sent)}")


async def check_letters(request: Request) -> Response:
    """How many people are still to be told what a published write-up says to their question."""
    return await _check_page(request, await get_writeup(request.path_params["id"]))


async def send_letters(request: Request) -> Response:
    """Writes to those who are still to be told."""
    site, writeup_id, form = site_of(request), request.path_params["id"], await read_form(request, PlanForm)
    actor = organiser_of(request).id
    try:
        sent = await tell_the_rest(
            writeup_id, plan=form.plan.data, actor=actor, stationery=site.stationery, now=site.now()
        )
    except Refusal as refusal:
        return await _check_page(request, await get_writeup(writeup_id), warning=str(refusal))
    return see_other_saying(f"{LIST}/{writeup_id}/questions", _letters(sent))


async def _check_or_publish(request: Request, writeup_id: str, seen: int) -> Response:
    writeup = await get_writeup(writeup_id)
    if writeup.state == WriteupState.PUBLISHED:
        raise AlreadyPublished
    ensure_complete(writeup)
    plan = await plan_of(writeup)
    if plan.notices:
        return see_other(f"{LIST}/{writeup_id}/publication")
    await _publish(request, writeup_id, seen, plan.digest)
    return see_other_saying(f"{LIST}/{writeup_id}", "The write-up is on the site.")


async def _publish(request: Request, writeup_id: str, seen: int, plan: str) -> Plan:
    site, actor = site_of(request), organiser_of(request).id
    return await publish_and_tell(
        writeup_id, seen=seen, plan=plan, actor=actor, stationery=site.stationery, now=site.now()
    )


async def _check_page(request: Request, writeup: Writeup, *, warning: str = "") -> Response:
    context = {**_known(writeup), "plan": await plan_of(writeup), "tied": await tied_questions(writeup)}
    context |= {"warning": warning, "about": await _about(writeup)}
    return desk_page(request, "closing/check.html", context, status=422 if warning else 200)


def _known(writeup: Writeup) -> Context:
    is_on = writeup.state == WriteupState.PUBLISHED
    return {"section": "writeups", "writeup": writeup, "is_on": is_on, "News": News}


async def _about(writeup: Writeup) -> str:
    """The panel or event whose questions a write-up may take up, in words; empty where it has neither."""
    if writeup.session:
        session = await get_session(writeup.session)
        return f"“{session.title}” at {(await get_event_by_id(session.event)).name}"
    return (await get_event_by_id(writeup.event)).name if writeup.event else ""


def _back(writeup_id: str, question_id: str, sentence: str) -> Response:
    fragment = f"#question-{question_id}" if question_id else ""
    return see_other_saying(f"{LIST}/{writeup_id}/questions{fragment}", sentence)


def _letters(sent: Plan) -> str:
    people = "1 person" if sent.people == 1 else f"{sent.people} people"
    return f"Letters to {people} are on their way."
