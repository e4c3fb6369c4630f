"""A second reader of messages, written from RFC 5322 and 2046 and nothing else: strict, and unlike Python's own."""

import base64
import quopri
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part: its headers as they stand (unfolded), its decoded content, its own parts."""

    headers: list[tuple[str, str]]
    content: bytes
    parts: list["Part"]

    def header(self, name: str) -> str:
        (value,) = [value for key, value in self.headers if key.lower() == name.lower()]
        return value


def read(raw: bytes) -> Part:
    """Raises ValueError for anything that is not quite right."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    if not separator:
        raise ValueError("no empty line after the headers")
    headers = [_header(line) for line in head.decode("ascii").replace("\r\n ", " ").split("\r\n")]
    part = Part(headers, b"", [])
    kind = part.header("content-type")
    if kind.startswith("multipart/"):
        boundary = kind.partition(' boundary="')[2].removesuffix('"')
        return Part(headers, b"", [read(each) for each in _between(body, b"--" + boundary.encode())])
    return Part(headers, _decode(body, part.header("content-transfer-encoding")), [])


def _decode(body: bytes, encoding: str) -> bytes:
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        return base64.b64decode(body)
    raise ValueError(f"an encoding no letter of ours has: {encoding}")


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(": ")
    if not colon or not name.replace("-", "").isalnum():
        raise ValueError(f"not a header: {line!r}")
    return name, value


def _between(body: bytes, delimiter: bytes) -> list[bytes]:
    first, *others = (b"\r\n" + body).split(b"\r\n" + delimiter)
    *parts, last = others
    if first or last != b"--\r\n" or not all(each.startswith(b"\r\n") for each in parts):
        raise ValueError("the boundaries do not hold the parts")
    return [each.removeprefix(b"\r\n") for each in parts]
