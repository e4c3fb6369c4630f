"""Accounts and sign-ins: each deed is kept with its ledger entry, or refused with a sentence."""

import asyncio
from datetime import datetime, timedelta

import pytest

from eventsite import ledger
from eventsite.database import execute
from eventsite.ledger.tables import LedgerEntry
from eventsite.mail.addresses import normalise_address
from eventsite.organisers.passwords import UnfitPassword, is_right
from eventsite.organisers.queries import digest_of, get_organiser, live_sign_in, organiser_by_link, organisers
from eventsite.organisers.rules import LinkSpent
from eventsite.organisers.services import (
    AlreadyAnOrganiser,
    AlreadyDisabled,
    Credentials,
    LastOwner,
    NewOrganiser,
    WrongCredentials,
    add_organiser,
    disable_organiser,
    note_seen,
    reset_organiser,
    set_password,
    sign_in,
    sign_out,
)
from eventsite.organisers.tables import Organiser, Role
from eventsite.tokens import Purpose, make_token
from tests.conftest import SECRET
from tests.organisers.factories import PASSWORD, make_organiser, make_sign_in

pytestmark = pytest.mark.usefixtures("database")

NEW_PASSWORD = "seven pale kites at dusk"


async def test_an_organiser_is_added_without_a_password_and_with_a_link_to_set_one(now: datetime) -> None:
    organiser = await add_organiser(olive(), actor=ledger.OPERATOR, now=now)

    assert (await by_link(organiser, now)).id == organiser.id
    assert (await get_organiser(organiser.id)).password_hash is None
    assert await deeds() == [("organiser.added", ledger.OPERATOR, organiser.id, '{"role": "owner"}')]


async def test_an_address_has_one_account_however_it_is_spelt(now: datetime) -> None:
    await add_organiser(olive(), actor=ledger.OPERATOR, now=now)

    with pytest.raises(AlreadyAnOrganiser, match="already"):
        await add_organiser(olive("OLIVE@example.ORG"), actor=ledger.OPERATOR, now=now)

    assert len(await organisers()) == 1
    assert len(await deeds()) == 1


async def test_a_link_sets_a_password_once(now: datetime) -> None:
    organiser = await by_link(await add_organiser(olive(), actor=ledger.OPERATOR, now=now), now)

    await set_password(organiser, NEW_PASSWORD, now=now)

    assert await is_right((await get_organiser(organiser.id)).password_hash, NEW_PASSWORD)
    with pytest.raises(LinkSpent):
        await by_link(organiser, now)
    with pytest.raises(LinkSpent):
        await set_password(organiser, "another quiet lantern", now=now)
    assert await is_right((await get_organiser(organiser.id)).password_hash, NEW_PASSWORD)


async def test_of_two_who_use_a_link_at_the_same_moment_one_sets_the_password(now: datetime) -> None:
    organiser = await add_organiser(olive(), actor=ledger.OPERATOR, now=now)

    answers = await asyncio.gather(
        *(set_password(organiser, f"{number} pale kites at dusk", now=now) for number in range(4)),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers].count(LinkSpent) == 3
    assert answers.count(None) == 1


async def test_a_link_is_worth_nothing_after_three_days_or_once_replaced_or_made_up(now: datetime) -> None:
    organiser = await add_organiser(olive(), actor=ledger.OPERATOR, now=now)
    token = link_token(organiser)

    with pytest.raises(LinkSpent):
        await organiser_by_link(token, secret=SECRET, now=now + timedelta(days=3))
    with pytest.raises(LinkSpent):
        await organiser_by_link(token, secret="another secret than the site's own", now=now)
    with pytest.raises(LinkSpent):
        await organiser_by_link(make_token(SECRET, Purpose.MY, organiser.id, 0), secret=SECRET, now=now)
    with pytest.raises(LinkSpent):
        await organiser_by_link("nonsense", secret=SECRET, now=now)
    await reset_organiser(organiser, actor=ledger.OPERATOR, now=now)
    with pytest.raises(LinkSpent):
        await organiser_by_link(token, secret=SECRET, now=now)


async def test_a_password_easily_guessed_spends_nothing(now: datetime) -> None:
    organiser = await add_organiser(olive(), actor=ledger.OPERATOR, now=now)

    with pytest.raises(UnfitPassword):
        await set_password(organiser, "OliveExample1", now=now)

    assert (await by_link(organiser, now)).id == organiser.id


async def test_setting_a_password_ends_every_sign_in(now: datetime) -> None:
    organiser = await make_organiser(link_made_at=now)
    token = await make_sign_in(organiser, now=now)

    await set_password(organiser, NEW_PASSWORD, now=now)

    assert await live_sign_in(token, now=now) is None


async def test_signing_in_opens_a_sign_in_whose_token_is_not_in_the_database(now: datetime) -> None:
    organiser = await make_organiser()

    token = await sign_in(said(organiser), now=now)

    live = await live_sign_in(token, now=now)
    assert live is not None
    assert live.organiser.id == organiser.id
    assert len(token) == 43  # 256 bits in URL-safe base64
    assert token not in str(await execute("SELECT * FROM sign_in"))
    assert digest_of(token) in str(await execute("SELECT * FROM sign_in"))
    assert await deeds() == [("organiser.signed_in", organiser.id, organiser.id, "")]


@pytest.mark.parametrize("case", ["unknown", "wrong", "disabled", "no password yet"])
async def test_the_same_words_refuse_an_unknown_a_disabled_and_a_wrong_one(case: str, now: datetime) -> None:
    organiser = await make_organiser(
        disabled_at=now if case == "disabled" else None, password=None if case == "no password yet" else PASSWORD
    )
    key = "nobody@example.org" if case == "unknown" else organiser.email_key

    with pytest.raises(WrongCredentials) as refused:
        await sign_in(Credentials(key, "not this one, surely" if case == "wrong" else PASSWORD), now=now)

    assert str(refused.value) == "The email address or the password is not right. Check both and try again"
    assert await execute("SELECT id FROM sign_in") == []
    assert await deeds() == []


async def test_a_fresh_token_replaces_the_one_the_browser_brought(now: datetime) -> None:
    organiser = await make_organiser()
    before = await sign_in(said(organiser), now=now)

    after = await sign_in(said(organiser), replacing=before, now=now)

    assert before != after
    assert await live_sign_in(before, now=now) is None
    assert await live_sign_in(after, now=now) is not None


async def test_a_hash_made_at_an_older_cost_is_made_again_at_the_next_sign_in(now: datetime) -> None:
    from argon2 import PasswordHasher

    organiser = await make_organiser(
        password_hash=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    )

    await sign_in(said(organiser), now=now)

    fresh = (await get_organiser(organiser.id)).password_hash
    assert fresh is not None
    assert "m=19456,t=2,p=1" in fresh
    assert await is_right(fresh, PASSWORD)


@pytest.mark.parametrize(
    ("idle", "age", "holds"),
    [
        (timedelta(hours=2) - timedelta(seconds=1), timedelta(hours=2), True),
        (timedelta(hours=2), timedelta(hours=2), False),
        (timedelta(0), timedelta(hours=12) - timedelta(seconds=1), True),
        (timedelta(0), timedelta(hours=12), False),
    ],
)
async def test_a_sign_in_ends_after_two_hours_idle_and_after_twelve_in_all(
    idle: timedelta, age: timedelta, holds: bool, now: datetime
) -> None:
    token = await make_sign_in(await make_organiser(), now=now)
    opened = await live_sign_in(token, now=now)
    assert opened is not None
    await note_seen(opened.id, now=now + age - idle)

    assert (await live_sign_in(token, now=now + age) is not None) is holds


async def test_signing_out_ends_that_sign_in_and_no_other(now: datetime) -> None:
    organiser = await make_organiser()
    here, there = await make_sign_in(organiser, now=now), await make_sign_in(organiser, now=now)

    await sign_out(here, now=now)
    await sign_out(here, now=now)

    assert await live_sign_in(here, now=now) is None
    assert await live_sign_in(there, now=now) is not None
    assert await deeds() == [("organiser.signed_out", organiser.id, organiser.id, "")]


async def test_disabling_ends_every_sign_in_and_spends_the_link(now: datetime) -> None:
    owner, organiser = await make_organiser(), await make_organiser(link_made_at=now)
    token, link = await make_sign_in(organiser, now=now), link_token(organiser)

    await disable_organiser(organiser, actor=owner.id, now=now)

    assert await live_sign_in(token, now=now) is None
    with pytest.raises(LinkSpent):
        await organiser_by_link(link, secret=SECRET, now=now)
    with pytest.raises(AlreadyDisabled):
        await disable_organiser(organiser, actor=owner.id, now=now)
    assert await deeds() == [("organiser.disabled", owner.id, organiser.id, "")]


async def test_the_last_owner_cannot_be_disabled(now: datetime) -> None:
    owner = await make_organiser()
    await make_organiser(role=Role.MODERATOR.value)
    await make_organiser(disabled_at=now)

    with pytest.raises(LastOwner):
        await disable_organiser(owner, actor=ledger.OPERATOR, now=now)

    assert (await get_organiser(owner.id)).disabled_at is None


async def test_two_owners_who_disable_each_other_leave_one(now: datetime) -> None:
    first, second = await make_organiser(), await make_organiser()

    await asyncio.gather(
        disable_organiser(first, actor=second.id, now=now),
        disable_organiser(second, actor=first.id, now=now),
        return_exceptions=True,
    )

    assert [organiser.disabled_at is None for organiser in await organisers()] == [True, False]


async def test_a_reset_takes_the_password_away_and_opens_a_disabled_account(now: datetime) -> None:
    organiser = await make_organiser(disabled_at=now)
    token = await make_sign_in(organiser, now=now)

    version = await reset_organiser(organiser, actor=ledger.OPERATOR, now=now)

    with pytest.raises(WrongCredentials):
        await sign_in(said(organiser), now=now)
    again = await organiser_by_link(make_token(SECRET, Purpose.PASSWORD, organiser.id, version), secret=SECRET, now=now)
    await set_password(again, NEW_PASSWORD, now=now)
    assert await live_sign_in(token, now=now) is None
    assert await sign_in(Credentials(organiser.email_key, NEW_PASSWORD), now=now)


def olive(email: str = "olive@example.org") -> NewOrganiser:
    return NewOrganiser(normalise_address(email), "Olive Organiser", Role.OWNER)


def said(organiser: Organiser) -> Credentials:
    return Credentials(organiser.email_key, PASSWORD)


def link_token(organiser: Organiser) -> str:
    return make_token(SECRET, Purpose.PASSWORD, organiser.id, organiser.link_version)


async def by_link(organiser: Organiser, now: datetime) -> Organiser:
    return await organiser_by_link(link_token(organiser), secret=SECRET, now=now)


async def deeds() -> list[tuple[str, str, str, str]]:
    rows = await LedgerEntry.select().order_by(LedgerEntry.id)
    return [(row["deed"], row["actor"], row["subject_id"], row["details"]) for row in rows]
