"""The door: signing in and out, and setting a password by a one-time link."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.organisers.forms import PasswordForm, SignInForm
from eventsite.organisers.guard import COOKIE, desk_page
from eventsite.organisers.passwords import SHORTEST, UnfitPassword
from eventsite.organisers.queries import organiser_by_link
from eventsite.organisers.rules import DESK, LinkSpent
from eventsite.organisers.services import WrongCredentials, set_password, sign_in, sign_out
from eventsite.organisers.tables import Organiser
from eventsite.web.errors import error_page
from eventsite.web.flash import see_other_saying
from eventsite.web.forms import read_form
from eventsite.web.responses import see_other
from eventsite.web.site import site_of
from eventsite.web.throttle import (
    PASSWORDS_A_NETWORK,
    PASSWORDS_AN_ACCOUNT,
    give_back,
    network_of,
    use,
    use_for_network,
)


async def enter(request: Request) -> Response:
    """The desk's address without its last slash."""
    return see_other(f"{DESK}/")


async def show_sign_in(request: Request) -> Response:
    """The form, or the desk for somebody who is signed in."""
    form = SignInForm(next=request.query_params.get("next", ""))
    return see_other(form.leads_to) if request.state.organiser else _door(request, "sign_in", form)


async def create_sign_in(request: Request) -> Response:
    """Signs in with a fresh token, whatever cookie came along."""
    form = await read_form(request, SignInForm)
    if not form.validate():
        return _door(request, "sign_in", form, status=422)
    try:
        token = await _try_to_sign_in(request, form)
    except WrongCredentials as refusal:
        form.refuse("email", str(refusal))
        return _door(request, "sign_in", form, status=422)
    response = see_other(form.leads_to)
    response.set_cookie(COOKIE, token, path="/", secure=True, httponly=True, samesite="lax")
    return response


async def destroy_sign_in(request: Request) -> Response:
    """Signs out: here, and of what the browser kept of the desk's pages."""
    token = request.cookies.get(COOKIE)
    if token:
        await sign_out(token, now=site_of(request).now())
    response = see_other_saying(f"{DESK}/sign-in", "You are signed out.")
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache"'
    return response


async def show_password(request: Request) -> Response:
    """The form to set a password. Looking at it spends nothing: mail filters follow links."""
    try:
        organiser = await _organiser_of_link(request)
    except LinkSpent as refusal:
        return error_page(request, 404, str(refusal))
    return _password_page(request, PasswordForm(), organiser)


async def create_password(request: Request) -> Response:
    """Sets the password and spends the link."""
    form = await read_form(request, PasswordForm)
    try:
        organiser = await _organiser_of_link(request)
        if not form.validate():
            return _password_page(request, form, organiser, status=422)
        await set_password(organiser, form.password.data, now=site_of(request).now())
    except LinkSpent as refusal:
        return error_page(request, 404, str(refusal))
    except UnfitPassword as refusal:
        form.refuse(refusal.field, str(refusal))
        return _password_page(request, form, organiser, status=422)
    return see_other_saying(f"{DESK}/sign-in", "Your password is set. Sign in with it now.")


async def _try_to_sign_in(request: Request, form: SignInForm) -> str:
    """The token of a new sign-in. Every try counts before it is made; one that was right is given back."""
    site, now, credentials = site_of(request), site_of(request).now(), form.draft()
    await use_for_network(request, PASSWORDS_A_NETWORK, now=now)
    await use(site, PASSWORDS_AN_ACCOUNT, credentials.email_key, now=now)
    token = await sign_in(credentials, replacing=request.cookies.get(COOKIE), now=now)
    await give_back(site, PASSWORDS_AN_ACCOUNT, credentials.email_key)
    await give_back(site, PASSWORDS_A_NETWORK, network_of(request) or "")
    return token


async def _organiser_of_link(request: Request) -> Organiser:
    site = site_of(request)
    token: str = request.path_params["token"]
    return await organiser_by_link(token, secret=site.settings.secret_key, now=site.now())


def _door(request: Request, name: str, form: SignInForm, *, status: int = 200) -> Response:
    return desk_page(request, f"organisers/{name}.html", {"form": form, "organiser": None}, status=status)


def _password_page(request: Request, form: PasswordForm, organiser: Organiser, *, status: int = 200) -> Response:
    context = {"form": form, "organiser": None, "account": organiser, "shortest": SHORTEST}
    return desk_page(request, "organisers/password.html", context, status=status)
