"""Absolute addresses. Every one of them comes from SITE_URL, never from a request."""

from dataclasses import dataclass
from urllib.parse import quote

from eventsite.tokens import Purpose, make_token


@dataclass(frozen=True)
class Links:
    """Makes the site's own addresses: `links.to("/events")` and those that carry a token."""

    site_url: str
    secret_key: str

    def to(self, path: str) -> str:
        """The absolute address of a path on this site."""
        return self.site_url + quote(path, safe="/?&=%#.-_~:")

    def my(self, person_id: str, version: int) -> str:
        """A person's own page."""
        return self.to("/my/" + make_token(self.secret_key, Purpose.MY, person_id, version))

    def calendar(self, person_id: str, version: int) -> str:
        """A person's own feed."""
        return self.to("/calendar/" + make_token(self.secret_key, Purpose.CALENDAR, person_id, version) + ".ics")

    def unsubscribe(self, person_id: str) -> str:
        """Where a person stops announcements with one click (RFC 8058)."""
        return self.to("/u/" + make_token(self.secret_key, Purpose.UNSUBSCRIBE, person_id, 0))

    def question(self, question_id: str, version: int) -> str:
        """An asker's own question."""
        return self.to("/questions/" + make_token(self.secret_key, Purpose.QUESTION, question_id, version))

    def chair(self, stage_id: str, version: int) -> str:
        """Where the chair of a panel runs it from."""
        return self.to("/chair/" + make_token(self.secret_key, Purpose.CHAIR, stage_id, version))

    def screen(self, stage_id: str, version: int) -> str:
        """What the room sees of a panel."""
        return self.to("/screen/" + make_token(self.secret_key, Purpose.SCREEN, stage_id, version))

    def password(self, organiser_id: str, version: int) -> str:
        """Where an organiser sets a password, once."""
        return self.to("/organise/password/" + make_token(self.secret_key, Purpose.PASSWORD, organiser_id, version))
