"""What questions are about, in numbers by theme and event; and which themes there are."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.questions.desk_forms import ThemeForm
from eventsite.questions.desk_places import may_decide
from eventsite.questions.theme_numbers import theme_numbers
from eventsite.questions.theme_services import ThemeExists, add_theme, all_themes, change_theme
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.site import site_of

THEMES = "/organise/questions/themes"


async def show_themes(request: Request) -> Response:
    """How many questions of each event are about each theme; for those who may, the themes to be changed."""
    return await _page(request)


async def create_theme(request: Request) -> Response:
    """Adds a theme, the last on the list."""
    form = await read_form(request, ThemeForm)
    if not form.validate():
        return await _page(request, form=form)
    try:
        await add_theme(form.label.data, actor=organiser_of(request).id, now=site_of(request).now())
    except ThemeExists as refusal:
        form.refuse("label", str(refusal))
        return await _page(request, form=form)
    return see_other_saying(THEMES, "The theme is added.")


async def save_theme(request: Request) -> Response:
    """Gives a theme another name, or takes it out of use."""
    form, theme_id = await read_form(request, ThemeForm), request.path_params["id"]
    if not form.validate():
        return await _page(request, form=form, theme_id=theme_id)
    actor, is_active = organiser_of(request).id, form.active.data
    await change_theme(theme_id, form.label.data, is_active=is_active, actor=actor, now=site_of(request).now())
    return see_other_saying(THEMES, "The theme is kept." if is_active else "The theme is out of use.")


async def _page(request: Request, *, form: ThemeForm | None = None, theme_id: str = "") -> Response:
    """The numbers and the list; after a form that could not be taken with its words, and what to mend in it."""
    context = {
        "section": "questions",
        "numbers": await theme_numbers(),
        "themes": await all_themes(),
        "may_decide": may_decide(request),
        "new": ThemeForm(),
        "sent_for": theme_id,
    }
    if form is None:
        return desk_page(request, "questions/themes.html", context)
    more = {"form": form} if theme_id else {"form": form, "new": form}
    return desk_page(request, "questions/themes.html", {**context, **more}, status=422)
