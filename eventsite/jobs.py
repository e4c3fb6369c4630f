"""What the worker does by the clock."""

from collections.abc import Sequence
from functools import partial

from eventsite.announcements.services import send_due_reminders
from eventsite.interest.place_services import pass_on_places
from eventsite.interest.seat_services import pass_on_seats
from eventsite.mail.worker import Job
from eventsite.questions.merge_services import return_orphans
from eventsite.questions.purging import purge_held
from eventsite.self_service.retention import daily_retention
from eventsite.stationery import Stationery


def jobs(stationery: Stationery) -> Sequence[Job]:
    """The jobs, each called several times a minute with the present moment and knowing itself whether it is due."""
    return [
        partial(pass_on_places, stationery=stationery),
        partial(pass_on_seats, stationery=stationery),
        partial(send_due_reminders, stationery=stationery),
        purge_held,
        partial(return_orphans, stationery=stationery),
        partial(daily_retention, secret=stationery.settings.secret_key),
    ]
