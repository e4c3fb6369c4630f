"""Forms with a file: one file and its answers, in UTF-8, whatever the sender says about charsets and names."""

from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from eventsite.web.forms import Sent
from eventsite.web.uploads import LONGEST_FILE_NAME, Upload, read_upload

KIND = "multipart/form-data; boundary=edge"


def part(name: str, content: bytes, more: str = "") -> bytes:
    return f'--edge\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def a_file(file_name: str, content: bytes = b"words", name: str = "file") -> bytes:
    return part(name, content, f'; filename="{file_name}"')


async def read(*parts: bytes, kind: str = KIND) -> tuple[Sent, Upload | None]:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"".join(parts) + b"--edge--\r\n", "more_body": False}

    headers = [(b"content-type", kind.encode())]
    scope = {"type": "http", "method": "POST", "headers": headers, "app": None}
    return await read_upload(Request(scope, receive))


async def test_answers_and_a_file() -> None:
    sent, upload = await read(part("title", "Zoë’s".encode()), a_file("notes.txt"))
    assert sent.getlist("title") == ["Zoë’s"]
    assert upload == Upload("notes.txt", b"words")


async def test_no_file_chosen_is_no_file() -> None:
    sent, upload = await read(part("title", b"a"), a_file("", b""))
    assert (sent.getlist("title"), upload) == (["a"], None)


async def test_a_form_without_a_file_may_be_an_ordinary_one() -> None:
    sent, upload = await read(b"title=a&x=", kind="application/x-www-form-urlencoded")
    assert (sent.getlist("title"), upload) == (["a"], None)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Olive\\notes.docx", "notes.docx"),
        ("../../etc/passwd", "passwd"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\notes.txt", "notes.txt"),
        ("caf\u00e9.txt", "café.txt"),
        ("a\u202etxt.exe", "atxt.exe"),
        ("x" * 500 + ".docx", "x" * (LONGEST_FILE_NAME - 5) + ".docx"),
    ],
)
async def test_a_name_has_no_folders_and_an_end(given: str, kept: str) -> None:
    _, upload = await read(a_file(given.replace("\\", "\\\\")))
    assert upload is not None
    assert upload.name == kept


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "unicode_escape", "undefined", "latin-1", '"utf-7"', "UTF-16"])
async def test_another_charset_is_refused(charset: str) -> None:
    with pytest.raises(HTTPException) as refused:
        await read(part("title", b"a"), kind=f"{KIND}; charset={charset}")
    assert refused.value.status_code == 415


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", '"utf-8"', "utf8"])
async def test_utf_8_may_be_said_in_any_way(charset: str) -> None:
    sent, _ = await read(part("title", "Zoë".encode()), kind=f"{KIND}; charset={charset}")
    assert sent.getlist("title") == ["Zoë"]


async def test_two_files_too_many_fields_and_broken_bodies_are_refused() -> None:
    many = [part(f"x{number}", b"") for number in range(300)]
    for parts in ([a_file("a"), a_file("b")], many, [b"no edge at all"]):
        with pytest.raises(HTTPException) as refused:
            await read(*parts)
        assert refused.value.status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "", "multipart/mixed; boundary=edge"])
async def test_other_kinds_are_refused(kind: str) -> None:
    with pytest.raises(HTTPException) as refused:
        await read(part("title", b"a"), kind=kind)
    assert refused.value.status_code == 415


async def test_an_answer_that_cannot_be_read_is_noted() -> None:
    sent, _ = await read(part("title", b"a\x00b"))
    assert sent.getlist("title") == ["a\ufffdb"]
    assert "characters that cannot be used" in str(sent.fault("title", takes_many=False))
