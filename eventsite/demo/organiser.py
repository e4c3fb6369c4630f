"""The demonstration's organiser, so that there is somebody to sign in as."""

from datetime import datetime

from eventsite.organisers.passwords import hash_password
from eventsite.organisers.tables import Organiser, Role


async def ensure_organiser(email: str, password: str, *, now: datetime) -> None:
    """Makes Olive, who may do everything, unless she is there already."""
    if await Organiser.exists().where(Organiser.email_key == email):
        return
    olive = Organiser(email=email, email_key=email, name="Olive Okafor", role=Role.OWNER, created_at=now)
    olive.password_hash = await hash_password(password)
    await olive.save()
