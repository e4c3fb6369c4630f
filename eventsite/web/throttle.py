"""How often is too often: counted in the database, so that every process counts the same.

A key is a keyed digest of what is counted (an address, a network), so that the table says nothing about anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Network, ip_address

from starlette.requests import Request

from eventsite.database import execute, new_id
from eventsite.errors import Refusal
from eventsite.tokens import keyed_digest
from eventsite.web.site import Site, site_of


class TooOften(Refusal):
    """You have sent this a number of times in a short while. Wait a little, then try again."""


@dataclass(frozen=True)
class Allowance:
    """So many uses of one thing within a span of time."""

    name: str
    uses: int
    within: timedelta


FORMS_A_NETWORK = Allowance("forms a network", 300, timedelta(hours=1))
FORMS_AN_ADDRESS = Allowance("forms an address", 20, timedelta(hours=1))
# Somebody who types looks several times, and everybody in a hospital or a hall comes from one network.
SIMILAR_A_NETWORK = Allowance("similar a network", 3000, timedelta(hours=1))
VOTES_A_NETWORK = Allowance("votes a network", 3000, timedelta(hours=1))
LINKS_AN_ADDRESS = Allowance("links an address", 6, timedelta(hours=1))
PASSWORDS_AN_ACCOUNT = Allowance("passwords an account", 20, timedelta(hours=24))
PASSWORDS_A_NETWORK = Allowance("passwords a network", 60, timedelta(hours=1))

COUNT = """
    INSERT INTO throttle_bucket (id, key, used, ends_at) VALUES ({}, {}, 1, {})
    ON CONFLICT (key) DO UPDATE SET
        used = CASE WHEN throttle_bucket.ends_at <= {} THEN 1 ELSE throttle_bucket.used + 1 END,
        ends_at = CASE WHEN throttle_bucket.ends_at <= {} THEN excluded.ends_at ELSE throttle_bucket.ends_at END
    RETURNING used
"""
USED = "SELECT used FROM throttle_bucket WHERE key = {} AND ends_at > {}"


async def use(site: Site, allowance: Allowance, subject: str, *, now: datetime) -> None:
    """Counts one use of an allowance by a subject; raises TooOften when there is none left.

    Called inside the deed's own transaction, so that a deed that did not happen is not counted.
    """
    key = _key(site, allowance, subject)
    rows = await execute(COUNT, new_id(), key, now + allowance.within, now, now)
    if rows[0]["used"] > allowance.uses:
        raise TooOften


async def give_back(site: Site, allowance: Allowance, subject: str) -> None:
    """Takes one counted use back: it turned out not to be of the kind that is counted."""
    await execute(
        "UPDATE throttle_bucket SET used = used - 1 WHERE key = {} AND used > 0", _key(site, allowance, subject)
    )


async def use_for_network(request: Request, allowance: Allowance, *, now: datetime) -> None:
    """Counts one use by the network a request came from. Requests from this machine itself are not counted."""
    network = network_of(request)
    if network:
        await use(site_of(request), allowance, network, now=now)


async def ensure_left_for_network(request: Request, allowance: Allowance, *, now: datetime) -> None:
    """Raises TooOften where the network a request came from has no use left; counts nothing."""
    network = network_of(request)
    used = await execute(USED, _key(site_of(request), allowance, network), now) if network else []
    if used and used[0]["used"] >= allowance.uses:
        raise TooOften


def network_of(request: Request) -> str | None:
    """What an address is counted by: itself in IPv4, its /64 in IPv6; None on loopback and where there is none."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    # A socket for both kinds shows IPv4 as ::ffff:192.0.2.1, and those would all lie in one /64.
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return None
    return str(address) if isinstance(address, IPv4Address) else str(IPv6Network((int(address) >> 64 << 64, 64)))


def _key(site: Site, allowance: Allowance, subject: str) -> str:
    return keyed_digest(site.settings.secret_key, f"throttle {allowance.name}", subject)
