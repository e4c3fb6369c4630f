"""`eventsite import writeup`: run as an operator runs it, in a process of its own."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from eventsite.cli.writeups import bring_in
from eventsite.database import execute
from eventsite.links import Links
from tests.conftest import SECRET, SITE_URL
from tests.factories import make_event
from tests.writeups.conftest import NORTH
from tests.writeups.factories import picture_file, word_document

pytestmark = pytest.mark.usefixtures("database")

LINKS = Links(SITE_URL, SECRET)


async def test_the_real_write_up_becomes_a_draft_and_what_was_recognised_is_told(shared: Path) -> None:
    await make_event(**NORTH)

    code, said, complained = await run(shared / "writeups" / "how-do-we-deploy-ai-safely.txt")

    (draft,) = await execute("SELECT id, state FROM writeup")
    assert (code, complained, draft["state"]) == (0, "", "draft")
    assert said.splitlines()[:6] == [
        "Title: How do we deploy AI safely?",
        "Sections: Corporate AI: underutilised but full of potential, Involving patients in AI and building trust in "
        "clinical settings, Digital literacy and bridging the generational gap, Join our future discussions",
        "Quotations: 10",
        "On the panel: Lee Rickles (panellist), Jacqui Cooper (panellist), Holly Carr (panellist), "
        "David Walliker (chair)",
        "Pictures: 0",
        "Event: HPN North",
    ]
    assert "Before it can be published: Choose a header image" in said
    assert said.splitlines()[-1] == f"A draft was made: {SITE_URL}/organise/writeups/{draft['id']}"


async def test_a_word_document_brings_its_picture(tmp_path: Path) -> None:
    file = tmp_path / "On trust.docx"
    file.write_bytes(word_document("Header Image\n\nOn trust\n\nSomething was said of it.", picture=picture_file()))

    said = await bring_in(file, LINKS)

    assert "Pictures: 1" in said
    assert "Event: not recognised" in said
    assert len(await execute("SELECT id FROM picture")) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.txt", None, "cannot be read: No such file or directory."),
        ("empty.txt", b"", "The file is empty"),
        ("large.txt", b"x" * 11_000_000, "10 MB"),
        ("setup.exe", b"MZ\x90\x00", ".docx, .md, .html or .txt"),
        ("fake.docx", b"MZ\x90\x00", ""),
    ],
)
async def test_what_cannot_be_read_is_one_sentence_on_standard_error(
    name: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)

    code, said, complained = await run(file)

    assert (code, said) == (1, "")
    assert sentence in complained
    assert complained.count("\n") == 1
    assert not await execute("SELECT id FROM writeup")


async def run(file: Path) -> tuple[int | None, str, str]:
    """Exit code, standard output and standard error of `eventsite import writeup FILE`."""
    settings = {"SECRET_KEY": SECRET, "SITE_URL": SITE_URL, "MAIL_FROM": "events@events.example.org"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "eventsite", "import", "writeup", str(file)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | settings,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()
