"""The one VTIMEZONE (R1.7): its shape, and its offsets against the zone database for ten years both ways."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical  # type: ignore[import-untyped]  # -- dateutil has no types

from eventsite.calendars.rendering import LONDON_ZONE, event_file
from tests.calendars.factories import session
from tests.calendars.libical import Libical
from tests.calendars.reading import hours, parsed, utc

LONDON = ZoneInfo("Europe/London")


def around_every_change(years: Iterable[int]) -> Iterator[datetime]:
    """Every half hour of the two months in which the clocks change."""
    for year in years:
        for month in (3, 10):
            yield from hours(utc(year, month, 23), utc(year, month + 1, 2), timedelta(minutes=30))


def test_r1_7_the_zone_has_one_standard_and_one_daylight_part_with_rules_and_no_lists() -> None:
    [zone] = parsed(event_file([session()])).walk("VTIMEZONE")

    parts = {part.name: part for part in zone.subcomponents}

    assert list(parts) == ["STANDARD", "DAYLIGHT"]
    assert {name for part in parts.values() for name in part} == {
        *("TZNAME", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE"),
    }
    assert [part["RRULE"].to_ical() for part in parts.values()] == [
        b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    ]


def test_r1_7_each_part_starts_on_an_instance_of_its_own_rule() -> None:
    [zone] = parsed(event_file([session()])).walk("VTIMEZONE")

    for part in zone.subcomponents:
        first: datetime = part["DTSTART"].dt
        assert first.isoweekday() == 7
        assert (first + timedelta(days=7)).month == first.month + 1


def test_r1_7_libical_finds_the_offsets_of_the_zone_database_for_twenty_years(libical: Libical) -> None:
    every_quarter_of_a_day = hours(utc(2017, 1, 1, 1), utc(2037, 1, 1), timedelta(hours=6))
    moments = [*every_quarter_of_a_day, *around_every_change(range(2017, 2037))]

    offsets = libical.offsets(event_file([session()]), "Europe/London", iter(moments))

    assert [m for m, offset in zip(moments, offsets, strict=True) if m.astimezone(LONDON).utcoffset() != offset] == []


def test_r1_7_dateutil_finds_the_offsets_of_the_zone_database_around_every_change() -> None:
    zone = tzical(StringIO(LONDON_ZONE.replace("X-LIC-LOCATION:Europe/London\n", ""))).get("Europe/London")

    for moment in around_every_change([2017, 2026, 2027, 2028, 2036]):
        wall = moment.astimezone(LONDON)
        assert wall.replace(tzinfo=zone).utcoffset() == wall.utcoffset(), moment
