"""Ids sort by the moment they were made, and can be read out."""

import time

from eventsite.database.ids import ALPHABET, new_id


def test_an_id_has_sixteen_characters_that_cannot_be_mistaken() -> None:
    made = new_id()
    assert len(made) == 16
    assert set(made) <= set(ALPHABET)
    assert not set("ilou") & set(ALPHABET)


def test_ids_sort_by_the_millisecond_they_were_made_in() -> None:
    made = []
    for _ in range(20):
        made.append(new_id())
        time.sleep(0.002)
    assert sorted(made) == made


def test_no_id_comes_twice() -> None:
    assert len({new_id() for _ in range(20_000)}) == 20_000
