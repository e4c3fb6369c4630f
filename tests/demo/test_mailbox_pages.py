"""`/dev/mailbox`, as somebody who tries the demonstration out sees it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from eventsite.demo.mailbox import Mailbox
from tests.mail.conftest import A_LETTER, CALENDAR
from tests.mail.test_letters import finished

if TYPE_CHECKING:
    import httpx2

RECEIVED = datetime(2027, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def letter_id(mailbox: Mailbox) -> str:
    return mailbox.keep(finished(), received_at=RECEIVED)


async def test_an_empty_mailbox_says_what_to_do(reader: "httpx2.AsyncClient") -> None:
    answer = await reader.get("/dev/mailbox")
    assert answer.status_code == 200
    assert "No letters yet" in answer.text


async def test_the_list_leads_to_each_letter(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    answer = await reader.get("/dev/mailbox")
    assert f'<a href="/dev/mailbox/{letter_id}">We have noted your interest</a>' in answer.text
    assert answer.headers["cache-control"] == "private, no-store"


async def test_the_list_for_programs(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    assert (await reader.get("/dev/mailbox.json")).json() == [
        {
            "id": letter_id,
            "to": "ann@trust.example",
            "subject": "We have noted your interest",
            "received_at": "2027-03-10T12:00:00+00:00",
        }
    ]


async def test_a_letters_exact_bytes(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    answer = await reader.get(f"/dev/mailbox/{letter_id}.eml")
    assert answer.content == finished()
    assert answer.headers["content-type"] == "message/rfc822"


async def test_a_letter_with_its_text_headers_and_files(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    page = (await reader.get(f"/dev/mailbox/{letter_id}")).text
    assert "Thank you – we have noted your interest." in page
    assert "<dt>Auto-Submitted</dt><dd>auto-generated</dd>" in page
    assert f'<a href="/dev/mailbox/{letter_id}/files/0">hpn-midlands.ics</a>' in page
    assert f'src="/dev/mailbox/{letter_id}/html"' in page


async def test_a_file_is_a_download(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    answer = await reader.get(f"/dev/mailbox/{letter_id}/files/0")
    assert answer.content == CALENDAR
    assert answer.headers["content-disposition"] == 'attachment; filename="hpn-midlands.ics"'
    assert answer.headers["content-type"] == "text/calendar"


async def test_a_letters_html_stands_in_a_frame_where_nothing_runs(
    reader: "httpx2.AsyncClient", letter_id: str
) -> None:
    answer = await reader.get(f"/dev/mailbox/{letter_id}/html")
    policy = answer.headers["content-security-policy"].split("; ")
    assert answer.text.strip() == A_LETTER.html
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert not any(rule.startswith(("script-src", "img-src")) for rule in policy)
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


async def test_a_link_in_a_letter_opens_elsewhere(reader: "httpx2.AsyncClient", mailbox: Mailbox) -> None:
    html = '<html lang="en-GB"><head><title>x</title></head><body></body></html>'
    letter_id = mailbox.keep(finished(replace(A_LETTER, html=html)), received_at=RECEIVED)
    answer = await reader.get(f"/dev/mailbox/{letter_id}/html")
    assert '<head><base target="_blank"><title>' in answer.text


async def test_what_a_letter_says_is_text_on_the_page(reader: "httpx2.AsyncClient", mailbox: Mailbox) -> None:
    evil = replace(A_LETTER, subject="<script>alert(1)</script>", text="<script>alert(2)</script>")
    letter_id = mailbox.keep(finished(evil), received_at=RECEIVED)
    for path in ("/dev/mailbox", f"/dev/mailbox/{letter_id}"):
        page = (await reader.get(path)).text
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


@pytest.mark.parametrize(
    "path", ["0123456789abcdef", "0123456789abcdef.eml", "0123456789abcdef/html", "0123456789abcdef/files/0", "..%2Fx"]
)
async def test_no_such_letter(reader: "httpx2.AsyncClient", path: str) -> None:
    assert (await reader.get(f"/dev/mailbox/{path}")).status_code == 404


async def test_no_such_file(reader: "httpx2.AsyncClient", letter_id: str) -> None:
    assert (await reader.get(f"/dev/mailbox/{letter_id}/files/2")).status_code == 404
