"""The letters about a question: none holds a word of it, whatever was decided."""

from email import message_from_bytes, policy

from eventsite.database import execute
from eventsite.mail.tables import Cause
from eventsite.questions.deeds import write_to_asker
from eventsite.questions.letters import question_received, voice_received
from tests.questions.deciding import REASON, Desk

WORDS = "Zanzibar Xylophone?"


async def bodies() -> list[tuple[str, str]]:
    found = []
    for row in await execute("SELECT kind, subject, content FROM outbox_letter"):
        message = message_from_bytes(bytes(row["content"]), policy=policy.default)
        parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        found.append((row["kind"].removeprefix("questions/"), "\n".join([row["subject"], *parts])))
    return found


async def test_no_letter_holds_a_word_of_the_question_or_of_its_asker_s_answer(desk: Desk) -> None:
    given = {"clarification": "Zanzibar!", "name": "Zanzibar"}
    head, other = await desk.asked_by("ann", WORDS, **given), await desk.asked_by("bob", WORDS, **given)
    for compose, key in ((question_received, "one"), (voice_received, "two")):
        await write_to_asker(head, compose, key, Cause.VISITOR, desk.stationery, desk.clock())
    await desk.merge(other, into=head)
    await desk.edit(head, "Xylophone and Zanzibar?")
    await desk.approve(head)
    await desk.post(after=5)
    await desk.reject(head)
    await desk.post(after=5)
    await desk.undo(head)
    await desk.post(after=5)
    await desk.hold(head)
    await desk.release(head)

    written = await bodies()

    kinds = {"received", "voice_received", "merged", "approved", "rejected", "reconsidered"}
    assert {kind for kind, _ in written} == kinds
    assert [kind for kind, body in written if "zanzibar" in body.lower() or "xylophone" in body.lower()] == []
    assert all(REASON in body for kind, body in written if kind == "rejected")


async def test_whoever_added_a_voice_is_led_to_their_own_page_and_not_to_the_askers(desk: Desk) -> None:
    head = await desk.asked_by("ann")
    await write_to_asker(head, voice_received, "two", Cause.VISITOR, desk.stationery, desk.clock())

    ((_, body),) = await bodies()

    assert "/my/" in body
    assert "events.example.org/questions/" not in body
