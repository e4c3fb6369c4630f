"""`eventsite organiser`: run as an operator runs it, in a process of its own."""

import asyncio
import os
import sys

import pytest

from eventsite.organisers.queries import get_organiser_by_key, organisers
from tests.conftest import SECRET, SITE_URL
from tests.organisers.factories import make_organiser

pytestmark = pytest.mark.usefixtures("database")

OLIVE = ("add", "olive@example.org", "--name", "Olive Organiser", "--role", "owner")


async def test_the_first_owner_is_let_in_with_a_link_on_standard_output_and_nothing_else() -> None:
    code, said, complained = await organiser(*OLIVE)

    olive = await get_organiser_by_key("olive@example.org")
    assert (code, complained) == (0, "")
    assert said.startswith(f"{SITE_URL}/organise/password/{olive.id}")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("add", "not an address", "--name", "Olive", "--role", "owner"), 1, "Enter an email address"),
        (("add", "olive@example.org", "--name", " ", "--role", "owner"), 1, "The name must have 1 to 120 characters."),
        (("add", "olive@example.org", "--name", "Olive", "--role", "king"), 2, "king"),
        (("add", "olive@example.org", "--role", "owner"), 2, "name"),
        (("disable", "nobody@example.org"), 1, "There is no organiser with that address."),
        (("reset", "nobody@example.org"), 1, "There is no organiser with that address."),
    ],
)
async def test_what_cannot_be_done_is_one_sentence_on_standard_error(
    arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    answered, said, complained = await organiser(*arguments)

    assert (answered, said) == (code, "")
    assert sentence in complained
    assert "Traceback" not in complained
    assert await organisers() == []


async def test_everybody_is_listed_one_a_line_with_role_and_state() -> None:
    await make_organiser(email="olive@example.org", name="Olive")
    await make_organiser(email="mo@example.org", name="Mo", role="moderator", password=None)

    code, said, _ = await organiser("list")

    assert code == 0
    assert said == "mo@example.org\tmoderator\tno password yet\tMo\nolive@example.org\towner\tactive\tOlive\n"


async def test_an_account_is_disabled_and_opened_again() -> None:
    await make_organiser(email="olive@example.org")
    await make_organiser(email="other@example.org")

    assert (await organiser("disable", "Olive@Example.org"))[0] == 0
    assert (await get_organiser_by_key("olive@example.org")).disabled_at is not None
    code, said, _ = await organiser("reset", "olive@example.org")

    assert code == 0
    assert said.startswith(f"{SITE_URL}/organise/password/")
    assert (await get_organiser_by_key("olive@example.org")).disabled_at is None


async def organiser(*arguments: str) -> tuple[int | None, str, str]:
    settings = {"SECRET_KEY": SECRET, "SITE_URL": SITE_URL, "MAIL_FROM": "events@events.example.org"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "eventsite", "organiser", *arguments),
        env=os.environ | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    return process.returncode, said.decode(), complained.decode()
