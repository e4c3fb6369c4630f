"""The list of what is held says what the tables say: nothing is held that it does not name."""

from datetime import date

import pytest
from piccolo.columns import ForeignKey

from eventsite.interest.rules import kept_until
from eventsite.people.holdings import HOLDINGS, WITHOUT_PERSONAL_DATA, holding
from eventsite.people.keeping import By, Erasing, Holding
from eventsite.piccolo_app import APP_CONFIG
from eventsite.questions.rules import LINK_KEPT

TABLES = {table._meta.tablename: table for table in APP_CONFIG.table_classes}
ADDRESSES = {"email", "email_key", "recipient_key", "address_key", "sender_key"}
EACH = pytest.mark.parametrize("one", HOLDINGS, ids=[one.table for one in HOLDINGS])


def columns_of(table: str) -> set[str]:
    return {column._meta.name for column in TABLES[table]._meta.columns}


def test_every_table_is_in_the_list_or_said_to_hold_nothing_on_anybody() -> None:
    listed = [one.table for one in HOLDINGS]
    assert len(listed) == len(set(listed))
    assert set(listed).isdisjoint(WITHOUT_PERSONAL_DATA)
    assert {*listed, *WITHOUT_PERSONAL_DATA} == set(TABLES)


@EACH
def test_every_column_in_the_list_exists(one: Holding) -> None:
    assert set(one.columns) <= columns_of(one.table)


@pytest.mark.parametrize("table", ["person", "interest", "question", "consent", "complaint", "ledger_entry"])
def test_what_visitors_say_is_listed_to_the_last_column(table: str) -> None:
    assert set(holding(table).columns) == columns_of(table)


@EACH
def test_what_leads_to_a_person_and_to_a_date_exists(one: Holding) -> None:
    found = {one.found[0]} if one.found else set()
    dated = {one.limit.column} - {""} if one.limit else set()
    assert found | dated <= columns_of(one.table)


@EACH
def test_what_is_not_kept_for_publication_has_a_date_of_deletion(one: Holding) -> None:
    assert (one.limit is None) == (one.erasing is Erasing.BY_HAND)


@EACH
def test_only_what_is_cut_says_how(one: Holding) -> None:
    assert (one.cut is not None) == (one.erasing is Erasing.CUT)


def test_every_row_that_refers_to_a_person_is_found_by_it() -> None:
    """A table with a foreign key to a person whose rows nobody looks for would survive an erasure."""
    referring = {
        (name, column._meta.name)
        for name, table in TABLES.items()
        for column in table._meta.foreign_key_columns
        if isinstance(column, ForeignKey) and column._foreign_key_meta.resolved_references._meta.tablename == "person"
    }
    looked_for = {(one.table, one.found[0]) for one in HOLDINGS if one.found and one.found[1] is By.PERSON}
    assert looked_for == referring | {("person", "id")}


def test_every_table_with_an_address_is_found_by_it() -> None:
    with_address = {name for name in TABLES if columns_of(name) & ADDRESSES}
    by_address = {one.table for one in HOLDINGS if one.found and one.found[1] is By.ADDRESS}
    assert by_address | {"person"} == with_address


def test_the_words_for_a_span_are_its_days() -> None:
    assert "183 days" in holding("interest").kept
    assert kept_until(date(2027, 6, 27)) == date(2027, 12, 27)
    assert "30 days" in holding("question").kept
    assert LINK_KEPT == "until 30 days after the event"
