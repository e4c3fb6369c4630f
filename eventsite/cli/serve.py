"""`eventsite serve` and `eventsite worker`."""

import asyncio
import os
import signal
import socket
from typing import TYPE_CHECKING

from eventsite.errors import Refusal
from eventsite.logs import set_up_logs
from eventsite.settings import Settings, load_settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

NO_WORKER = "EVENTSITE_NO_WORKER"
GRACE = 10
# Longer than reverse proxies keep an idle connection: whoever closes first must not be the one that is written to.
KEEP_ALIVE = 75


def serve(*, host: str = "127.0.0.1", port: int | None = None, workers: int = 1, no_worker: bool = False) -> None:
    """Serve the site, with the mail worker inside unless told otherwise.

    Parameters
    ----------
    host
        The address to listen on.
    port
        The port to listen on; PORT in the environment where none is given.
    workers
        How many processes. On SQLite one is best.
    no_worker
        Leave the letters to `eventsite worker`.
    """
    import uvicorn

    settings = load_settings()
    port = settings.port if port is None else port
    ensure_free(host, port)
    if not no_worker:
        ensure_mail(settings)
        ensure_lmtp(settings)
    ensure_migrated()
    os.environ[NO_WORKER] = "1" if no_worker else ""
    uvicorn.run(
        "eventsite.cli.serve:site_from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEEP_ALIVE,
    )


def site_from_environment() -> "ASGIApp":
    """The application as each serving process makes it."""
    from eventsite.app import create_app

    settings = load_settings()
    set_up_logs(settings.log_format)
    return create_app(settings, with_worker=not os.environ.get(NO_WORKER))


def worker() -> None:
    """Send letters and do what is due by the clock, without the site."""
    settings = load_settings()
    set_up_logs(settings.log_format)
    ensure_mail(settings)
    ensure_lmtp(settings)
    ensure_migrated()
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    from eventsite.cli import with_database
    from eventsite.clock import utc_now
    from eventsite.presentation import stationery_for
    from eventsite.worker import Worker

    running = Worker(stationery_for(settings), now=utc_now)
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, running.stop)
    await with_database(running.run())


def ensure_free(host: str, port: int) -> None:
    """Refuses an address that cannot be listened on: the server would find out only after it has opened everything."""
    try:
        if not 0 < port < 65536:
            raise OverflowError("ports go from 1 to 65535")
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as error:
        raise Refusal(f"Port {port} on {host} cannot be used: {error}. Choose another with --port or PORT.") from None


def ensure_mail(settings: Settings) -> None:
    """Refuses a key that letters cannot be signed with: unsigned they would be taken for junk."""
    if settings.dkim_domain:
        from eventsite.mail.transport import transport_from

        transport_from(settings)


def ensure_lmtp(settings: Settings) -> None:
    """Refuses an LMTP_LISTEN that cannot be listened on."""
    if not settings.lmtp_listen:
        return
    from eventsite.mail.lmtp import ensure_can_listen

    try:
        ensure_can_listen(settings.lmtp_address)
    except OSError as error:
        raise Refusal(f"LMTP_LISTEN cannot be used: {settings.lmtp_listen}: {error}.") from None


def ensure_migrated() -> None:
    """Refuses to work on a database whose schema is behind: a half-new site is worse than the old one."""
    from eventsite.cli import with_database
    from eventsite.database.migrate import pending

    if asyncio.run(with_database(pending())):
        raise Refusal("The database is behind this version: run `eventsite migrate` first.")
