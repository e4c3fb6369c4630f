"""An event whose places are given away: the people who would like to come, what they do, and what they are sent."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from typing import Any

from eventsite import ledger
from eventsite.database import execute
from eventsite.events.tables import Event
from eventsite.interest import place_services
from eventsite.interest.place_services import Offers
from eventsite.interest.services import withdraw_interest
from eventsite.interest.tables import Interest, InterestState
from eventsite.people.services import PersonDraft
from eventsite.people.tables import Person
from eventsite.stationery import Stationery
from tests.factories import MADE_AT

OLIVE = "0livetheorganise"
COLUMNS = "id, kind, state, content, useful_until"


@dataclass
class Sent:
    """A letter as it lies in the outbox."""

    id: str
    kind: str
    state: str
    content: bytes
    useful_until: datetime | None

    @cached_property
    def message(self) -> EmailMessage:
        """The letter as the standard library reads it."""
        return message_from_bytes(self.content, _class=EmailMessage, policy=policy.default)

    @property
    def text(self) -> str:
        """The plain body."""
        return str(self._body("plain").get_content())

    @property
    def html(self) -> str:
        """The other one."""
        return str(self._body("html").get_content())

    @cached_property
    def calendar(self) -> str:
        """The invitation in the body, unfolded; empty where there is none."""
        parts = [part for part in self.message.walk() if part.get_content_type() == "text/calendar"]
        content = parts[0].get_payload(decode=True) if parts else b""
        assert isinstance(content, bytes)
        return content.decode().replace("\r\n ", "")

    def line(self, name: str) -> str:
        """The value of the first line of its VEVENT that begins so."""
        event = self.calendar.partition("BEGIN:VEVENT")[2]
        return next((line.partition(":")[2] for line in event.splitlines() if line.startswith(name)), "")

    def _body(self, kind: str) -> EmailMessage:
        body = self.message.get_body((kind,))
        assert isinstance(body, EmailMessage)
        return body


@dataclass
class BoxOffice:
    """People by name, each deed a minute after the one before."""

    event: Event
    stationery: Stationery
    now: datetime
    ids: dict[str, str] = field(default_factory=dict)
    interests: dict[str, str] = field(default_factory=dict)

    async def person(self, name: str, state: str = InterestState.INTERESTED, **columns: Any) -> str:
        """Somebody who registered after everybody so far; their id."""
        email = f"{name}@{self.event.slug}.example"
        values: dict[str, Any] = {"name": name.title(), "created_at": MADE_AT, "updated_at": MADE_AT}
        person = Person(email=email, email_key=email, **values)
        await person.save()
        at = MADE_AT + timedelta(minutes=len(self.ids))
        columns = {"registered_at": at, "changed_at": at, **columns}
        interest = Interest(person=person.id, event=self.event.id, state=state, **columns)
        await interest.save()
        self.ids[name], self.interests[name] = person.id, interest.id
        return str(person.id)

    async def people(self, *names: str) -> None:
        """Several, one after the other."""
        for name in names:
            await self.person(name)

    def deed(self, actor: str = ledger.VISITOR) -> dict[str, Any]:
        """What every service is told."""
        self.now += timedelta(minutes=1)
        return {"actor": actor, "stationery": self.stationery, "now": self.now}

    def address(self, name: str) -> str:
        """Where somebody's letters go."""
        return f"{name}@{self.event.slug}.example"

    async def offer(self, *names: str, until: datetime | None = None) -> Offers:
        """Olive offers places, for three days unless said otherwise."""
        ids = [self.interests[name] for name in names]
        until = until or self.now + timedelta(days=3)
        return await place_services.offer_places(self.event, ids, until=until, **self.deed(OLIVE))

    async def invite(self, draft: PersonDraft, until: datetime | None = None) -> Offers:
        """Olive invites somebody by name."""
        until = until or self.now + timedelta(days=3)
        return await place_services.invite_person(self.event, draft, until=until, **self.deed(OLIVE))

    async def accept(self, name: str) -> None:
        await place_services.accept_place(self.ids[name], self.event.id, **self.deed())

    async def decline(self, name: str) -> None:
        await place_services.decline_place(self.ids[name], self.event.id, **self.deed())

    async def wait(self, name: str) -> None:
        await place_services.join_waiting_list(self.ids[name], self.event.id, **self.deed())

    async def withdraw(self, name: str) -> bool:
        return await withdraw_interest(self.ids[name], self.event.id, **self.deed())

    async def cancel(self, *names: str) -> int:
        """Olive takes back what they have."""
        ids = [self.interests[name] for name in names]
        return await place_services.cancel_places(self.event, ids, **self.deed(OLIVE))

    async def pass_on(self, **later: float) -> int:
        """The worker's job, so much later."""
        self.now += timedelta(**later)
        return await place_services.pass_on_places(self.now, stationery=self.stationery)

    async def change_event(self, **values: Any) -> None:
        """The organisers change the event, its calendar number along with it."""
        changes: dict[Any, Any] = {**values, "sequence": Event.sequence + 1}
        await Event.update(changes).where(Event.id == self.event.id)

    async def states(self) -> dict[str, str]:
        """Where everybody stands, by name."""
        rows = await Interest.select(Interest.id, Interest.state).where(Interest.event == self.event.id)
        by_id = {row["id"]: row["state"] for row in rows}
        return {name: by_id[interest] for name, interest in self.interests.items() if interest in by_id}

    async def state(self, name: str) -> str:
        """Where one stands."""
        return (await self.states())[name]

    async def letters(self, name: str) -> list[Sent]:
        """Every letter to somebody, overtaken ones included, in the order of writing."""
        sql = f"SELECT {COLUMNS} FROM outbox_letter WHERE recipient = {{}} ORDER BY created_at, id"
        return [sent(row) for row in await execute(sql, self.address(name))]

    async def kinds(self, name: str) -> list[str]:
        """The names of those letters."""
        return [letter.kind.removeprefix("interest/") for letter in await self.letters(name)]

    async def last(self, name: str) -> Sent:
        """The newest letter to somebody."""
        return (await self.letters(name))[-1]

    async def deliver(self) -> list[Sent]:
        """Has everything that waits delivered, as a worker would; those letters."""
        rows = await execute(
            "UPDATE outbox_letter SET state = 'sent', attempts = attempts + 1, sent_at = {} WHERE state = 'waiting' "
            f"RETURNING {COLUMNS}",
            self.now,
        )
        return [sent(row) for row in sorted(rows, key=lambda row: row["id"])]

    async def deeds(self, name: str) -> list[tuple[str, str]]:
        """What the ledger says of somebody's place, and who did it."""
        rows = await execute(
            "SELECT deed, actor FROM ledger_entry WHERE subject = 'interest' AND subject_id = {} ORDER BY id",
            self.interests[name],
        )
        return [(row["deed"], row["actor"]) for row in rows]


def sent(row: dict[str, Any]) -> Sent:
    return Sent(row["id"], row["kind"], row["state"], bytes(row["content"]), row["useful_until"])
