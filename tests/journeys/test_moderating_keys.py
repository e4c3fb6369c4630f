"""The queue with the keyboard alone: one key each, two to reject or to merge, and the way back."""

from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import ask, main, question_on_desk

pytestmark = pytest.mark.browser

DECIDED = 20


@pytest.fixture
def keys(olive: Page) -> list[str]:
    """What Olive presses from now on is counted here."""
    return []


def press(olive: Page, keys: list[str], key: str) -> None:
    keys.append(key)
    olive.keyboard.press(key)


def the_queue(olive: Page, words: str) -> None:
    """Opens the queue of those that wait with some words; the first of them has the focus."""
    olive.goto(f"/organise/questions?state=pending&q={words}")
    expect(main(olive).get_by_role("listitem", name=words).first).to_be_focused()


def test_every_deed_has_its_key(ann: Page, olive: Page, keys: list[str]) -> None:
    asked = [
        f"Which heron {words}?"
        for words in (
            "stands on the first bridge",
            "eats at noon",
            "sleeps in the reeds",
            "flies over Salford",
            "calls at dusk",
        )
    ]
    for words in asked:
        ask(ann, words)
    the_queue(olive, "Which heron")
    first, second, third, fourth, fifth = (question_on_desk(olive, words) for words in asked)

    press(olive, keys, "a")
    expect(first).to_contain_text("The question is published.")
    expect(second).to_be_focused()
    press(olive, keys, "r")
    press(olive, keys, "2")
    expect(second).to_contain_text("The question is rejected.")
    expect(second).to_contain_text("Your question could let somebody work out who it is about")
    expect(third).to_be_focused()
    press(olive, keys, "h")
    expect(third).to_contain_text("Held by Olive Okafor")
    expect(fourth).to_be_focused()
    press(olive, keys, "z")
    expect(third).to_contain_text("Waiting")
    expect(third).to_be_focused()
    press(olive, keys, "j")
    press(olive, keys, "x")
    expect(fourth.get_by_role("checkbox")).to_be_checked()
    press(olive, keys, "j")
    expect(fifth).to_be_focused()
    press(olive, keys, "k")
    press(olive, keys, "k")
    press(olive, keys, "k")
    press(olive, keys, "k")
    expect(first).to_be_focused()
    press(olive, keys, "s")
    expect(first).to_contain_text("The question is on the shortlist.")
    press(olive, keys, "s")
    expect(first).to_contain_text("The question is off the shortlist.")
    press(olive, keys, "?")
    expect(main(olive).get_by_text("the next question, the one before")).to_be_visible()


def test_a_wording_is_mended_and_a_theme_chosen_without_the_mouse(ann: Page, olive: Page, keys: list[str]) -> None:
    words = "Which egret wrote the note?"
    ask(ann, words)
    the_queue(olive, "Which egret")

    press(olive, keys, "e")
    olive.keyboard.press("End")
    olive.keyboard.type(" And when?")
    olive.keyboard.press("Control+Enter")
    better = question_on_desk(olive, f"{words} And when?")
    expect(better).to_contain_text("The new wording is kept.")
    expect(better).to_be_focused()
    press(olive, keys, "t")
    expect(better.get_by_role("checkbox", name="Clinical safety and standards")).to_be_focused()
    press(olive, keys, "3")
    press(olive, keys, "Escape")
    expect(better).to_be_focused()
    press(olive, keys, "/")
    expect(olive.get_by_role("searchbox", name="Words")).to_be_focused()


def test_two_that_ask_the_same_are_merged_with_two_keys_and_parted_with_one(
    ann: Page, olive: Page, keys: list[str]
) -> None:
    first, second = "Who feeds the kingfishers of Ancoats in winter?", "Who feeds the kingfishers in Ancoats in winter?"
    ask(ann, first)
    ask(ann, second)
    the_queue(olive, "kingfishers")
    press(olive, keys, "j")
    item = question_on_desk(olive, second)
    expect(item).to_contain_text("Asks the same as")

    press(olive, keys, "m")
    expect(item.get_by_role("button", name="Merge with")).to_be_focused()
    press(olive, keys, "1")
    expect(item).to_contain_text("The question is merged")
    expect(question_on_desk(olive, first)).to_contain_text("2 people ask this")
    press(olive, keys, "u")
    expect(item).to_contain_text("Waiting")
    expect(item).to_be_focused()


def test_a_decision_costs_one_key(ann: Page, olive: Page, keys: list[str]) -> None:
    """An evening in small: most are approved, some are turned down for a reason, one is held, one merged."""
    topics = ("otters", "coots", "grebes", "swifts", "bats", "newts", "toads", "moths", "carp", "eels")
    for number in range(DECIDED):
        ask(ann, f"Do {topics[number % 10]} mind the {'new' if number < 10 else 'old'} locks at night?", name="Ann")
    the_queue(olive, "locks at night")
    evening = ["a"] * 14 + ["r1", "r3", "r6", "h", "a", "a"]
    costs = []
    for decided, sequence in enumerate(evening, start=1):
        before = len(keys)
        for key in sequence:
            press(olive, keys, key)
        costs.append(len(keys) - before)
        expect(main(olive).locator(".row-done")).to_have_count(decided)

    assert len(costs) == DECIDED
    print(f"keys for each of {DECIDED} decisions: median {median(costs):g}, mean {sum(costs) / DECIDED:.2f}")
    assert median(costs) <= 1
    olive.goto("/organise/questions?state=pending&q=locks+at+night")
    expect(main(olive)).to_contain_text("No question fits.")
