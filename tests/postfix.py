"""A real Postfix on loopback (Debian's package), started by a test with a configuration, a queue and a log of its own.

What comes home goes to a pipe, or over LMTP; everything else goes to one mail server of the test's.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

POSTFIX = Path("/usr/sbin/postfix")
HOME_DOMAIN = "events.example.org"

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.example.org
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
disable_dns_lookups = yes
smtp_host_lookup = native
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
recipient_delimiter = +
relay_domains = {domain}, trust.example
transport_maps = regexp:{folder}/etc/transport
home_destination_recipient_limit = 1
biff = no
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
smtp_connection_cache_on_demand = no
"""
TRANSPORT = """\
/^(rsvp|bounce)\\+.*@{domain}$/ {home}
/.*/ smtp:[127.0.0.1]:{sink}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
home unix - n n - 4 pipe
  flags=DRh user=nobody argv=/usr/bin/perl {folder}/etc/hand-over {folder}/door/socket ${{recipient}}
"""
# Postfix runs no command as root, and nobody else may enter the folders of the tests: so what it pipes is handed on to
# the test, which runs the command as it is, and whose exit code goes back.
HAND_OVER = """\
use strict; use IO::Socket::UNIX; use Socket qw(SHUT_WR);
my ($path, $recipient) = @ARGV;
my $test = IO::Socket::UNIX->new(Peer => $path) or exit 75;
binmode STDIN; binmode $test; $SIG{PIPE} = "IGNORE";
print $test "$recipient\\n"; local $/ = \\65536;
print $test $_ while <STDIN>;
$test->flush; $test->shutdown(SHUT_WR);
my $code = <$test>; exit(defined $code && $code =~ /^(\\d+)/ ? $1 : 75);
"""

Command = Callable[[str, bytes], Awaitable[int]]
"""What takes in a message for a recipient of ours; its exit code goes to Postfix."""


@dataclass(frozen=True)
class Postfix:
    """A running Postfix: where it takes letters, and what it has to say."""

    port: int
    folder: Path

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def log(self) -> str:
        """What it has done so far."""
        path = self.folder / "log" / "mail.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""


def can_run() -> bool:
    """Whether Postfix can be started here: it wants to be root first, to become its own user."""
    return POSTFIX.exists() and os.geteuid() == 0


@asynccontextmanager
async def postfix(*, port: int, sink: int, take_in: Command | None = None, lmtp: str = "") -> AsyncIterator[Postfix]:
    """Postfix on a loopback port while the block lasts. `sink` is the port of a server that takes other people's mail.

    What is addressed to us goes to `take_in`, as to a command in a pipe, or to what listens at `lmtp` (host:port).
    """
    with _folder() as folder:
        _configure(folder, port=port, sink=sink, home=_over_lmtp(lmtp) if lmtp else "home:")
        async with _handing_over_to(take_in, folder / "door" / "socket"):
            await _control(folder, "start")
            try:
                await _answering(port)
                yield Postfix(port, folder)
            finally:
                await _control(folder, "stop")


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that Postfix's users may enter."""
    with tempfile.TemporaryDirectory(prefix="postfix-", dir="/tmp", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("etc", "queue", "data", "log", "door"):
            (folder / part).mkdir(mode=0o755)
        shutil.chown(folder / "data", "postfix")
        yield folder


def _configure(folder: Path, *, port: int, sink: int, home: str) -> None:
    known = {"folder": folder, "domain": HOME_DOMAIN, "port": port, "sink": sink, "home": home}
    for name, text in (("main.cf", MAIN), ("master.cf", MASTER), ("transport", TRANSPORT)):
        (folder / "etc" / name).write_text(text.format(**known), "utf-8")
    (folder / "etc" / "hand-over").write_text(HAND_OVER, "utf-8")


def _over_lmtp(listening: str) -> str:
    host, _, port = listening.rpartition(":")
    return f"lmtp:inet:[{host}]:{port}"


@asynccontextmanager
async def _handing_over_to(take_in: Command | None, path: Path) -> AsyncIterator[None]:
    """The test's end of the pipe. What is in hand when the block ends is finished first."""
    in_hand: set[asyncio.Task[None]] = set()

    async def converse(reader: StreamReader, writer: StreamWriter) -> None:
        assert take_in is not None
        recipient = (await reader.readline()).decode().strip()
        code = await take_in(recipient, await reader.read())
        writer.write(f"{code}\n".encode())
        writer.close()

    def begin(reader: StreamReader, writer: StreamWriter) -> None:
        in_hand.add(asyncio.create_task(converse(reader, writer)))

    server = await asyncio.start_unix_server(begin, path)
    path.chmod(0o666)
    try:
        yield
    finally:
        server.close()
        await asyncio.gather(*in_hand)


async def _control(folder: Path, deed: str) -> None:
    command = (str(POSTFIX), "-c", str(folder / "etc"), deed)
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False, text=True)
    if done.returncode:
        log = folder / "log" / "mail.log"
        raise RuntimeError(f"postfix {deed}: {done.stderr}{log.read_text() if log.exists() else ''}")


async def _answering(port: int) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except ConnectionError:
                await asyncio.sleep(0.05)
            else:
                return writer.close()
