"""The form of interest with its optional question: one page, one POST, one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from wtforms.validators import ValidationError

from eventsite.clock import london_date
from eventsite.database import transaction
from eventsite.errors import Refusal
from eventsite.events.queries import Panel, coming_events, events_open_for_interest, panels_taking_questions
from eventsite.events.tables import Event
from eventsite.interest.forms import InterestForm
from eventsite.interest.rules import kept_until
from eventsite.interest.services import register_interest
from eventsite.people.rules import UPDATES_WORDING
from eventsite.questions.asking_services import QuestionDraft, submit_question
from eventsite.questions.rules import LONGEST_QUESTION
from eventsite.questions.warnings import permission, warning_about
from eventsite.web.forms import AtMost, Words, read_form
from eventsite.web.responses import Answer, Context, invalid, page, see_other
from eventsite.web.site import Site, site_of
from eventsite.web.throttle import FORMS_A_NETWORK, FORMS_AN_ADDRESS, TooOften, use, use_for_network

TEMPLATE = "front/interest.html"
ONLY_TEMPLATE = "front/interest_closed.html"


class InterestAndQuestionForm(InterestForm):
    """The form of interest, and a question to a panel for those who have one."""

    question = Words(validators=[AtMost(LONGEST_QUESTION, "Your question")])
    question_session = Words()
    anyway = Words()

    def offer(self, panels: Sequence[Panel]) -> None:
        """Says which panels take questions."""
        self.panels = {panel_name(panel): panel for panel in panels}

    def validate_question(self, field: Words) -> None:
        """A question needs a panel to go to. Called by WTForms because of its name."""
        if field.data and not self.panels:
            raise ValidationError("No panel takes questions at the moment. Take your question out to register interest")

    def validate_question_session(self, field: Words) -> None:
        """Where there is one panel only, a question goes to that one. Called by WTForms because of its name."""
        if not self.question.data:
            return
        if not field.data and len(self.panels) == 1:
            field.data = next(iter(self.panels))
        if self.panels and field.data not in self.panels:
            raise ValidationError("Select the panel your question is for")

    @property
    def panel(self) -> Panel | None:
        """The panel a valid form's question is for, or None where there is no question."""
        return self.panels[self.question_session.data] if self.question.data else None


@dataclass(frozen=True)
class Choices:
    """What the form offers at a moment."""

    events: Sequence[Event]
    coming: Sequence[Event]
    panels: Sequence[Panel]


async def show_interest(request: Request) -> Answer:
    """GET `/interest`: the form, with the event of `?event=slug` ticked."""
    choices = await _choices(site_of(request))
    form = InterestAndQuestionForm(events=[request.query_params.get("event", "")])
    return page(request, TEMPLATE, _context(form, choices))


async def register(request: Request) -> Answer:
    """POST `/interest`: registers and says thank you, or shows the form again with what to mend or to think over."""
    site = site_of(request)
    choices = await _choices(site)
    form = await read_form(request, InterestAndQuestionForm)
    form.choose_from({event.slug: event for event in choices.coming}, now=site.now()).offer(choices.panels)
    warned = _warned(site, form) if form.validate() else {}
    if not form.errors and not warned:
        try:
            await _register(request, site, form, site.now())
            return see_other("/interest/thanks")
        except TooOften:
            raise
        except Refusal as refusal:
            form.refuse(refusal.field, str(refusal))
    return invalid(request, TEMPLATE, _context(form, choices) | warned)


async def thank(request: Request) -> Answer:
    """GET `/interest/thanks`: what happens next, the same for everyone."""
    return page(request, "front/thanks.html", {"events": await events_open_for_interest(site_of(request).now())})


def _warned(site: Site, form: InterestAndQuestionForm) -> Context:
    """What to warn of in the question; nothing where there is nothing, or it is sent anyway."""
    words = form.question.data
    allowed = permission(site.settings.secret_key, words)
    warning = warning_about(words) if words and form.anyway.data != allowed else None
    if warning is None:
        return {}
    if warning.personal:
        form.refuse("question", warning.sentence)
    return {"warning": warning, "permission": allowed}


async def _register(request: Request, site: Site, form: InterestAndQuestionForm, now: datetime) -> None:
    draft = form.draft()
    async with transaction():
        await use_for_network(request, FORMS_A_NETWORK, now=now)
        await use(site, FORMS_AN_ADDRESS, draft.person.email_key, now=now)
        await register_interest(draft, stationery=site.stationery, now=now)
        if form.panel:
            question = QuestionDraft(text=form.question.data, person=draft.person, anonymous=True)
            await submit_question(form.panel, question, stationery=site.stationery, now=now)


async def _choices(site: Site) -> Choices:
    return await site.pages.remembered("choices of interest", lambda: _read_choices(site.now()))


async def _read_choices(now: datetime) -> Choices:
    coming = await coming_events(london_date(now))
    return Choices(await events_open_for_interest(now), coming, await panels_taking_questions(now))


def panel_name(panel: Panel) -> str:
    """How the form names a panel: the slugs of its event and session."""
    return f"{panel.event.slug}/{panel.session.slug}"


def _context(form: InterestAndQuestionForm, choices: Choices) -> Context:
    kept = max((kept_until(event.ends_on) for event in choices.events), default=None)
    panels = [(panel_name(panel), panel) for panel in choices.panels]
    said = {"kept": kept, "updates_wording": UPDATES_WORDING, "warning": None}
    return {"form": form, "events": choices.events, "panels": panels, **said}
