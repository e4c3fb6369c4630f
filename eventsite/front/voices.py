"""Adding a voice to a question of somebody else, and the audience's votes for questions."""

import re
import secrets
from datetime import timedelta

from starlette.requests import Request

from eventsite.database import transaction
from eventsite.errors import NotFound
from eventsite.events.queries import Panel
from eventsite.events.rules import QuestionsClosed
from eventsite.front.asking import public_panel
from eventsite.front.published import Published, published_questions
from eventsite.people.services import PersonDraft
from eventsite.questions.forms import VoiceForm
from eventsite.questions.rules import LINK_KEPT
from eventsite.questions.voice_services import add_voice
from eventsite.questions.vote_services import cast_vote, voter_digest
from eventsite.web.forms import read_form
from eventsite.web.responses import Answer, invalid, see_other
from eventsite.web.site import site_of
from eventsite.web.throttle import (
    FORMS_A_NETWORK,
    FORMS_AN_ADDRESS,
    VOTES_A_NETWORK,
    network_of,
    use,
    use_for_network,
)

COOKIE = "__Host-voter"
COOKIE_KEPT = timedelta(days=30)
_NUMBER = re.compile("[0-9a-f]{32}")


async def create_voice(request: Request) -> Answer:
    """Adds a voice, then leads back to the question it went to; the form again where the address cannot be used."""
    panel = await public_panel(request)
    form = await read_form(request, VoiceForm)
    if form.validate():
        try:
            head = await _add(request, panel, form.person())
            return see_other(f"{questions_path(panel)}?voiced={head}#question-{head}")
        except QuestionsClosed as refusal:
            form.refuse("email", str(refusal))
    one = await _published(panel, request.path_params["id"])
    return invalid(request, "front/voice.html", {"panel": panel, "one": one, "form": form, "link_kept": LINK_KEPT})


async def create_vote(request: Request) -> Answer:
    """Counts this browser's vote. Its cookie is set by the first vote and by nothing else."""
    site, panel, question_id = site_of(request), await public_panel(request), request.path_params["id"]
    number, now = request.cookies.get(COOKIE, ""), site.now()
    is_known = bool(_NUMBER.fullmatch(number))
    number = number if is_known else secrets.token_hex(16)
    async with transaction():
        await use_for_network(request, VOTES_A_NETWORK, now=now)
        voter = voter_digest(site.settings.secret_key, number)
        await cast_vote(panel.session.id, question_id, voter, now=now)
    response = see_other(f"{questions_path(panel)}?voted={question_id}#question-{question_id}")
    if not is_known:
        lasts = int(COOKIE_KEPT.total_seconds())
        response.set_cookie(COOKIE, number, max_age=lasts, path="/", secure=True, httponly=True, samesite="lax")
    return response


def questions_path(panel: Panel) -> str:
    """Where the questions of a panel are."""
    return f"/events/{panel.event.slug}/sessions/{panel.session.slug}/questions"


async def _add(request: Request, panel: Panel, person: PersonDraft | None) -> str:
    site, question_id = site_of(request), request.path_params["id"]
    now, network = site.now(), network_of(request) or "this machine"
    async with transaction():
        await use_for_network(request, FORMS_A_NETWORK, now=now)
        if person:
            await use(site, FORMS_AN_ADDRESS, person.email_key, now=now)
        added = await add_voice(
            panel.session.id, question_id, person, network=network, stationery=site.stationery, now=now
        )
    return added.question_id


async def _published(panel: Panel, question_id: str) -> Published:
    for one in (await published_questions(panel.session.id)).questions:
        if one.question.id == question_id:
            return one
    raise NotFound
