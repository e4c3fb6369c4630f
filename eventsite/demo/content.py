"""The demonstration content: what HPN North was, and what the June events might be. Dates are data."""

from dataclasses import dataclass
from datetime import date, time

from eventsite.events.tables import Part, SessionKind


@dataclass(frozen=True)
class DemoSession:
    """A session on the event's first day (0) or second (1), by the clock in London."""

    day: int
    starts: time
    ends: time
    kind: SessionKind
    title: str
    slug: str
    room: str = ""
    summary: str = ""
    takes_questions: bool = False
    capacity: int | None = None


@dataclass(frozen=True)
class DemoEvent:
    """An event and its programme."""

    slug: str
    name: str
    summary: str
    venue: str
    town: str
    motif: str
    programme: tuple[DemoSession, ...]
    capacity: int | None = None


def next_june(today: date) -> tuple[date, date]:
    """The next 26 and 27 June that lie wholly after a day."""
    year = today.year if today < date(today.year, 6, 26) else today.year + 1
    return date(year, 6, 26), date(year, 6, 27)


NORTH_DAYS = (date(2025, 3, 6), date(2025, 3, 7))
WRITTEN_ON = date(2025, 3, 20)

NORTH = DemoEvent(
    "hpn-north",
    "HPN North",
    "Two days with the people who run digital in the hospitals and systems of the north of England.",
    "",
    "",
    "north",
    (
        DemoSession(0, time(9, 30), time(10, 15), SessionKind.KEYNOTE, "Welcome and opening", "opening", "Main hall"),
        DemoSession(
            0,
            time(11, 0),
            time(12, 0),
            SessionKind.PANEL,
            "How do we deploy AI safely?",
            "how-do-we-deploy-ai-safely",
            "Main hall",
            "Four senior digital leaders on corporate and clinical uses of AI, on trust, and on who is left behind.",
        ),
        DemoSession(
            1, time(9, 30), time(11, 0), SessionKind.WORKSHOP, "Working groups", "working-groups", "Rooms 1 to 3"
        ),
    ),
)

NORTH_PANEL = (
    (
        "David Walliker",
        "Chief Digital and Information Officer",
        "Manchester University NHS Foundation Trust",
        Part.CHAIR,
    ),
    ("Lee Rickles", "Chief Information Officer", "Humber Teaching Hospitals NHS Foundation Trust", Part.PANELLIST),
    (
        "Jacqui Cooper",
        "Chief Nursing Information Officer",
        "Health Innovation Manchester and NHS Greater Manchester",
        Part.PANELLIST,
    ),
    ("Holly Carr", "Chief Clinical Information Officer", "Stockport NHS Foundation Trust", Part.PANELLIST),
)

MIDLANDS = DemoEvent(
    "hpn-midlands",
    "HPN Midlands",
    "What the Midlands has learned about digital that staff want to use, and what to do next together.",
    "Canal House",
    "Birmingham",
    "midlands",
    (
        DemoSession(0, time(9, 0), time(9, 30), SessionKind.BREAK, "Arrival and coffee", "arrival", "Foyer"),
        DemoSession(
            0,
            time(9, 30),
            time(10, 15),
            SessionKind.KEYNOTE,
            "Where digital stands in the Midlands",
            "keynote",
            "Great hall",
        ),
        DemoSession(
            0,
            time(10, 30),
            time(11, 45),
            SessionKind.PANEL,
            "AI safety: who signs it off?",
            "ai-safety",
            "Great hall",
            "Clinical safety cases, human oversight, and what a board should ask before a tool goes live. "
            "Send your question beforehand: the panel starts from yours.",
            takes_questions=True,
            capacity=40,
        ),
        DemoSession(0, time(12, 0), time(13, 0), SessionKind.BREAK, "Lunch", "lunch", "Foyer"),
        DemoSession(
            0,
            time(13, 0),
            time(14, 30),
            SessionKind.WORKSHOP,
            "Ambient scribes: what the first year taught",
            "scribes",
            "Room 2",
            capacity=12,
        ),
        DemoSession(0, time(18, 30), time(21, 0), SessionKind.SOCIAL, "Dinner by the canal", "dinner", "Wharf room"),
        DemoSession(
            1,
            time(9, 30),
            time(11, 0),
            SessionKind.WORKSHOP,
            "Old systems, new work: getting off the past",
            "legacy",
            "Room 1",
        ),
        DemoSession(1, time(11, 30), time(12, 30), SessionKind.TALK, "What we take home", "closing", "Great hall"),
    ),
    capacity=120,
)

MENTAL_HEALTH = DemoEvent(
    "hpn-mental-health",
    "HPN Mental Health",
    "Digital leaders of mental health and community trusts on records, risk and the tools people bring from home.",
    "The Reading Rooms",
    "Leeds",
    "mental-health",
    (
        DemoSession(0, time(9, 30), time(10, 0), SessionKind.BREAK, "Arrival and coffee", "arrival", "Hall"),
        DemoSession(
            0, time(10, 0), time(10, 45), SessionKind.KEYNOTE, "Records that follow the person", "keynote", "Library"
        ),
        DemoSession(
            0,
            time(11, 0),
            time(12, 15),
            SessionKind.PANEL,
            "AI safety when the conversation is the care",
            "ai-safety",
            "Library",
            "Chatbots, crisis and consent: what is safe to try, who watches, and when to stop. "
            "Send your question beforehand: the panel starts from yours.",
            takes_questions=True,
        ),
        DemoSession(
            0,
            time(13, 15),
            time(14, 45),
            SessionKind.WORKSHOP,
            "A safety case in ninety minutes",
            "safety-case",
            "Room A",
            capacity=8,
        ),
        DemoSession(
            1,
            time(9, 30),
            time(10, 30),
            SessionKind.TALK,
            "What people who use our services ask of AI",
            "asked",
            "Library",
        ),
        DemoSession(1, time(11, 0), time(12, 0), SessionKind.SOCIAL, "Walk and talk", "walk", "From the hall"),
    ),
    capacity=16,
)
