"""`eventsite demo`: the whole product in one process, with nothing configured."""

import logging
import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from eventsite.errors import Refusal

if TYPE_CHECKING:
    from eventsite.stationery import Stationery

LOOPBACK = "127.0.0.1"
ORGANISER = "olive@example.org"
PASSWORD = "organiser-password"  # noqa: S105  -- the name of a file
SECRET = "secret"  # noqa: S105  -- the name of a file
CROWD = "Two thousand people come"


async def demo(
    *,
    port: int = 8000,
    data: Path = Path("var/demo"),
    size: Literal["small", "large"] = "small",
    load_only: bool = False,
) -> None:
    """The whole product in one process: site, mail worker and a mail catcher on this machine alone.

    Parameters
    ----------
    port
        The port to listen on.
    data
        The folder for the database, the caught letters and the secret. Running again keeps what is there.
    size
        large: with two thousand people who are interested.
    load_only
        Only load the content into DATABASE_URL, and end.
    """
    if load_only:
        await _load_only(crowd=size == "large")
        return
    from eventsite.presentation import stationery_for
    from eventsite.settings import load_settings

    listening = _listen(port)
    try:
        _prepare(data)
    except OSError as error:
        raise Refusal(f"The folder {data} cannot be used: {error.strerror}. Choose another with --data.") from None
    password = _kept(data / PASSWORD, 9)
    written_with = stationery_for(load_settings(_missing(listening.getsockname()[1], _kept(data / SECRET, 32))))
    is_hers = await _load(crowd=size == "large", password=password, stationery=written_with)
    await _serve(listening, data, sign_in=password if is_hers else "the password that was set for her")


async def _load_only(*, crowd: bool) -> None:
    from eventsite.cli.progress import bar
    from eventsite.cli.ready import with_ready_database
    from eventsite.clock import utc_now
    from eventsite.demo.loading import load_demonstration
    from eventsite.presentation import stationery_for
    from eventsite.settings import load_settings

    written_with = stationery_for(load_settings(_missing(8000, secrets.token_urlsafe(32))))
    with bar(CROWD) as progress:
        loaded = await with_ready_database(
            load_demonstration(now=utc_now(), stationery=written_with, crowd=crowd, progress=progress)
        )
    print("The demonstration content is loaded." if loaded else "There are events already: nothing was loaded.")


async def _load(*, crowd: bool, password: str, stationery: "Stationery") -> bool:
    from eventsite.cli import with_database
    from eventsite.cli.progress import bar
    from eventsite.clock import utc_now
    from eventsite.database.migrate import migrate
    from eventsite.demo.loading import load_demonstration
    from eventsite.demo.organiser import ensure_organiser

    async def load() -> bool:
        await migrate()
        with bar(CROWD) as progress:
            await load_demonstration(now=utc_now(), stationery=stationery, crowd=crowd, progress=progress)
        return await ensure_organiser(ORGANISER, password, now=utc_now())

    return bool(await with_database(load()))


async def _serve(listening: socket.socket, data: Path, *, sign_in: str) -> None:
    import uvicorn

    from eventsite.app import create_app
    from eventsite.clock import utc_now
    from eventsite.demo.catcher import catch_letters
    from eventsite.demo.loopback import OneName
    from eventsite.demo.mailbox import Mailbox
    from eventsite.demo.mailbox_pages import routes
    from eventsite.settings import load_settings

    port = listening.getsockname()[1]
    mailbox = Mailbox(data / "mailbox")
    async with catch_letters(mailbox, now=utc_now) as smtp_url:
        settings = load_settings(_missing(port, _kept(data / SECRET, 32), smtp_url))
        site = OneName(create_app(settings, more_routes=routes(mailbox)), site_url=settings.site_url)
        config = uvicorn.Config(
            site, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=3
        )
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        server = uvicorn.Server(config)
        _say_hello(settings.site_url, data, sign_in)
        await server.serve(sockets=[listening])


def _missing(port: int, secret: str, smtp_url: str = "smtp://127.0.0.1") -> dict[str, object]:
    usual: dict[str, object] = {
        "site_url": f"http://{LOOPBACK}:{port}",
        "secret_key": secret,
        "smtp_url": smtp_url,
        "mail_from": "events@hpn.example",
        "controller_contact": "privacy@hpn.example",
    }
    return {name: value for name, value in usual.items() if not os.environ.get(name.upper())}


def _prepare(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    _kept(data / PASSWORD, 9)
    _kept(data / SECRET, 32)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{data.resolve() / 'eventsite.sqlite'}")


def _kept(path: Path, size: int) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(size))
    return path.read_text().strip()


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        raise Refusal(f"Port {port} cannot be used: {error}. Choose another with --port.") from None
    return listening


def _say_hello(site_url: str, data: Path, sign_in: str) -> None:
    print(
        f"\n  The site      {site_url}/\n"
        f"  Its letters   {site_url}/dev/mailbox\n"
        f"  Organisers    {site_url}/organise   sign in as {ORGANISER} with {sign_in}\n\n"
        f"  Everything is kept in {data}. Stop with Ctrl+C.\n",
        flush=True,
    )
