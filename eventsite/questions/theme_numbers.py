"""How many questions of each event are about each theme."""

from dataclasses import dataclass

from eventsite.database import execute

NUMBERS = """
    SELECT theme.id AS theme, panel.event,
        COUNT(CASE WHEN about.source <> 'rule' THEN 1 END) AS questions,
        COUNT(CASE WHEN about.source = 'rule' THEN 1 END) AS suggested
    FROM question_theme AS about JOIN theme ON theme.id = about.theme
    JOIN question ON question.id = about.question JOIN programme_session AS panel ON panel.id = question.session
    WHERE question.state NOT IN ('withdrawn', 'rejected', 'merged')
    GROUP BY theme.id, panel.event
"""
EVENTS = """
    SELECT event.id, event.name, COUNT(*) AS questions FROM question
    JOIN programme_session AS panel ON panel.id = question.session JOIN event ON event.id = panel.event
    WHERE question.state NOT IN ('withdrawn', 'rejected', 'merged')
    GROUP BY event.id, event.name, event.starts_on ORDER BY event.starts_on DESC, event.name
"""


@dataclass(frozen=True)
class CountedEvent:
    """An event with questions, and how many it has."""

    id: str
    name: str
    questions: int


@dataclass(frozen=True)
class ThemeNumbers:
    """Events, the latest first; by (theme, event) how many questions are about it, and for how many rules say so."""

    events: list[CountedEvent]
    said: dict[tuple[str, str], int]
    suggested: dict[tuple[str, str], int]


async def theme_numbers() -> ThemeNumbers:
    """The numbers of all events; what was turned down, taken back or merged is not counted. Two queries."""
    events = [CountedEvent(**row) for row in await execute(EVENTS)]
    rows = await execute(NUMBERS)
    said = {(row["theme"], row["event"]): row["questions"] for row in rows}
    return ThemeNumbers(events, said, {(row["theme"], row["event"]): row["suggested"] for row in rows})
