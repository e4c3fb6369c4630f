"""`/dev/mailbox`: what has been caught, for whoever tries the demonstration out. Reads only."""

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from eventsite.demo.mailbox import Mailbox
from eventsite.errors import NotFound
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.responses import private_page


def routes(mailbox: Mailbox) -> list[Route]:
    """The addresses under `/dev/mailbox`."""
    pages = _Pages(mailbox)
    return [
        Route("/dev/mailbox", pages.show_mailbox),
        Route("/dev/mailbox.json", pages.list_letters),
        Route("/dev/mailbox/{id}.eml", pages.download_letter),
        Route("/dev/mailbox/{id}/html", pages.show_html),
        Route("/dev/mailbox/{id}/files/{number:int}", pages.download_file),
        Route("/dev/mailbox/{id}", pages.show_letter),
    ]


@dataclass(frozen=True, slots=True)
class _Pages:
    mailbox: Mailbox

    async def show_mailbox(self, request: Request) -> Response:
        return private_page(request, "demo/mailbox.html", {"letters": self.mailbox.letters()})

    async def show_letter(self, request: Request) -> Response:
        caught, letter = self.mailbox.letter(request.path_params["id"])
        return with_frame(private_page(request, "demo/letter.html", {"caught": caught, "letter": letter}))

    async def show_html(self, request: Request) -> Response:
        _, letter = self.mailbox.letter(request.path_params["id"])
        return letter_frame(letter.html)

    async def list_letters(self, request: Request) -> Response:
        return JSONResponse(
            [
                {"id": line.id, "to": line.to, "subject": line.subject, "received_at": line.received_at.isoformat()}
                for line in self.mailbox.letters()
            ]
        )

    async def download_letter(self, request: Request) -> Response:
        letter_id = request.path_params["id"]
        return _download(self.mailbox.content(letter_id), "message/rfc822", f"{letter_id}.eml")

    async def download_file(self, request: Request) -> Response:
        _, letter = self.mailbox.letter(request.path_params["id"])
        number = request.path_params["number"]
        if number >= len(letter.files):
            raise NotFound
        file = letter.files[number]
        return _download(file.content, file.media_type, file.filename)


def _download(content: bytes, media_type: str, filename: str) -> Response:
    # The file name comes out of the letter; a header takes no quotation marks or line ends inside one.
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", filename)
    headers = {"content-disposition": f'attachment; filename="{plain}"', "content-type": media_type}
    return Response(content, headers=headers)
