"""`eventsite organiser`: who may sign in, from the command line, where the first owner comes from."""

from typing import Annotated

from cyclopts import App, Parameter

from eventsite import ledger
from eventsite.cli.ready import with_ready_database
from eventsite.clock import utc_now
from eventsite.errors import Refusal
from eventsite.links import Links
from eventsite.mail.addresses import normalise_address
from eventsite.organisers.forms import LONGEST_NAME
from eventsite.organisers.queries import get_organiser_by_key, organisers
from eventsite.organisers.services import NewOrganiser, add_organiser, disable_organiser, reset_organiser
from eventsite.organisers.tables import Organiser, Role
from eventsite.settings import load_settings

app = App(name="organiser", help="Organisers: who may sign in at /organise.")


@app.command
async def add(email: str, *, name: str, role: Role) -> None:
    """Let somebody in; prints a one-time link to set a password, good for three days.

    Parameters
    ----------
    email:
        Their email address, which they sign in with.
    name:
        Their full name.
    role:
        owner (does everything) or moderator (the questions).
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(f"The name must have 1 to {LONGEST_NAME} characters.")
    draft, links = NewOrganiser(normalise_address(email), name, role), _links()
    organiser = await with_ready_database(add_organiser(draft, actor=ledger.OPERATOR, now=utc_now()))
    print(links.password(organiser.id, organiser.link_version))


@app.command(name="list")
async def list_() -> None:
    """List everybody who may sign in, or once might."""
    for organiser in await with_ready_database(organisers()):
        print(organiser.email, organiser.role, _state(organiser), organiser.name, sep="\t")


@app.command
async def disable(email: Annotated[str, Parameter(help="Whose account.")]) -> None:
    """Shut an account at once; whoever is signed in with it is signed out."""
    await with_ready_database(_disable(normalise_address(email).key))


@app.command
async def reset(email: Annotated[str, Parameter(help="Whose account.")]) -> None:
    """Take a password away and print a new one-time link; opens a disabled account again."""
    links = _links()
    print(links.password(*await with_ready_database(_reset(normalise_address(email).key))))


async def _disable(email_key: str) -> None:
    await disable_organiser(await get_organiser_by_key(email_key), actor=ledger.OPERATOR, now=utc_now())


async def _reset(email_key: str) -> tuple[str, int]:
    organiser = await get_organiser_by_key(email_key)
    return organiser.id, await reset_organiser(organiser, actor=ledger.OPERATOR, now=utc_now())


def _links() -> Links:
    settings = load_settings()
    return Links(settings.site_url, settings.secret_key)


def _state(organiser: Organiser) -> str:
    if organiser.disabled_at:
        return "disabled"
    return "active" if organiser.password_hash else "no password yet"
