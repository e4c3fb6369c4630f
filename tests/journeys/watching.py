"""What a browser complains of while somebody uses a site: noted as it happens, looked at in the end."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError


class Watch:
    """Complaints of one person's browser: scripts that fail, policies that are broken, files that are missing."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.complaints: list[str] = []
        context.on("console", self._note_console)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)
        context.on("response", self._note_response)

    def _note_console(self, message: ConsoleMessage) -> None:
        # A form that is sent back (422) and a page that is gone (404) are answers; their status is seen to below.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _note_error(self, error: WebError) -> None:
        self.complaints.append(f"script: {error.error}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.url + "/", "data:", "blob:")):
            self.complaints.append(f"asked another site: {request.url}")

    def _note_response(self, response: Response) -> None:
        most = 400 if response.request.resource_type != "document" else 500
        # A form that a script sent, and that comes back with its faults.
        is_sent_back = response.status == 422 and response.request.method == "POST"
        if response.status >= most and not is_sent_back:
            self.complaints.append(f"{response.status} for {response.url}")
