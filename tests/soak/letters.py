"""Generated letters, each read by the standard library, and handed to a mail server that counts recipients."""

import asyncio
from collections.abc import Sequence
from itertools import count as numbers
from secrets import randbelow

from hypothesis import HealthCheck, Phase, given, seed, settings

from eventsite.cli.progress import bar
from eventsite.mail.smtp import SmtpTransport
from tests.mail.generating import Written, ensure_as_meant, letters
from tests.mail.transcript import transcript

# hypothesis remembers every example of a run, so a long round is many runs.
RUN = 500


def run(count: int) -> str:
    """Reads and sends so many letters. The first that is not just what was meant is made small, shown and raised."""
    first, done, refused = randbelow(1_000_000), 0, 0
    with bar("Letters") as progress:
        for number in numbers(first):
            tried = _read(RUN, number)
            finished = [written for written in tried if written is not None][: count - done]
            asyncio.run(_ensure_one_recipient_each(finished))
            done += len(finished)
            refused += tried.count(None)
            progress(done, count)
            if done >= count:
                break
    return (
        f"{done:,} generated letters (seed {first}): all have the headers that were meant and one recipient. "
        f"{refused:,} were refused in words."
    )


def _read(count: int, number: int) -> list[Written | None]:
    tried: list[Written | None] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(letters())
    def each(written: Written | None) -> None:
        if written is not None:
            ensure_as_meant(written)
        tried.append(written)

    each()
    return tried


async def _ensure_one_recipient_each(finished: Sequence[Written]) -> None:
    async with transcript() as server:
        transport = SmtpTransport(server.url, local_hostname="events.example.org")
        for written in finished:
            server.heard.clear()
            await transport.deliver("bounce@events.example.org", written.letter.to, written.content)
            before_it = server.heard[: server.heard.index("DATA")]
            envelope = [line for line in before_it if line[:4] not in ("EHLO", "QUIT")]
            assert envelope == ["MAIL FROM:<bounce@events.example.org>", f"RCPT TO:<{written.letter.to}>"], envelope
        await transport.close()
