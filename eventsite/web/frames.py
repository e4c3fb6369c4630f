"""Letters shown on pages. They carry their style in attributes, which no page of the site may.

So each stands in a frame whose own answer has a policy under which nothing runs, nothing is fetched and links open
elsewhere.
"""

import re

from starlette.responses import Response

from eventsite.web.headers import WITH_FRAMES

LETTER_POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    ]
)


def letter_frame(html: str) -> Response:
    """A letter's HTML as the answer that fills a frame."""
    opened_elsewhere = re.sub(r"(<head[^>]*>)", r'\1<base target="_blank">', html, count=1, flags=re.IGNORECASE)
    headers = {"content-security-policy": LETTER_POLICY, "x-frame-options": "SAMEORIGIN"}
    return Response(opened_elsewhere, media_type="text/html", headers=headers)


def with_frame(response: Response) -> Response:
    """A page that holds such a frame."""
    response.headers["content-security-policy"] = WITH_FRAMES
    return response
