"""What people want to hear from us: two purposes, each with its newest word, and one way to stop both."""

from datetime import datetime, timedelta

import pytest

from eventsite.database import execute
from eventsite.people.queries import takes_announcements, wants_updates
from eventsite.people.rules import ANNOUNCEMENTS_WORDING, UPDATES_WORDING, plain_name
from eventsite.people.services import switch_announcements, switch_updates, unsubscribe
from eventsite.people.tables import Person
from eventsite.self_service.retention import retention
from tests.conftest import SECRET
from tests.factories import make_event
from tests.self_service.factories import make_interest, make_person

YEAR = timedelta(days=365)


@pytest.fixture
async def ann(database: None, now: datetime) -> Person:
    return await make_person("ann", now=now)


async def words_of(person: Person) -> list[tuple[str, str, str]]:
    rows = await execute("SELECT purpose, action, wording FROM consent WHERE person = {} ORDER BY purpose", person.id)
    return [(row["purpose"], row["action"], row["wording"]) for row in rows]


async def deeds() -> list[str]:
    return sorted(row["deed"] for row in await execute("SELECT deed FROM ledger_entry"))


async def test_without_a_word_announcements_are_taken_and_news_is_not_sent(ann: Person) -> None:
    assert (await takes_announcements(ann.id), await wants_updates(ann.id)) == (True, False)


async def test_announcements_are_switched_off_and_on_and_each_word_is_kept(ann: Person, now: datetime) -> None:
    assert await switch_announcements(ann.id, wanted=False, source="own page", now=now)
    assert not await takes_announcements(ann.id)
    assert not await switch_announcements(ann.id, wanted=False, source="own page", now=now), "so already"

    assert await switch_announcements(ann.id, wanted=True, source="own page", now=now + YEAR)

    assert await takes_announcements(ann.id)
    assert [word[1:] for word in await words_of(ann)] == [
        ("withdrawn", ANNOUNCEMENTS_WORDING),
        ("given", ANNOUNCEMENTS_WORDING),
    ]
    assert await deeds() == ["announcements.given", "announcements.withdrawn"]


async def test_unsubscribing_stops_both_and_twice_is_once(ann: Person, now: datetime) -> None:
    await switch_updates(ann.id, wanted=True, source="own page", now=now)

    assert await unsubscribe(ann.id, source="one click", now=now + YEAR)
    assert not await unsubscribe(ann.id, source="one click", now=now + YEAR)

    assert (await takes_announcements(ann.id), await wants_updates(ann.id)) == (False, False)
    assert await words_of(ann) == [
        ("announcements", "withdrawn", ANNOUNCEMENTS_WORDING),
        ("updates", "given", UPDATES_WORDING),
        ("updates", "withdrawn", UPDATES_WORDING),
    ]


async def test_who_never_asked_for_news_takes_none_of_it_back(ann: Person, now: datetime) -> None:
    await unsubscribe(ann.id, source="one click", now=now)

    assert [purpose for purpose, _, _ in await words_of(ann)] == ["announcements"]


async def test_an_objection_is_one_persons_own(ann: Person, now: datetime) -> None:
    mallory = await make_person("mallory", now=now)
    await unsubscribe(ann.id, source="one click", now=now)
    assert await takes_announcements(mallory.id)


async def test_somebody_who_is_gone_has_nothing_left_to_stop(database: None, now: datetime) -> None:
    assert not await unsubscribe("0" * 16, source="one click", now=now)
    assert await execute("SELECT id FROM consent") == []


async def test_an_objection_is_kept_as_long_as_the_person(ann: Person, now: datetime) -> None:
    later = await make_event(starts_on=(now + 4 * YEAR).date(), ends_on=(now + 4 * YEAR).date())
    await make_interest(ann, later, now=now)
    await switch_updates(ann.id, wanted=True, source="own page", now=now)
    await unsubscribe(ann.id, source="one click", now=now)

    counts = await retention(secret=SECRET, now=now + 3 * YEAR)

    assert counts["consent"] == 2, "the two words on news, which has a date"
    assert not await takes_announcements(ann.id)


async def test_an_objection_alone_keeps_nobody(ann: Person, now: datetime) -> None:
    await unsubscribe(ann.id, source="one click", now=now)

    assert await retention(secret=SECRET, now=now) == {"person": 1}
    assert await execute("SELECT id FROM consent") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ann Archer", "Ann Archer"),
        ("Zoë O’Neill-Grant", "Zoë O’Neill-Grant"),
        ("Visit www example", ""),
        ("Win a prize! http://evil.example", ""),
        ("{name}", ""),
        ("[click](x)", ""),
        ("<b>Ann</b>", ""),
        ("", ""),
    ],
)
def test_a_letter_says_a_name_only_where_it_looks_like_one(name: str, shown: str) -> None:
    assert plain_name(name) == shown
