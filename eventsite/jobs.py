"""What the worker does by the clock."""

from collections.abc import Sequence

from eventsite.mail.worker import Job
from eventsite.settings import Settings


def jobs(settings: Settings) -> Sequence[Job]:
    """The jobs of this deployment."""
    return ()
