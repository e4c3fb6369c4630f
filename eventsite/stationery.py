"""What a service needs at hand to write letters: the templates, the site's addresses and whom letters come from."""

from dataclasses import dataclass

from jinja2 import Environment

from eventsite.links import Links


@dataclass(frozen=True)
class Stationery:
    """Handed to every service that writes. `uid_domain` is the right half of calendar UIDs and Message-IDs."""

    templates: Environment
    links: Links
    sender_address: str
    sender_name: str
    reply_to: str
    uid_domain: str
