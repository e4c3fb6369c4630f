"""From stationery to a letter."""

from collections.abc import Mapping

from eventsite.mail.letters import Attachment, Letter, render_letter
from eventsite.stationery import Stationery


def write_letter(
    stationery: Stationery,
    kind: str,
    *,
    to: str,
    context: Mapping[str, object],
    attachments: tuple[Attachment, ...] = (),
) -> Letter:
    """The letter `room/name` from the templates in `templates/room/letters/name/`, filled in now, to one address.

    Every template knows `links`, the site's own addresses.
    """
    room, _, name = kind.partition("/")
    known = {"links": stationery.links, **context}
    subject, text, html = render_letter(stationery.templates, f"{room}/letters/{name}", known)
    return Letter(kind, to, subject, text, html, attachments=attachments)
