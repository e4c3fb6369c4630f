"""The briefing pack of a panel, put together once for the page, the PDF and the Word file. No name and no address."""

from dataclasses import dataclass
from datetime import datetime

from eventsite.calendars.wording import date_with_weekday, time_in_words, times_in_words
from eventsite.events.queries import OnStage, people_on_stage
from eventsite.events.tables import Part
from eventsite.panel.queries import Board, BoardQuestion, get_board, roles_of
from eventsite.panel.rules import minutes_for, people, questions_start, starts
from eventsite.writeups.passages import PassageMatch, passages_like_each

MOST_PASSAGES = 2
NO_THEME = "No theme"


@dataclass(frozen=True)
class BriefedQuestion:
    """A question on the list, with all that the chair wants to know of it."""

    number: int
    text: str
    asked_by: str
    roles: str
    added: tuple[str, ...]
    themes: tuple[str, ...]
    passages: tuple[PassageMatch, ...]
    minutes: int
    starts_at: datetime

    @property
    def starts(self) -> str:
        """When it is to begin, by the clock in the room."""
        return time_in_words(self.starts_at)

    @property
    def length(self) -> str:
        """How long it may take."""
        return minutes_in_words(self.minutes)


@dataclass(frozen=True)
class ThemeGroup:
    """Questions that are not on the list, under their first theme."""

    theme: str
    questions: tuple[BoardQuestion, ...]


@dataclass(frozen=True)
class Briefing:
    """The whole pack."""

    board: Board
    chairs: tuple[OnStage, ...]
    panellists: tuple[OnStage, ...]
    questions: tuple[BriefedQuestion, ...]
    others: tuple[ThemeGroup, ...]

    @property
    def title(self) -> str:
        """The panel's title."""
        return str(self.board.panel.session.title)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What, when and where, as label and words; nothing stands for what nobody has said yet."""
        session, event = self.board.panel.session, self.board.panel.event
        place = ", ".join(part for part in (session.room, event.venue, event.town) if part)
        facts = [
            ("Event", event.name),
            ("Date", date_with_weekday(session.starts_at)),
            ("Time", times_in_words(session.starts_at, session.ends_at)),
            ("Place", place),
            ("Questions", self.timing),
        ]
        return [(label, words) for label, words in facts if words]

    @property
    def timing(self) -> str:
        """When the questions begin, and whether the list fits."""
        board = self.board
        said = f"from {time_in_words(self.begins_at)}, {minutes_in_words(board.length)} in all"
        if not board.listed:
            return said
        left = board.length - board.planned
        fits = f"{minutes_in_words(left)} to spare" if left >= 0 else f"{minutes_in_words(-left)} too long"
        return f"{said}; the list takes {minutes_in_words(board.planned)}" + (f", {fits}" if left else "")

    @property
    def begins_at(self) -> datetime:
        """When the first question is to begin."""
        session = self.board.panel.session
        return questions_start(session.starts_at, session.ends_at, self.board.length)

    @property
    def filename(self) -> str:
        """A name for the files, of letters that every system takes."""
        panel = self.board.panel
        return f"briefing-{panel.event.slug}-{panel.session.slug}"


def minutes_in_words(number: int) -> str:
    """Minutes, such as "1 minute" or "45 minutes"."""
    return "1 minute" if number == 1 else f"{number} minutes"


def post_in_words(person: OnStage) -> str:
    """What somebody on stage does, and where."""
    return ", ".join(part for part in (person.job_title, person.organisation) if part)


async def get_briefing(session_id: str) -> Briefing:
    """The pack of a panel as its list stands now; NotFound. Thirteen queries, however long the list is."""
    board = await get_board(session_id)
    stage = (await people_on_stage([session_id]))[session_id]
    roles = await roles_of(session_id)
    return Briefing(
        board=board,
        chairs=tuple(person for person in stage if person.part == Part.CHAIR),
        panellists=tuple(person for person in stage if person.part != Part.CHAIR),
        questions=await _briefed(board, roles),
        others=_by_theme(board.others),
    )


async def _briefed(board: Board, roles: dict[str, str]) -> tuple[BriefedQuestion, ...]:
    session = board.panel.session
    first = questions_start(session.starts_at, session.ends_at, board.length)
    moments = starts(first, [question.minutes for question in board.listed])
    passages = await passages_like_each([question.text for question in board.listed], most=MOST_PASSAGES)
    listed = zip(board.listed, moments, passages, strict=True)
    return tuple(
        [
            BriefedQuestion(
                number=number,
                text=question.text,
                asked_by=people(question.askers),
                roles=roles.get(question.id, ""),
                added=question.added,
                themes=question.themes,
                passages=tuple(said),
                minutes=minutes_for(question.minutes),
                starts_at=at,
            )
            for number, (question, at, said) in enumerate(listed, 1)
        ]
    )


def _by_theme(questions: list[BoardQuestion]) -> tuple[ThemeGroup, ...]:
    """Each question once, under its first theme; the theme that most ask about comes first, those without one last."""
    groups: dict[str, list[BoardQuestion]] = {}
    for question in questions:
        groups.setdefault(question.themes[0] if question.themes else NO_THEME, []).append(question)

    def rank(theme: str) -> tuple[bool, int, str]:
        return theme == NO_THEME, -sum(question.askers for question in groups[theme]), theme

    return tuple(ThemeGroup(theme, tuple(groups[theme])) for theme in sorted(groups, key=rank))
