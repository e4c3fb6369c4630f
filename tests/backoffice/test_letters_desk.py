"""Every kind of letter on the desk: none is forgotten, each is written whole, and each keeps the rules of letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import httpx2
import pytest
from bs4 import BeautifulSoup

from eventsite.backoffice.letter_samples import KINDS, write_sample
from eventsite.backoffice.letter_samples_cast import ANN, KEY, Cast, cast_for
from eventsite.backoffice.letter_samples_kinds import LetterKind
from eventsite.backoffice.shown_letters import ShownLetter
from eventsite.calendars.wording import dates_with_weekdays
from eventsite.database import execute, recorded_statements
from eventsite.organisers.tables import Role
from eventsite.paths import TEMPLATES
from eventsite.presentation import stationery_for
from eventsite.settings import load_settings
from eventsite.stationery import Stationery
from eventsite.tokens import Purpose, is_valid_token, read_row_id
from tests.conftest import SECRET, StandingClock
from tests.organisers.factories import signed_in

ADDRESS = re.compile(r"https?://[^\s\"<>)]+")
AFTER = re.compile(r"[.,;:]+$")
TOKEN = re.compile(r"[0-9a-z]{16}[0-9A-Za-z_-]{22}")
ACTIVE = ("script", "form", "img", "iframe", "link", "object", "video", "audio", "input", "button", "meta[http-equiv]")
# To us, who know where our own desk is.
FOR_ORGANISERS = {"people/complaint"}
# Its receiver is somebody who typed an address, and may have no page.
WITHOUT_A_PAGE = FOR_ORGANISERS | {"people/complaint_received"}


@dataclass(frozen=True)
class Case:
    """One example of one kind."""

    kind: LetterKind
    number: int

    def __str__(self) -> str:
        return f"{self.kind.kind}-{self.number + 1}"

    def written(self, cast: Cast) -> ShownLetter:
        return write_sample(self.kind.examples[self.number], cast)


def cases() -> Iterator[Case]:
    for kinds in KINDS.values():
        for kind in kinds:
            yield from (Case(kind, number) for number in range(len(kind.examples)))


CASES = list(cases())
every_letter = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture
def cast(stationery: Stationery, now: datetime) -> Cast:
    return cast_for(stationery, now)


def folders() -> set[str]:
    """Every folder of letters there is, as `room/name`."""
    found = TEMPLATES.glob("*/letters/*/subject.txt")
    return {f"{path.parents[2].name}/{path.parent.name}" for path in found}


def test_every_folder_of_a_letter_has_a_preview_and_every_preview_a_folder() -> None:
    previewed = [case.kind.kind for case in CASES if case.number == 0]

    assert len(folders()) > 20
    assert {*previewed} == folders()
    assert len(previewed) == len({*previewed})


def test_each_letter_is_a_folder_of_three_templates() -> None:
    for kind in folders():
        room, _, name = kind.partition("/")
        names = {path.name for path in (TEMPLATES / room / "letters" / name).iterdir()}
        assert names >= {"subject.txt", "body.txt", "body.html"}, kind


@every_letter
def test_it_is_written_by_the_function_that_writes_the_real_one(case: Case, cast: Cast) -> None:
    assert case.kind.examples[case.number].write(cast).kind == case.kind.kind


@every_letter
def test_when_it_is_sent_is_one_or_two_sentences(case: Case) -> None:
    assert re.fullmatch(r"(When|At|A)\b[^.]{20,100}\.( [A-Z][^.]{10,60}\.)?", case.kind.when)
    assert all(example.case for example in case.kind.examples) == (len(case.kind.examples) > 1)


@every_letter
def test_r5_17_it_stays_under_100_kb_though_every_character_be_encoded(case: Case, cast: Cast) -> None:
    letter = case.written(cast).letter
    parts = [letter.text.encode(), letter.html.encode(), *(file.content for file in letter.files)]
    assert sum(map(len, parts)) * 3 < 100_000


@every_letter
def test_r5_21_its_html_is_self_contained_and_in_the_readers_language(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    html = BeautifulSoup(shown.letter.html, "html.parser")

    assert html.html is not None
    assert html.html["lang"] == "en-GB"
    assert html.title is not None
    assert html.title.get_text() == shown.letter.header("Subject")
    assert [tag.name for tag in html.select(", ".join(ACTIVE))] == []
    assert not re.search(r"url\(|@import|src=|background=", shown.letter.html)
    # The words of an announcement are an organiser's, and begin with a heading where they do.
    if case.kind.room != "announcements":
        assert [heading.name for heading in html.select("h1, h2, h3")][:1] == ["h1"]
    body = next(cell for cell in html.find_all("td") if cell.find(["h1", "p"], recursive=False))
    assert [str(words) for words in body.find_all(string=True, recursive=False) if words.strip()] == []
    assert {table.get("role") for table in html.find_all("table")} <= {"presentation"}


@every_letter
def test_r5_21_its_text_has_the_links_of_its_html(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    html = BeautifulSoup(shown.letter.html, "html.parser")
    linked = {str(link["href"]) for link in html.find_all("a")}
    said = {AFTER.sub("", address) for address in ADDRESS.findall(shown.letter.text)}

    assert linked == said
    for link in html.find_all("a"):
        words, host = link.get_text(strip=True), str(link["href"]).split("/")[2]
        assert words == link["href"] or "://" not in words, "a link's words are not another address"
        assert host in {"events.example.org", *CALENDARS}


CALENDARS = {"calendar.google.com", "outlook.office.com", "outlook.live.com"}


@every_letter
def test_r5_21_both_bodies_say_the_same_facts(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    html = " ".join(BeautifulSoup(shown.letter.html, "html.parser").get_text(" ").split())
    facts = {*re.findall(r"\d{1,2}(?::\d\d)?[ap]m|\d{1,2} [A-Z][a-z]+ \d{4}|EX1 1AA|Boat Hall", shown.letter.text)}

    assert facts == {fact for fact in facts if fact in html}
    assert not re.search(r"\{[{%]|\bNone\b|Undefined", shown.letter.text + html)
    assert not re.search(r"\n{3,}| {2,}\n|\A\s", shown.letter.text)
    assert not re.search(r"\w [,.]\s|\.\.", shown.letter.text)


@every_letter
def test_r4_12_each_body_stands_alone_with_when_where_and_the_way_to_change_it(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    html = BeautifulSoup(shown.letter.html, "html.parser").get_text(" ")
    for body in (shown.letter.text, " ".join(html.split())):
        if case.kind.kind not in WITHOUT_A_PAGE:
            assert "/my/" in body or "/questions/" in body
        for entry in shown.entries:
            assert entry.when.removesuffix(", whole days").removesuffix(" (UK time)") in body
            assert entry.location in body
            assert entry.title.removeprefix("Cancelled: ") in body
        assert bool(re.search(r"\d[ap]m", body)) <= ("(UK time)" in body or "announcement" in case.kind.kind)


@every_letter
def test_r5_22_no_token_in_its_subject_and_each_link_is_for_one_person_and_one_purpose(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    subject = shown.letter.header("Subject")

    assert not TOKEN.search(subject)
    assert "://" not in subject
    assert 5 < len(subject) < 90
    for token in TOKEN.findall(shown.letter.text):
        assert sum(is_valid_token(KEY, purpose, token, 0) for purpose in Purpose) == 1


@every_letter
def test_its_calendar_is_the_one_its_letter_speaks_of(case: Case, cast: Cast) -> None:
    shown = case.written(cast)
    methods = {entry.method for entry in shown.entries}

    assert len(shown.calendars) == len(shown.entries)
    assert len(methods) <= 1
    if "CANCEL" in methods:
        assert shown.letter.header("Subject").startswith("Cancelled: ")
        assert "out of your calendar" in shown.letter.text
    if methods & {"REQUEST", "CANCEL"}:
        assert "rsvp+" in shown.letter.header("From")
        assert f"mailto:{ANN.email}" in shown.calendars[0]


@every_letter
def test_it_is_small_enough_for_anybody(case: Case, cast: Cast) -> None:
    assert case.written(cast).size < 30_000


def test_nothing_in_a_preview_opens_anything(cast: Cast) -> None:
    tokens = {token for case in CASES for token in TOKEN.findall(case.written(cast).letter.text)}

    assert len(tokens) >= 3
    assert not any(is_valid_token(SECRET, purpose, token, 0) for token in tokens for purpose in Purpose)
    assert {read_row_id(token) for token in tokens} == {"0" * 16}


@pytest.mark.parametrize("today", ["2027-01-01", "2027-03-28", "2028-02-29", "2030-12-31"])
def test_the_event_is_always_a_weekend_to_come_and_what_is_kept_of_it_never_old(
    stationery: Stationery, today: str
) -> None:
    now = datetime.fromisoformat(today).replace(tzinfo=UTC)
    cast = cast_for(stationery, now)

    assert cast.first_day.strftime("%A") == "Saturday"
    assert timedelta(days=99) < cast.first_day - now.date() < timedelta(days=108)
    text = next(case for case in CASES if case.kind.kind == "interest/received").written(cast).letter.text
    assert dates_with_weekdays(cast.first_day, cast.first_day + timedelta(days=1)) in text


@every_letter
def test_settings_that_leave_calendar_answers_out_change_no_letters_readability(case: Case, now: datetime) -> None:
    given = {"secret_key": SECRET, "site_url": "https://events.example.org", "mail_from": "events@events.example.org"}
    without = {"mail_replies": "off", "invite_attachment": "off", "controller_name": 'The "Network" \\ Ltd'}
    cast = cast_for(stationery_for(load_settings({**given, **without})), now)

    assert "rsvp+" not in case.written(cast).letter.header("From")
    assert case.written(cast).letter.text


async def test_the_list_says_of_each_when_it_is_sent_and_its_subject(
    client: httpx2.AsyncClient, clock: StandingClock, cast: Cast
) -> None:
    await signed_in(client, now=clock())

    page = BeautifulSoup((await client.get("/organise/letters")).text, "html.parser")
    rows = {str(link["href"]): row for row in page.select("tbody tr") for link in row.select("a")}

    assert {*rows} == {f"/organise/letters/{kind}" for kind in folders()}
    offered = rows["/organise/letters/interest/place_offered"].get_text(" ", strip=True)
    assert offered.startswith("A place for you at HPN Riverside When an organiser offers a place")


@every_letter
async def test_the_page_shows_it_whole(
    case: Case, client: httpx2.AsyncClient, clock: StandingClock, cast: Cast
) -> None:
    await signed_in(client, now=clock())
    shown, address = case.written(cast), f"/organise/letters/{case.kind.kind}"

    answer = await client.get(f"{address}?case={case.number + 1}")
    page = BeautifulSoup(answer.text, "html.parser")
    framed = await client.get(f"{address}/html?case={case.number + 1}")

    assert answer.status_code == 200
    assert page.h1 is not None
    assert page.h1.get_text() == shown.letter.header("Subject")
    assert page.select("pre.letter-text")[0].get_text() == shown.letter.text
    assert [str(frame["src"]) for frame in page.select("iframe")] == [f"{address}/html?case={case.number + 1}"]
    assert framed.text.replace('<base target="_blank">', "") == shown.letter.html
    assert "sandbox" in framed.headers["content-security-policy"]
    assert page.get_text().count("SEQUENCE ") == len(shown.entries)
    for entry in shown.entries:
        assert entry.when in page.get_text()


async def test_nothing_is_stored_and_no_row_is_read(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock())

    with recorded_statements() as statements:
        assert (await client.get("/organise/letters/interest/place_confirmed")).status_code == 200

    assert len(statements) == 1  # who is signed in
    assert await execute("SELECT id FROM outbox_letter") == []


@pytest.mark.parametrize("case", ["0", "99", "x", "-1", "²", ""])
async def test_a_case_that_is_not_there_is_the_first(
    case: str, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    page = await client.get("/organise/letters/interest/received", params={"case": case})

    assert 'href="/organise/letters/interest/received?case=1" aria-current="page"' in page.text


@pytest.mark.parametrize("kind", ["interest/nothing", "nowhere/received", "letters/base"])
async def test_a_kind_that_is_not_there_is_not_found(
    kind: str, client: httpx2.AsyncClient, clock: StandingClock
) -> None:
    await signed_in(client, now=clock())

    assert (await client.get(f"/organise/letters/{kind}")).status_code == 404


async def test_moderators_see_none_of_it(client: httpx2.AsyncClient, clock: StandingClock) -> None:
    await signed_in(client, now=clock(), role=Role.MODERATOR)

    for address in (
        "/organise/letters",
        "/organise/letters/interest/received",
        "/organise/letters/interest/known/html",
    ):
        assert (await client.get(address)).status_code == 403


@every_letter
def test_its_header_fields_are_those_of_a_letter_from_us(case: Case, cast: Cast) -> None:
    headers = dict(case.written(cast).letter.headers)

    assert headers["To"] == (cast.stationery.settings.contact if case.kind.kind in FOR_ORGANISERS else ANN.email)
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Content-Language"] == "en-GB"
    assert ("List-Unsubscribe" in headers) == case.kind.kind.startswith("announcements/")


def test_the_parser_the_samples_are_read_by_finds_no_defect(cast: Cast) -> None:
    from eventsite.mail.letters import Sender, finish

    sender = Sender("events@events.example.org")
    for case in CASES:
        letter = case.kind.examples[case.number].write(cast)
        message = message_from_bytes(
            finish(letter, sender=sender, message_id="<a@events.example.org>", date=cast.now), policy=policy.default
        )
        assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
