"""The loop of a panel on the desk: what became of each question, who has been told, and the next step."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.closing.loop import loop_of
from eventsite.closing.services import settle_question
from eventsite.errors import Refusal
from eventsite.events.queries import Panel, get_event_by_id, get_session
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.organisers.rules import EDITORS, MODERATORS
from eventsite.questions.desk_forms import ModerationForm
from eventsite.questions.rules import NotPossibleNow
from eventsite.questions.states import Deed
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import Words, read_form
from eventsite.web.site import site_of


class SettleForm(ModerationForm):
    """Whether a question was asked, as somebody who was in the room says it."""

    outcome = Words()

    def deed(self) -> Deed:
        """What that means: it was asked, or the panel did not reach it. Raises NotPossibleNow for anything else."""
        deeds = {"asked": Deed.ASK, "not_reached": Deed.LEAVE_OUT}
        if self.outcome.data not in deeds:
            raise NotPossibleNow
        return deeds[self.outcome.data]


async def show_loop(request: Request) -> Response:
    """Every question of a panel, and what is left to do."""
    session, site = await get_session(request.path_params["session"]), site_of(request)
    role = organiser_of(request).role
    context = {
        "section": "questions",
        "panel": Panel(session, await get_event_by_id(session.event)),
        "found": await loop_of(session.id, session.ends_at, site.now()),
        "may_moderate": role in MODERATORS,
        "may_edit": role in EDITORS,
    }
    return desk_page(request, "closing/loop.html", context)


async def settle(request: Request) -> Response:
    """Says after the panel that a question was asked, or not reached."""
    session_id, question_id = request.path_params["session"], request.path_params["question"]
    form, there = await read_form(request, SettleForm), f"/organise/panels/{session_id}/loop"
    try:
        moderator = form.moderator(organiser_of(request).id)
        await settle_question(question_id, form.deed(), moderator, now=site_of(request).now())
    except Refusal as refusal:
        return see_other_saying(there, str(refusal))
    said = "The question was asked." if form.deed() is Deed.ASK else "The question was not reached."
    return see_other_saying(f"{there}#question-{question_id}", said)
