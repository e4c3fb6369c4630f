"""What our own mail server found out about a message's sender, as it wrote it on top (RFC 8601).

Anybody may write such a field into a message. Ours is the topmost with our server's name (authserv-id) in it, and
stands above every server that the message passed before. That server must add one to each message, and take out those
that claim to be its own (RFC 8601 section 5).
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from eventsite.mail.parts import Headers

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[()"]|[^()"\\]+|\\', re.DOTALL)
_PAIR = re.compile(r"\s*([a-z0-9._-]+)\s*=\s*([^\s;]+)", re.IGNORECASE)
_BY = re.compile(r"\bby\s+([a-z0-9.-]+)", re.IGNORECASE)


def is_authenticated(headers: Headers, *, authserv_id: str, domain: str) -> bool:
    """Whether our server, by its name, says that the message comes from the domain that its From names.

    That is: it passed DMARC, or has a DKIM signature of that domain or of one above it.
    """
    results = _own_results(headers, authserv_id)
    return any(_says_yes(method, result, properties, domain) for method, result, properties in results)


def _says_yes(method: str, result: str, properties: dict[str, str], domain: str) -> bool:
    if result != "pass":
        return False
    if method == "dmarc":
        return properties.get("header.from", domain) == domain
    signer = properties.get("header.d") or properties.get("header.i", "").rpartition("@")[2]
    # A domain above stands for those below it, but a mere `uk` for nobody.
    return method == "dkim" and (signer == domain or ("." in signer and domain.endswith(f".{signer}")))


def _own_results(headers: Headers, authserv_id: str) -> list[tuple[str, str, dict[str, str]]]:
    for value in _written_by_us(headers, authserv_id):
        name, *results = _without_comments(value).split(";")
        # After the name there may stand a version.
        if name.split()[:1] == [authserv_id]:
            return [read for result in results if (read := _result(result))]
    return []


def _written_by_us(headers: Headers, authserv_id: str) -> Iterator[str]:
    """The fields above the first server that is not ours. Postfix has what its filters add below its own `Received`."""
    ours = takewhile(lambda field: field[0] != "received" or _stamped_by(field[1], authserv_id), headers.fields)
    return (value.lower() for name, value in ours if name == "authentication-results")


def _stamped_by(received: str, authserv_id: str) -> bool:
    found = _BY.search(_without_comments(received))
    return found is not None and found[1].lower() == authserv_id


def _result(text: str) -> tuple[str, str, dict[str, str]] | None:
    pairs = [(name, value.strip('"')) for name, value in _PAIR.findall(text)]
    return (*pairs[0], dict(pairs[1:])) if pairs else None


def _without_comments(value: str) -> str:
    """The value without what stands in brackets or quotes, which strangers may have written; empty if one is open."""
    depth, kept = 0, []
    for token in _TOKEN.findall(value):
        if token == "(":  # noqa: S105  -- a token of the grammar
            depth += 1
        elif token == ")":  # noqa: S105  -- likewise
            depth = max(depth - 1, 0)
        elif token == '"':  # noqa: S105  -- likewise
            return ""
        elif depth == 0:
            kept.append('""' if token.startswith('"') else token)
    return "" if depth else "".join(kept)
