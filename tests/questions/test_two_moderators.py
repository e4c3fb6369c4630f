"""Two moderators in two processes, on the same questions at once. `python -m tests.measures moderators` does more."""

from tests.measures.moderators import two_moderators


async def test_questions_ledger_and_letters_agree(database: None, database_url: str) -> None:
    result = await two_moderators(database_url, questions=25, deeds=60)

    assert result.wrong == []
    assert result.done.total() > 30
    assert result.states.total() == 25
