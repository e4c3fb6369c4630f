"""A file brought in on the desk, from the upload to the page everybody reads; and files nobody should take."""

import html
import re

import httpx2
import pytest

from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.writeups.tables import Writeup
from tests.writeups.factories import DRAWING, form_on, picture_file, send, word_document
from tests.writeups.reading import quotations_in

IMPORT = "/organise/writeups/import"
NAMES = ("David Walliker", "Lee Rickles", "Jacqui Cooper", "Holly Carr")
POSTS = (
    "Chief Information Officer",
    "Humber Teaching Hospitals NHS Foundation Trust",
    "Chief Nursing Information Officer",
    "Health Innovation Manchester and NHS Greater Manchester",
    "Chief Clinical Information Officer",
    "Stockport NHS Foundation Trust",
    "Chief Digital and Information Officer",
    "Manchester University NHS Foundation Trust",
)
SECTIONS = (
    "Corporate AI: underutilised but full of potential",
    "Involving patients in AI and building trust in clinical settings",
    "Digital literacy and bridging the generational gap",
    "Join our future discussions",
)
BARRIERS = (
    "Archaic systems (e.g. ESR) and fragmented tech infrastructure.",
    "Funding and capacity issues.",
    "Security concerns with cloud/data usage.",
)
TEXT = {"file": ("notes.txt", b"Notes of a day\n\nSomething was said.\n")}


async def test_the_real_write_up_is_read_by_everybody_word_for_word(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, north: Event, source: bytes
) -> None:
    brought = await send(olive, IMPORT, {}, ("how-do-we-deploy-ai-safely.txt", source))
    path = brought.headers["location"]
    fields = form_on(await olive.get(path), path) | {"image": [DRAWING], "image_alt": ["Four voices"]}
    published = await send(olive, f"{path}/publication", fields)

    page = await mallory.get("/writeups/how-do-we-deploy-ai-safely")

    assert (brought.status_code, published.status_code, page.status_code) == (303, 303, 200)
    assert_tells_it_all(page, source)
    assert 'href="/events/hpn-north"' in page.text


async def test_so_is_the_same_as_a_word_document_with_its_picture(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, north: Event, source: bytes
) -> None:
    document = word_document(source.decode(), picture=picture_file(size=(640, 320)), alt="The panel on stage")

    brought = await send(olive, IMPORT, {}, ("How do we deploy AI safely.docx", document))
    path = brought.headers["location"]
    published = await send(olive, f"{path}/publication", form_on(await olive.get(path), path))
    page = await mallory.get("/writeups/how-do-we-deploy-ai-safely")

    assert (brought.status_code, published.status_code, page.status_code) == (303, 303, 200)
    assert_tells_it_all(page, source)
    (picture,) = re.findall(
        r'<img src="(/pictures/\w{32}\.webp)" alt="The panel on stage" width="640" height="320"', page.text
    )
    assert (await mallory.get(picture)).headers["content-type"] == "image/webp"


def assert_tells_it_all(page: httpx2.Response, source: bytes) -> None:
    """Every quotation, name, post, section and point of the real source is there byte for byte, each as what it is."""
    text = html.unescape(page.text)
    quotations = quotations_in(source.decode())
    assert len(quotations) >= 10
    assert [words for words in quotations if words not in re.sub("<[^>]+>", "", text)] == []
    assert [words for words in (*NAMES, *POSTS) if words not in text] == []
    assert re.findall(r'<h2 id="section-[^"]+">(.+)</h2>', text) == list(SECTIONS)
    assert re.findall(r"<li>(?!<)(.+)</li>", text) == list(BARRIERS)
    assert set(re.findall(r"<figcaption>— (.+?)</figcaption>", text)) == set(NAMES)
    assert text.count('<figure class="quotation">') >= 10


async def test_a_draft_of_a_file_is_nobodys_but_the_organisers(
    olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient, north: Event, source: bytes
) -> None:
    await send(olive, IMPORT, {}, ("ai.txt", source))

    for path in ("/", "/writeups", "/writeups/feed.atom", "/events", "/events/hpn-north"):
        assert "deploy AI" not in (await mallory.get(path)).text
    assert (await mallory.get("/writeups/how-do-we-deploy-ai-safely")).status_code == 404


async def test_what_is_to_look_at_is_said_on_the_drafts_page(olive: httpx2.AsyncClient, source: bytes) -> None:
    brought = await send(olive, IMPORT, {}, ("ai.txt", source))

    page = (await olive.get(brought.headers["location"])).text

    assert "A draft was made of ai.txt." in page
    assert "To look at after the import" in page
    assert "names no event that is known here" in page
    assert "Choose a header image" in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("notes.txt", b"", "The file is empty"),
        ("notes.txt", b"x" * 11_000_000, "The file must be 10 MB or smaller"),
        ("notes.docx", b"MZ\x90\x00\x03" + b"\x00" * 500, ""),
        ("notes.docx", b"PK\x03\x04" + b"\x00" * 500, ""),
        ("notes.txt", b"MZ\x90\x00\x03" + b"\x00" * 500, ""),
        ("setup.exe", b"MZ\x90\x00\x03" + b"\x00" * 500, ""),
        ("notes.pdf", b"%PDF-1.7", ""),
        ("notes", b"Words", ""),
        ("../../../etc/passwd", b"root:x:0:0", ""),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_words(
    name: str, content: bytes, sentence: str, olive: httpx2.AsyncClient
) -> None:
    answer = await send(olive, IMPORT, {}, (name, content))

    assert answer.status_code == 422
    assert sentence in answer.text
    (told,) = re.findall(r'<a href="#file">([^<]+)</a>', answer.text)
    assert len(told) > 10
    assert not await Writeup.exists()


async def test_no_file_is_a_sentence_too(olive: httpx2.AsyncClient) -> None:
    for answer in (await send(olive, IMPORT, {}), await olive.post(IMPORT, data={})):
        assert answer.status_code == 422
        assert "Choose a file" in answer.text


@pytest.mark.parametrize(
    "charset", ["utf-7", "undefined", "unicode_escape", "utf-16", "idna", "nonsense", "latin-1", ""]
)
async def test_a_form_in_any_charset_but_utf_8_is_not_read(charset: str, olive: httpx2.AsyncClient) -> None:
    body = multipart(("file", 'filename="notes.txt"', "Words"), ("title", "", "+AAA-\\ud800"))
    kind = f"multipart/form-data; boundary=part; charset={charset}"

    for path in (IMPORT, f"/organise/writeups/{await begun(olive)}"):
        answer = await olive.post(path, content=body, headers={"content-type": kind})
        assert answer.status_code == 415
        assert "We could not read that form" in answer.text


@pytest.mark.parametrize("charset", ["UTF-8", '"utf-8"', "utf8"])
async def test_utf_8_may_be_said(charset: str, olive: httpx2.AsyncClient) -> None:
    body = multipart(("file", 'filename="notes.txt"', "Notes of a day\n\nSomething was said."))

    answer = await olive.post(
        IMPORT, content=body, headers={"content-type": f"multipart/form-data; boundary=part; charset={charset}"}
    )

    assert answer.status_code == 303


async def test_two_files_are_one_too_many(olive: httpx2.AsyncClient) -> None:
    answer = await olive.post(IMPORT, files=[("file", ("a.txt", b"Words")), ("file", ("b.txt", b"Words"))])

    assert answer.status_code == 400
    assert "Too many files" in answer.text
    assert not await Writeup.exists()


async def test_a_body_beyond_the_limit_is_not_even_read(olive: httpx2.AsyncClient, mallory: httpx2.AsyncClient) -> None:
    body = multipart(("file", 'filename="notes.txt"', "x" * 13_000_000))
    headers = {"content-type": "multipart/form-data; boundary=part"}

    for browser in (olive, mallory):
        assert (await browser.post(IMPORT, content=body, headers=headers)).status_code == 413
    assert not await Writeup.exists()


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"--part--", 400),
        ("multipart/form-data; boundary=part", b"no boundary at all", 400),
        ("multipart/form-data; boundary=part", b"--part\r\n\r\nWords\r\n--part--\r\n", 400),
        ("multipart/form-data; boundary=part", b"", 422),
        ("application/json", b"{}", 415),
        ("text/plain", b"file=x", 415),
        ("", b"file=x", 415),
    ],
)
async def test_a_broken_body_is_the_senders_fault_and_said_so(
    content_type: str, body: bytes, status: int, olive: httpx2.AsyncClient
) -> None:
    answer = await olive.post(IMPORT, content=body, headers={"content-type": content_type})

    assert answer.status_code == status
    assert "something went wrong" not in answer.text


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"\xed\xa0\x80 surrogate", None),
        (b"\x00 NUL", None),
        (b"\x1b[31m escape", None),
        ("\u2028 separator".encode(), None),
        ("\u202eright to left\u202c".encode(), "right to left"),
        ("😀 ‘quoted’ e\u0301".encode(), "😀 ‘quoted’ \u00e9"),
    ],
)
async def test_words_nobody_can_read_are_refused_and_the_rest_is_kept(
    sent: bytes, kept: str | None, olive: httpx2.AsyncClient
) -> None:
    path = f"/organise/writeups/{await begun(olive)}"
    body = multipart(("revision", "", "1"), ("title", "", "TITLE")).replace(b"TITLE", sent)

    answer = await olive.post(path, content=body, headers={"content-type": "multipart/form-data; boundary=part"})

    assert answer.status_code == (303 if kept else 422)
    assert [row["title"] for row in await execute("SELECT title FROM writeup")] == [kept or ""]


async def test_a_form_from_another_site_is_refused(olive: httpx2.AsyncClient) -> None:
    answer = await olive.post(IMPORT, files=TEXT, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert not await Writeup.exists()


async def begun(olive: httpx2.AsyncClient) -> str:
    """The id of a new, empty draft."""
    return (await olive.post("/organise/writeups", data={})).headers["location"].rpartition("/")[2]


def multipart(*parts: tuple[str, str, str]) -> bytes:
    """A multipart body by hand: name, what else its head says, content."""
    heads = (
        (f'content-disposition: form-data; name="{name}"' + (f"; {more}" if more else ""), words)
        for name, more, words in parts
    )
    return b"".join(f"--part\r\n{head}\r\n\r\n{words}\r\n".encode() for head, words in heads) + b"--part--\r\n"
