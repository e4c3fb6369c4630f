"""The outbox on the desk: found by state and address, sent again one by one or all at once, after a page that tells."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import httpx2
import pytest
from bs4 import BeautifulSoup, Tag

from eventsite.backoffice.letter_samples import KINDS
from eventsite.backoffice.letter_samples_cast import cast_for
from eventsite.backoffice.mail_services import NotAsShown, send_all_again
from eventsite.database import execute, new_id, recorded_statements, transaction
from eventsite.mail.outbox import enqueue
from eventsite.mail.suppression import note_bounce
from eventsite.mail.tables import Cause, LetterState
from eventsite.organisers.tables import Organiser, Role
from eventsite.settings import Settings
from eventsite.stationery import Stationery
from tests.conftest import StandingClock
from tests.organisers.factories import signed_in

WORDS = "550 5.1.1 <ann@trust.example>: User unknown"
NOBODY = "452 4.2.2 Mailbox full"


class Outbox:
    """Letters put into the outbox, in any state."""

    def __init__(self, settings: Settings, stationery: Stationery, now: datetime) -> None:
        self.settings, self.now = settings, now
        kinds = [kind for listed in KINDS.values() for kind in listed]
        self.letter = (
            next(kind for kind in kinds if kind.name == "place_confirmed").examples[0].write(cast_for(stationery, now))
        )

    async def put(
        self, to: str, state: LetterState = LetterState.WAITING, *, words: str | None = None, uncertain: bool = False
    ) -> str:
        letter_id = new_id()
        letter = replace(self.letter, to=to)
        async with transaction():
            await enqueue(
                letter, key=letter_id, cause=Cause.SYSTEM, now=self.now, settings=self.settings, letter_id=letter_id
            )
            await execute(
                "UPDATE outbox_letter SET state = {}, last_error = {}, uncertain = {}, attempts = {} WHERE id = {}",
                *(state.value, words, uncertain, 0 if state is LetterState.WAITING else 3, letter_id),
            )
        return letter_id

    async def dead(self, *addresses: str, words: str = WORDS) -> list[str]:
        return [await self.put(address, LetterState.DEAD, words=words) for address in addresses]


@pytest.fixture
def outbox(settings: Settings, stationery: Stationery, now: datetime, database: None) -> Outbox:
    return Outbox(settings, stationery, now)


async def page_of(client: httpx2.AsyncClient, address: str, *, status: int = 200) -> BeautifulSoup:
    answer = await client.get(address)
    assert answer.status_code == status, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def main(page: BeautifulSoup) -> Tag:
    assert page.main is not None
    return page.main


def rows(page: BeautifulSoup) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in main(page).select("tbody tr")]


async def states(*letter_ids: str) -> list[str]:
    found = {row["id"]: row["state"] for row in await execute("SELECT id, state FROM outbox_letter")}
    return [found[letter_id] for letter_id in letter_ids]


async def deeds(organiser: Organiser) -> Sequence[tuple[str, str]]:
    entries = await execute("SELECT deed, details FROM ledger_entry WHERE actor = {} ORDER BY at, id", organiser.id)
    return [(entry["deed"], entry["details"]) for entry in entries]


SHOWN = {"waiting": "Waiting", "sending": "On its way", "sent": "Sent", "dead": "Given up", "superseded": "Overtaken"}


@pytest.mark.parametrize("state", LetterState)
async def test_letters_are_filtered_by_state(
    state: LetterState, client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    for each in LetterState:
        await outbox.put(f"{each}@trust.example", each)

    (row,) = rows(await page_of(client, f"/organise/mail?state={state}"))

    assert f"{state}@trust.example {SHOWN[state]}" in row
    assert (
        len(rows(await page_of(client, "/organise/mail")))
        == len(rows(await page_of(client, "/organise/mail?state=x")))
        == 5
    )


async def test_uncertain_letters_are_flagged_and_can_be_listed(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    await outbox.put("sure@trust.example", LetterState.SENT)
    letter_id = await outbox.put("ann@trust.example", LetterState.SENT, uncertain=True)

    assert [row for row in rows(await page_of(client, "/organise/mail")) if "May have come twice" in row] == rows(
        page := await page_of(client, "/organise/mail?state=uncertain")
    )
    assert "One letter. The line broke" in main(page).get_text()
    assert "may have arrived twice" in main(await page_of(client, f"/organise/mail/{letter_id}")).get_text()


async def test_letters_are_found_by_any_part_of_their_address_and_pages_keep_the_search(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    await outbox.put("bob@elsewhere.example")
    for number in range(51):
        await outbox.put(f"ann+{number}@Trust.example")

    first = await page_of(client, "/organise/mail?state=waiting&q=ann%2B&page=1")
    onwards = main(first).find("a", rel="next")

    assert len(rows(first)) == 50
    assert isinstance(onwards, Tag)
    assert onwards["href"] == "/organise/mail?state=waiting&q=ann%2B&page=2"
    assert len(rows(await page_of(client, str(onwards["href"])))) == 1
    assert rows(await page_of(client, "/organise/mail?q=nobody")) == []


@pytest.mark.parametrize("number", [1, 30])
async def test_the_lists_take_the_same_queries_for_one_row_and_for_thirty(
    number: int, client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    await outbox.dead(*(f"ann+{each}@trust.example" for each in range(number)))

    for address, queries in {"/organise/mail?state=dead": 5, "/organise/mail/again": 3}.items():
        with recorded_statements() as statements:
            assert len(rows(await page_of(client, address))) == number
        assert len(statements) == queries, address


async def test_a_letter_is_shown_whole_with_its_calendar_and_what_its_server_said(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    (letter_id,) = await outbox.dead("ann@trust.example")
    await note_bounce(
        "ann@trust.example", letter_id=letter_id, action="failed", status="5.1.1", words="No such user", now=clock()
    )

    page = main(await page_of(client, f"/organise/mail/{letter_id}"))
    said = " ".join(page.get_text(" ").split())

    assert WORDS in said
    assert "An invitation (REQUEST)" in said
    assert "What came back from this address" in said
    assert "No such user The letter 5.1.1 Refused for good" in said
    assert "No letters go to this address Letters came back." in said
    assert "BEGIN:VCALENDAR" in said
    framed = await client.get(f"/organise/mail/{letter_id}/html")
    assert "sandbox" in framed.headers["content-security-policy"]


async def test_one_letter_is_sent_again_once(client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox) -> None:
    olive = await signed_in(client, now=clock())
    (letter_id,) = await outbox.dead("ann@trust.example")

    answer = await client.post(f"/organise/mail/{letter_id}/delivery")
    again = await client.post(f"/organise/mail/{letter_id}/delivery")

    assert (answer.status_code, again.status_code) == (303, 303)
    assert await states(letter_id) == ["waiting"]
    assert await deeds(olive) == [("letter.requeued", "")]


async def test_before_all_are_sent_again_a_page_says_whom_and_how_many(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    await outbox.dead("ann@trust.example", "ann@trust.example", "bea@trust.example", words=NOBODY)
    (stopped,) = await outbox.dead("gone@trust.example")
    await note_bounce("gone@trust.example", letter_id=stopped, action="failed", status="5.1.1", words="", now=clock())
    await outbox.put("cem@trust.example", LetterState.SENT)

    assert "/organise/mail/again" in {
        link["href"] for link in main(await page_of(client, "/organise/mail")).select("a")
    }
    page = await page_of(client, "/organise/mail/again")
    said = " ".join(main(page).get_text(" ").split())

    assert "Send 3 given-up letters again?" in said
    assert "They go to 2 addresses" in said
    assert "1 more stays as it is" in said
    assert sorted(re.findall(r"\w+@trust\.example", " ".join(rows(page)))) == [
        "ann@trust.example",
        "ann@trust.example",
        "bea@trust.example",
    ]
    assert all(NOBODY in row for row in rows(page))


async def test_all_are_sent_again_in_one_deed_but_those_to_stopped_addresses(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    olive = await signed_in(client, now=clock())
    dead = await outbox.dead("ann@trust.example", "bea@trust.example")
    (stopped,) = await outbox.dead("gone@trust.example")
    sent = await outbox.put("cem@trust.example", LetterState.SENT)
    await note_bounce("gone@trust.example", letter_id=stopped, action="failed", status="5.1.1", words="", now=clock())

    form = main(await page_of(client, "/organise/mail/again")).select_one("form")
    assert form is not None
    answer = await client.post(
        str(form["action"]), data={str(field["name"]): str(field["value"]) for field in form.select("input")}
    )

    assert answer.status_code == 303
    assert await states(*dead, stopped, sent) == ["waiting", "waiting", "dead", "sent"]
    assert await deeds(olive) == [("letters.requeued", '{"letters": 2}')]
    assert "2 letters are on the way again." in main(await page_of(client, "/organise/mail")).get_text()
    assert "sent all letters again that were given up" in main(await page_of(client, "/organise/ledger")).get_text()


async def test_a_search_narrows_what_is_sent_again(
    client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    await signed_in(client, now=clock())
    there, elsewhere = await outbox.dead("ann@trust.example", "bob@elsewhere.example")

    page = await page_of(client, "/organise/mail/again?q=TRUST.")
    answer = await client.post("/organise/mail/again", data={"q": "TRUST.", "letters": "1"})

    assert len(rows(page)) == 1
    assert answer.status_code == 303
    assert await states(there, elsewhere) == ["waiting", "dead"]


@pytest.mark.parametrize("letters", ["1", "3", "", "x", "-2", "99999999999999999999"])
async def test_nothing_is_sent_where_there_are_other_letters_than_were_shown(
    letters: str, client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox
) -> None:
    olive = await signed_in(client, now=clock())
    dead = await outbox.dead("ann@trust.example", "bea@trust.example")

    answer = await client.post("/organise/mail/again", data={"q": "", "letters": letters})

    assert answer.status_code == 422
    assert "Nothing has been sent: look again" in answer.text
    assert "Send 2 given-up letters again?" in answer.text
    assert await states(*dead) == ["dead", "dead"]
    assert await deeds(olive) == []


async def test_pressed_twice_it_is_done_once(outbox: Outbox, now: datetime) -> None:
    await outbox.dead("ann@trust.example")

    assert await send_all_again("", shown=1, actor="olive", now=now) == 1
    with pytest.raises(NotAsShown):
        await send_all_again("", shown=1, actor="olive", now=now + timedelta(seconds=1))
    with pytest.raises(NotAsShown):
        await send_all_again("", shown=0, actor="olive", now=now + timedelta(seconds=1))


async def test_nothing_given_up_is_nothing_to_send(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())

    page = main(await page_of(client, "/organise/mail/again"))

    assert page.select("form") == []
    assert "No letters to send again" in page.get_text()
    assert "again" not in main(await page_of(client, "/organise/mail")).get_text()


async def test_moderators_send_nothing(client: httpx2.AsyncClient, clock: StandingClock, outbox: Outbox) -> None:
    await signed_in(client, now=clock(), role=Role.MODERATOR)
    dead = await outbox.dead("ann@trust.example")

    assert (await client.post("/organise/mail/again", data={"q": "", "letters": "1"})).status_code == 403
    assert (await client.post(f"/organise/mail/{dead[0]}/delivery")).status_code == 403
    assert await states(*dead) == ["dead"]
