"""The site as it stands with the demonstration's content in it, and what its addresses can be filled with."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx2
import pytest_asyncio
from PIL import Image
from starlette.types import ASGIApp

from eventsite.app import create_app
from eventsite.demo.loading import load_demonstration
from eventsite.events.tables import ProgrammeSession
from eventsite.links import Links
from eventsite.people.tables import Person
from eventsite.questions.tables import Question
from eventsite.settings import Settings
from eventsite.writeups.picture_services import store_picture
from eventsite.writeups.queries import picture_address
from eventsite.writeups.tables import Picture, Writeup
from tests.conftest import StandingClock, browser, lifespan_of
from tests.factories import MADE_AT
from tests.routes import Address, addresses

MADE_THEN: dict[str, Any] = {"created_at": MADE_AT, "updated_at": MADE_AT}


@dataclass(frozen=True)
class FurnishedSite:
    """The application over the demonstration's content, and an address for each of its routes."""

    app: ASGIApp
    values: dict[str, str]
    values_of: dict[str, dict[str, str]]

    def addresses(self) -> list[tuple[Address, str]]:
        """Each route with a path at which it finds something, but for the streams, which do not end: `…/live`."""
        return [(one, self._path(one)) for one in addresses(self.app) if not one.path.endswith("/live")]

    def pages(self) -> list[str]:
        """The paths of the pages that are the same for everybody: what takes GET and is nobody's own."""
        return [
            path
            for address, path in self.addresses()
            if address.is_public and "GET" in address.methods and "{token}" not in address.path
        ]

    def forms(self) -> list[str]:
        """The paths where anybody may post a form. Not among them: where mail programs post whatever they like."""
        return [
            path
            for address, path in self.addresses()
            if address.is_public and "POST" in address.methods and address.path != "/u/{token}"
        ]

    def _path(self, address: Address) -> str:
        return address.filled(self.values | self.values_of.get(address.path.split("/")[1], {}))


@pytest_asyncio.fixture(loop_scope="session")
async def site(settings: Settings, database: None, clock: StandingClock) -> AsyncIterator[FurnishedSite]:
    """The whole site, furnished."""
    await load_demonstration(now=clock.time)
    application = create_app(settings, now=clock, with_worker=False)
    async with lifespan_of(application):
        yield FurnishedSite(application, await _values(), await _values_of(settings))


@pytest_asyncio.fixture(loop_scope="session")
async def reader(site: FurnishedSite) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody who reads the furnished site: a browser without cookies."""
    async with browser(site.app) as someone:
        yield someone


async def _values() -> dict[str, str]:
    panel = await ProgrammeSession.objects(ProgrammeSession.event).get(ProgrammeSession.takes_questions.eq(True))
    assert panel is not None
    return {"slug": panel.event.slug, "session": panel.slug}


async def _values_of(settings: Settings) -> dict[str, dict[str, str]]:
    """What stands in addresses that begin with a certain word."""
    links = Links(settings.site_url, settings.secret_key)
    writeup, question, picture = await Writeup.objects().first(), await Question.objects().first(), await _picture()
    person = Person(email="ann@trust.example", email_key="ann@trust.example", name="Ann Ames", **MADE_THEN)
    await person.save()
    assert writeup is not None
    assert question is not None
    return {
        "writeups": {"slug": writeup.slug},
        "pictures": {"name": last_part(picture_address(picture.digest, picture.media_type))},
        "my": {"token": last_part(links.my(person.id, 0))},
        "u": {"token": last_part(links.unsubscribe(person.id))},
        "questions": {"token": last_part(links.question(question.id, question.link_version))},
    }


async def _picture() -> Picture:
    drawn = BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(drawn, "PNG")
    return await store_picture(drawn.getvalue(), now=MADE_AT)


def last_part(address: str) -> str:
    return address.rpartition("/")[2]
