"""The demonstration says how to sign in, and what it says is so."""

from datetime import datetime

import pytest

from eventsite.demo.organiser import ensure_organiser
from eventsite.organisers.services import Credentials, sign_in
from tests.organisers.factories import make_organiser

OLIVE = "olive@example.org"
PASSWORD = "zebra-lamp-quorum"

pytestmark = pytest.mark.usefixtures("database")


async def test_olive_is_made_once_and_signs_in_with_the_password_that_is_kept(now: datetime) -> None:
    assert await ensure_organiser(OLIVE, PASSWORD, now=now)
    assert await ensure_organiser(OLIVE, PASSWORD, now=now)
    assert await sign_in(Credentials(OLIVE, PASSWORD), now=now)


async def test_a_password_that_was_set_for_her_stays_and_the_kept_one_is_not_said_to_be_hers(now: datetime) -> None:
    await make_organiser(email=OLIVE)
    assert not await ensure_organiser(OLIVE, PASSWORD, now=now)
