"""Owners' pages on people on stage: who they are, and who is in which session."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.programme_desk import session_address_of, session_of, session_page
from eventsite.backoffice.sessions_forms import SpeakerForm, StageForm
from eventsite.errors import Refusal
from eventsite.events import queries
from eventsite.events.stage_services import edit_speaker, move_up_on_stage, put_on_stage, take_off_stage
from eventsite.events.tables import Speaker
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.responses import see_other
from eventsite.web.site import site_of

SPEAKERS = "/organise/speakers"


async def show_speakers(request: Request) -> Response:
    """Everybody who was ever on stage."""
    context = {"speakers": await queries.all_speakers(), "section": "events"}
    return desk_page(request, "backoffice/speakers.html", context)


async def show_speaker(request: Request) -> Response:
    """The form with what we say of a person."""
    speaker = await queries.get_speaker(request.path_params["id"])
    return _speaker_page(request, speaker, SpeakerForm(obj=speaker))


async def edit(request: Request) -> Response:
    """Changes what we say of a person, wherever they are shown."""
    speaker = await queries.get_speaker(request.path_params["id"])
    form = await read_form(request, SpeakerForm)
    if not form.validate():
        return _speaker_page(request, speaker, form, status=422)
    await edit_speaker(speaker, form.draft(), actor=organiser_of(request).id, now=site_of(request).now())
    return see_other_saying(SPEAKERS, f"{form.name.data} is changed wherever they are shown.")


async def put(request: Request) -> Response:
    """Puts a person, known or new, on the stage of a session."""
    event, session = await session_of(request)
    form, site = await read_form(request, StageForm), site_of(request)
    form.choose_from({speaker.id for speaker in await queries.all_speakers()})
    if not form.validate():
        return await session_page(request, event, session, stage=form, status=422)
    try:
        await put_on_stage(session, form.draft(), actor=organiser_of(request).id, now=site.now())
    except Refusal as refusal:
        form.refuse(refusal.field, str(refusal))
        return await session_page(request, event, session, stage=form, status=422)
    return see_other(session_address_of(event, session) + "#stage")


async def take_off(request: Request) -> Response:
    """Takes a person off the stage of a session."""
    event, session = await session_of(request)
    speaker = request.path_params["speaker"]
    await take_off_stage(session, speaker, actor=organiser_of(request).id, now=site_of(request).now())
    return see_other(session_address_of(event, session) + "#stage")


async def move_up(request: Request) -> Response:
    """Shows a person before the one before them."""
    event, session = await session_of(request)
    speaker = request.path_params["speaker"]
    await move_up_on_stage(session, speaker, actor=organiser_of(request).id, now=site_of(request).now())
    return see_other(session_address_of(event, session) + "#stage")


def _speaker_page(request: Request, speaker: Speaker, form: SpeakerForm, *, status: int = 200) -> Response:
    context = {"form": form, "speaker": speaker, "section": "events"}
    return desk_page(request, "backoffice/speaker.html", context, status=status)
