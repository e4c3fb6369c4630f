"""Two hundred questions to one panel, for those who want to see a long evening: rows alone, all of them waiting."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product

from eventsite import ledger
from eventsite.questions.tables import Question
from eventsite.questions.theme_services import suggest_for

FORMS = (
    "How do you know that {} is safe enough for your patients?",
    "Who decides when {} is switched off, and how fast?",
    "What did {} cost in its first year, and who paid?",
    "What do you tell patients about {}?",
    "How do you train staff to use {}?",
    "What would make you stop {}?",
    "Does {} work as well for people whose first language is not English?",
    "Who reads the audit trail of {}?",
    "What went wrong with {} in its first month?",
    "What should a board ask before it says yes to {}?",
)
TOOLS = (
    *("an ambient scribe", "a triage chatbot", "Copilot on the wards", "a chest X-ray reader", "a sepsis alert"),
    *("a rota planner", "letter drafting", "a coding assistant", "a waiting-list sorter", "a falls predictor"),
    *("a fracture finder", "a discharge summariser", "a symptom checker", "a reminder bot", "a stroke scan reader"),
    *("a skin lesion app", "an incident classifier", "a translation app", "a retinal screening model"),
    "a deterioration score",
)


def questions() -> Iterator[str]:
    """Each form for each tool."""
    return (form.format(tool) for tool, form in product(TOOLS, FORMS))


async def add_two_hundred(session_id: str, now: datetime) -> None:
    """Puts them to a panel, one every few minutes up to now."""
    texts = list(questions())
    for number, text in enumerate(texts):
        at = now - timedelta(minutes=3 * (len(texts) - number))
        question = Question(session=session_id, text=text, submitted_at=at)
        await question.save()
        await suggest_for(question.id, text)
        await ledger.record("question.submitted", subject=("question", question.id), actor=ledger.VISITOR, now=at)
