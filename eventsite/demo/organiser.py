"""The demonstration's organiser, so that there is somebody to sign in as."""

from datetime import datetime

from eventsite.organisers.passwords import hash_password, is_right
from eventsite.organisers.tables import Organiser, Role


async def ensure_organiser(email: str, password: str, *, now: datetime) -> bool:
    """Makes Olive, who may do everything, unless she is there already. False where she has another password by now."""
    known = await Organiser.objects().get(Organiser.email_key == email)
    if known:
        return known.disabled_at is None and await is_right(known.password_hash, password)
    olive = Organiser(email=email, email_key=email, name="Olive Okafor", role=Role.OWNER, created_at=now)
    olive.password_hash = await hash_password(password)
    await olive.save()
    return True
