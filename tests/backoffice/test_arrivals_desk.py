"""What came home, on the desk: addresses that no letter goes to, and messages shown as nothing but words."""

from datetime import datetime, timedelta

import httpx2
import pytest
from bs4 import BeautifulSoup, Tag

from eventsite.backoffice.shown_arrivals import MOST_TEXT, shown_arrival
from eventsite.database import execute, recorded_statements
from eventsite.mail.arrivals import add_arrival, arrival_of, digest_of, quarantined_count, settle_arrival
from eventsite.mail.suppression import is_suppressed, note_bounce, suppress
from eventsite.mail.tables import InboundKind, InboundOutcome, SuppressionReason
from eventsite.organisers.tables import Role
from eventsite.people.tables import Person
from tests.conftest import StandingClock
from tests.factories import MADE_AT
from tests.organisers.factories import signed_in

OURS = "rsvp+token@events.example.org"
WHY = "The answer comes from somebody other than the person who was invited."
FORGED = b"""\
From: "Mallory" <mallory@elsewhere.example>
To: rsvp+token@events.example.org
Subject: Accepted: <b>HPN</b> =?utf-8?q?Midlands?=
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; Charset="ISO-8859-1"

I will come, caf\xe9 <script>alert(1)</script> \x1b[31m
--cut
Content-Type: text/html

<img src="https://elsewhere.example/pixel.png"><form action="/organise/people"></form>
--cut
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
METHOD:REPLY
END:VCALENDAR
--cut
Content-Type: application/zip; name="a.zip"
Content-Transfer-Encoding: base64

AAAA
--cut--
""".replace(b"\n", b"\r\n")


async def put_aside(content: bytes, now: datetime, *, reason: str = WHY) -> str:
    digest = digest_of(content, OURS)
    arrival_id = await add_arrival(
        digest, recipient=OURS, sender="mallory@elsewhere.example", kind=InboundKind.REPLY, now=now
    )
    assert arrival_id is not None
    await settle_arrival(arrival_id, InboundOutcome.QUARANTINED, reason, content)
    return arrival_id


async def main_of(client: httpx2.AsyncClient, address: str) -> Tag:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.main is not None
    return page.main


def said(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


async def test_stopped_addresses_say_why_since_when_and_whose_they_are(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    await Person(
        email="Ann@trust.example",
        email_key="ann@trust.example",
        name="Ann Archer",
        created_at=MADE_AT,
        updated_at=MADE_AT,
    ).save()
    await note_bounce(
        "ann@trust.example", letter_id=None, action="failed", status="5.1.1", words="550 No such user", now=clock()
    )
    await suppress("bob@trust.example", reason=SuppressionReason.COMPLAINED, words="", now=clock.move(hours=1))

    bob, ann = [said(row) for row in (await main_of(client, "/organise/mail/addresses")).select("tbody tr")]

    assert ann.startswith("ann@trust.example Ann Archer Letters came back 550 No such user 10 March 2027, midday 0")
    assert bob.startswith("bob@trust.example Nobody we know Its reader pressed “junk” 10 March 2027, 1pm 0")


async def test_writing_again_lifts_the_stop_and_is_in_the_ledger(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    olive = await signed_in(client, now=clock())
    await note_bounce("ann@trust.example", letter_id=None, action="failed", status="5.1.1", words="No", now=clock())
    (row,) = await execute("SELECT id FROM suppression")

    page = await main_of(client, f"/organise/mail/addresses/{row['id']}")
    form = page.select_one("form")
    assert form is not None
    answer = await client.post(str(form["action"]))

    assert answer.headers["location"] == "/organise/mail/addresses"
    assert not await is_suppressed("ann@trust.example")
    entries = await execute("SELECT deed, subject_id FROM ledger_entry WHERE actor = {}", olive.id)
    assert entries == [{"deed": "address.allowed", "subject_id": row["id"]}]
    assert (await client.post(str(form["action"]))).status_code == 404
    assert "Letters go to ann@trust.example again." in said(await main_of(client, "/organise/mail/addresses"))
    assert "let letters go to an address again" in said(await main_of(client, "/organise/ledger"))


async def test_an_address_has_a_page_with_what_came_back_the_newest_first(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    for days, action, status in ((0, "failed", "4.2.2"), (1, "delayed", "4.4.1"), (2, "failed", "5.1.1")):
        now = clock() + timedelta(days=days)
        await note_bounce("ann@trust.example", letter_id=None, action=action, status=status, words=f"<{days}>", now=now)
    (row,) = await execute("SELECT id FROM suppression")

    page = await main_of(client, f"/organise/mail/addresses/{row['id']}")

    assert [said(each) for each in page.select("tbody tr")] == [
        "<2> 5.1.1 Refused for good 12 March 2027, midday",
        "<1> 4.4.1 Delayed 11 March 2027, midday",
        "<0> 4.2.2 Refused for now 10 March 2027, midday",
    ]


async def test_whoever_pressed_junk_is_written_to_again_only_after_a_warning(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    await suppress("bob@trust.example", reason=SuppressionReason.COMPLAINED, words="", now=clock())
    (row,) = await execute("SELECT id FROM suppression")

    assert (await main_of(client, "/organise/mail/addresses")).select("form") == []
    assert "Write again only if they have asked" in said(await main_of(client, f"/organise/mail/addresses/{row['id']}"))


@pytest.mark.parametrize("number", [1, 30])
async def test_the_lists_take_the_same_queries_for_one_row_and_for_thirty(
    number: int, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())
    for each in range(number):
        await suppress(f"ann+{each}@trust.example", reason=SuppressionReason.BOUNCED, words="No", now=clock())
        await put_aside(FORGED + b"%d" % each, clock())

    for address in ("/organise/mail/addresses", "/organise/mail/inbox"):
        with recorded_statements() as statements:
            assert len((await main_of(client, address)).select("tbody tr")) == number
        assert len(statements) == 3, address  # who is signed in, counts, the page


async def test_the_inbox_says_why_from_whom_and_what(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    await put_aside(FORGED, clock())

    page = await main_of(client, "/organise/mail/inbox")

    assert [said(row) for row in page.select("tbody tr")] == [
        f"{WHY} mallory@elsewhere.example An answer by calendar 10 March 2027, midday"
    ]
    assert "Inbox 1" in said(page)


async def test_a_message_is_shown_as_words_alone(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    arrival_id = await put_aside(FORGED, clock())

    answer = await client.get(f"/organise/mail/inbox/{arrival_id}")
    page = await main_of(client, f"/organise/mail/inbox/{arrival_id}")

    assert WHY in said(page)
    assert page.h1 is not None
    assert page.h1.get_text() == "Accepted: <b>HPN</b> Midlands"
    assert "I will come, café <script>alert(1)</script> \ufffd[31m" in page.get_text()
    assert "METHOD:REPLY" in page.get_text()
    assert [said(item) for item in page.select("h2 + ul li")] == [
        "text/html, 86 characters",
        "application/zip, 4 characters",
    ]
    assert page.select("script, img, iframe, b, a[href^=http]") == []
    assert [str(form["action"]) for form in page.select("form")] == [f"/organise/mail/inbox/{arrival_id}/removal"]
    assert "pixel.png" not in answer.text
    assert "frame-src" not in answer.headers["content-security-policy"]


async def test_done_deletes_it_and_the_same_message_does_not_come_back(
    client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    olive = await signed_in(client, now=clock())
    arrival_id = await put_aside(FORGED, clock())

    answer = await client.post(f"/organise/mail/inbox/{arrival_id}/removal")

    assert answer.headers["location"] == "/organise/mail/inbox"
    assert await quarantined_count() == 0
    assert await execute("SELECT content FROM inbound_letter") == [{"content": None}]
    assert await arrival_of(digest_of(FORGED, OURS)) is not None
    assert [row["deed"] for row in await execute("SELECT deed FROM ledger_entry WHERE actor = {}", olive.id)] == [
        "message.deleted"
    ]
    assert (await client.post(f"/organise/mail/inbox/{arrival_id}/removal")).status_code == 404
    assert (await client.get(f"/organise/mail/inbox/{arrival_id}")).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"no header at all",
        b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a" * 200_000,
        b"Content-Type: text/plain; charset=no-such\r\n\r\nHello",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\npart\r\n" * 100,
        b"Subject: " + b"=?utf-8?b?" * 10_000 + b"\r\n\r\n",
        b"a: b\r\n" * 40_000 + b"x" * 300_000,
    ],
    ids=["empty", "octets", "bare", "punycode", "charset", "parts", "words", "long header"],
)
async def test_whatever_came_can_be_looked_at(content: bytes, client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    arrival_id = await put_aside(content, clock(), reason="The message is broken.")

    page = await main_of(client, f"/organise/mail/inbox/{arrival_id}")

    assert "The message is broken." in said(page)
    assert "Done: delete it" in said(page)


async def test_of_a_long_message_its_beginning_is_shown() -> None:
    shown = await shown_arrival(b"Subject: Long\r\n\r\n" + "é".encode() * 60_000)

    assert [(title, len(text)) for title, text in shown.texts] == [("Text", MOST_TEXT)]


async def test_one_that_cannot_be_taken_apart_says_why_and_is_shown_as_it_came() -> None:
    shown = await shown_arrival(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\npart\r\n" * 100)

    assert shown.broken == "The message has more than 20 parts."
    assert shown.texts[0][1].startswith("Content-Type: multipart/mixed; boundary=x\n")


async def test_the_first_page_counts_both(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())
    await suppress("ann@trust.example", reason=SuppressionReason.BOUNCED, words="No", now=clock())
    for number in range(2):
        await put_aside(FORGED + b"%d" % number, clock())

    page = said(await main_of(client, "/organise/"))

    assert "1 address that letters are kept from" in page
    assert "2 messages to look at" in page


async def test_moderators_see_and_do_none_of_it(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    arrival_id = await put_aside(FORGED, clock())

    for address in ("/organise/mail/inbox", f"/organise/mail/inbox/{arrival_id}", "/organise/mail/addresses"):
        assert (await client.get(address)).status_code == 403
    assert (await client.post(f"/organise/mail/inbox/{arrival_id}/removal")).status_code == 403
    assert await quarantined_count() == 1
