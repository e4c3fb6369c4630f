"""The desk's first page: what waits, and on an empty site what to do first."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.dashboard_queries import Counts, counts, draft_writeups, interest_in_coming_events
from eventsite.backoffice.ledger_queries import newest_deeds
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.organisers.tables import Role
from eventsite.web.site import site_of

DEEDS_SHOWN = 8

Step = tuple[bool, str, str, str]

STEPS = (
    (
        "Create an event",
        "/organise/events/new",
        "Its name, dates and place. It stays a draft that only organisers see.",
    ),
    (
        "Add its programme",
        "/organise/events",
        "Sessions with their times and the people on stage. Say which panels take questions.",
    ),
    (
        "Publish it",
        "/organise/events",
        "It appears on the first page, people can register interest and add it to their calendars.",
    ),
    (
        "Write up a panel",
        "/organise/writeups",
        "Start a draft, or bring in a Word document. Mend it here, then publish it.",
    ),
    (
        "Let somebody help you",
        "/organise/people",
        "A moderator reads and decides on questions. An owner does everything.",
    ),
)


async def show_dashboard(request: Request) -> Response:
    """What waits for the organiser who is signed in."""
    counted = await counts()
    context = {"section": "start", "counted": counted, "counts": {"questions": counted.questions_pending}}
    if organiser_of(request).role == Role.OWNER:
        context |= {
            "steps": [] if counted.is_set_up else first_steps(counted),
            "interest": await interest_in_coming_events(site_of(request).now()),
            "drafts": await draft_writeups(),
            "deeds": await newest_deeds(length=DEEDS_SHOWN),
        }
    return desk_page(request, "backoffice/dashboard.html", context)


def first_steps(counted: Counts) -> list[Step]:
    """What to do on a site that has nothing to show yet, in order: done, what, where, why."""
    done = (counted.events, counted.sessions, counted.events_published, counted.writeups, counted.organisers > 1)
    return [(bool(there), *step) for there, step in zip(done, STEPS, strict=True)]
