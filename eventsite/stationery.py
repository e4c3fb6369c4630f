"""What a service needs at hand to write letters: the templates, the site's addresses and its settings."""

from dataclasses import dataclass

from jinja2 import Environment

from eventsite.links import Links
from eventsite.settings import Settings


@dataclass(frozen=True)
class Stationery:
    """Handed to every service that writes."""

    templates: Environment
    links: Links
    settings: Settings

    @property
    def uid_domain(self) -> str:
        """The right half of calendar UIDs and Message-IDs."""
        return self.settings.uid_domain
