"""Where a link in a write-up may lead, and whether its text tells the truth about it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

_SAME_SITE = re.compile(r"/(?![/\\])[^\s\\]*|#[\w-]+")
_ADDRESS = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", re.IGNORECASE)
_LOOKS_LIKE_ADDRESS = re.compile(
    r"https?://\S+|(?<![\w.@-])(?:[\w.+-]+@)?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?![\w.-])(?:[:/?#]\S*)?", re.IGNORECASE
)


def is_allowed(href: str) -> bool:
    """Whether a link may lead there: https, http, mailto, a path of this site or a place on the page, nothing else.

    `//host` and `/\\host` are other sites to a browser, and a user name before the host is there to mislead.
    """
    if _SAME_SITE.fullmatch(href) or _ADDRESS.fullmatch(href):
        return True
    try:
        parts = urlsplit(href)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def tells_the_truth(text: str, href: str) -> bool:
    """False where the text shows one address and the link leads to another. A bare host stands for any of its pages."""
    plain = "".join(char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    target = _canonical(href)
    hosts = (target, re.split(r"[/?#]", target)[0])
    return all(_canonical(shown[0]) in hosts for shown in _LOOKS_LIKE_ADDRESS.finditer(plain))


def mended(children: Sequence[Token]) -> Iterator[Token]:
    """The same inline tokens: forbidden links reduced to their text, misleading texts replaced by the address."""
    position = 0
    while position < len(children):
        if children[position].type != "link_open":
            yield children[position]
            position += 1
            continue
        end = next(at for at in range(position, len(children)) if children[at].type == "link_close")
        yield from _mended_link(children[position : end + 1])
        position = end + 1


def _mended_link(link: Sequence[Token]) -> Iterator[Token]:
    href, inside = str(link[0].attrs.get("href", "")), link[1:-1]
    if not is_allowed(href):
        yield from inside
        return
    yield link[0]
    text = "".join(token.content for token in inside)
    yield from inside if tells_the_truth(text, href) else [Token("text", "", 0, content=href)]
    yield link[-1]


def _canonical(address: str) -> str:
    whole = unquote(normalizeLink(address.strip().rstrip(".,;:!?)"))).casefold()
    return re.sub(r"^(?:mailto:|https?://)?(?:www\.)?", "", whole).rstrip("/")
