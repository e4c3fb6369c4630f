"""Forms with a file, on the desk: multipart in UTF-8, one file, its size limited by the body limit of the address."""

from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from eventsite.web.forms import MOST_FIELDS, Sent, read_sent, sent_of_upload, shown

LONGEST_FILE_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file somebody sent: the name it had on their machine, without its folders, and its bytes."""

    name: str
    content: bytes


async def read_upload(request: Request) -> tuple[Sent, Upload | None]:
    """The answers of a form and the file that came with it, if one was chosen. A form without files may be urlencoded.

    Raises HTTPException: 415 for any other encoding or charset; 400 for a second file, too many fields, a broken body.
    """
    # Read as the parser will read it: it believes whatever charset the sender names.
    kind, options = parse_options_header(request.headers.get("content-type"))
    if kind != b"multipart/form-data":
        return await read_sent(request), None
    if options.get(b"charset", b"utf-8").lower() not in {b"utf-8", b"utf8"}:
        raise HTTPException(415)
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as data:
        files = [value for _, value in data.multi_items() if isinstance(value, UploadFile)]
        chosen = next((file for file in files if file.filename), None)
        return sent_of_upload(data), await _upload(chosen) if chosen else None


async def _upload(file: UploadFile) -> Upload:
    name = PureWindowsPath(PurePosixPath(shown(file.filename or "")).name).name
    return Upload(name[-LONGEST_FILE_NAME:], await file.read())
