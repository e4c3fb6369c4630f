"""Any order of deeds in the life of an event, several at once among them, as hypothesis thinks them up."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from eventsite.errors import Refusal
from eventsite.interest.place_services import accept_place, decline_place, join_waiting_list
from eventsite.interest.seat_services import add_session, join_session_list
from eventsite.interest.services import withdraw_interest
from eventsite.stationery import Stationery
from tests.lives import NAMES, Life

T = TypeVar("T")

PEOPLE = st.sampled_from(NAMES)
SESSIONS = st.integers(0, 2)
ANSWERS = st.sampled_from([accept_place, decline_place, withdraw_interest, join_waiting_list])
EVENT_CHANGES = st.sampled_from(
    [{"days": 7}, {"days": -7}, {"name": "HPN Midlands"}, {"name": "HPN"}, {"town": "Derby"}, {"town": "Birmingham"}]
)
SESSION_CHANGES = st.sampled_from(
    [{"minutes": 60}, {"minutes": -60}, {"room": "Hall 1"}, {"room": "Hall 2"}, {"title": "Is it safe?"}]
)
OUTCOMES = st.sampled_from(["sent", "sent", "sent", "failed", "lost", "crashed before", "crashed after"])


def machine_of(loop: asyncio.AbstractEventLoop, stationery: Stationery) -> type[RuleBasedStateMachine]:
    """The machine that hypothesis drives from a thread of its own, while the database stays with `loop`."""

    def done(work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, loop).result(60)

    class Lives(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.life = done(Life.begin(stationery))

        def do(self, *deeds: Coroutine[Any, Any, object]) -> None:
            """Deeds at the same moment, some milliseconds after the last; a refusal is an answer like others."""
            self.life.clock.move(milliseconds=5)
            done(self._do(*deeds))

        async def _do(self, *deeds: Coroutine[Any, Any, object]) -> None:
            for outcome in await asyncio.gather(*deeds, return_exceptions=True):
                if isinstance(outcome, BaseException) and not isinstance(outcome, Refusal):
                    raise outcome
            await self.life.look()

        @rule(name=PEOPLE)
        def register(self, name: str) -> None:
            self.do(self.life.register(name))

        @rule(name=PEOPLE)
        def offer(self, name: str) -> None:
            self.do(self.life.offer(name))

        @rule(name=PEOPLE)
        def give_place(self, name: str) -> None:
            self.do(self.life.give_place(name))

        @rule(name=PEOPLE, verb=ANSWERS)
        def answer(self, name: str, verb: Callable[..., Awaitable[object]]) -> None:
            self.do(self.life.answer(name, verb))

        @rule(name=PEOPLE)
        def take_back(self, name: str) -> None:
            self.do(self.life.take_back(name))

        @rule(name=PEOPLE, session=SESSIONS, by_mail=st.sampled_from([True, True, False]))
        def add(self, name: str, session: int, by_mail: bool) -> None:
            self.do(self.life.add(name, session, by_mail, add_session))

        @rule(name=PEOPLE, session=SESSIONS, by_mail=st.booleans())
        def join_list(self, name: str, session: int, by_mail: bool) -> None:
            self.do(self.life.add(name, session, by_mail, join_session_list))

        @rule(name=PEOPLE, session=SESSIONS)
        def give_up(self, name: str, session: int) -> None:
            self.do(self.life.give_up(name, session))

        @rule(name=PEOPLE, session=SESSIONS, wanted=st.booleans())
        def switch_mail(self, name: str, session: int, wanted: bool) -> None:
            self.do(self.life.switch_mail(name, session, wanted))

        @rule(name=PEOPLE, partstat=st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE"]), nth=st.integers(0, 3))
        def reply(self, name: str, partstat: str, nth: int) -> None:
            self.do(self.life.reply(name, partstat, nth))

        @rule(changed=EVENT_CHANGES)
        def change_event(self, changed: dict[str, Any]) -> None:
            self.do(self.life.change_event(**changed))

        @rule(session=SESSIONS, changed=SESSION_CHANGES)
        def change_session(self, session: int, changed: dict[str, Any]) -> None:
            self.do(self.life.change_session(session, **changed))

        @rule(session=SESSIONS, really=st.integers(0, 3))
        def cancel_session(self, session: int, really: int) -> None:
            if really == 3:
                self.do(self.life.cancel_session(session))

        @rule(really=st.integers(0, 9))
        def cancel_event(self, really: int) -> None:
            if really == 9:
                self.do(self.life.cancel_event())

        @rule(name=PEOPLE, other=PEOPLE, session=SESSIONS, changed=EVENT_CHANGES)
        def at_once(self, name: str, other: str, session: int, changed: dict[str, Any]) -> None:
            deeds = [
                self.life.answer(name, accept_place),
                self.life.add(other, session, True, add_session),
                self.life.change_event(**changed),
                self.life.take_letters("third", 2),
            ]
            self.do(*deeds)

        @rule(minutes=st.sampled_from([1, 3, 10, 90, 3 * 24 * 60 + 1]))
        def wait(self, minutes: int) -> None:
            self.do(self.life.wait(minutes))

        @rule(worker=st.sampled_from(["one", "two"]), limit=st.integers(1, 5))
        def take_letters(self, worker: str, limit: int) -> None:
            self.do(self.life.take_letters(worker, limit))

        @rule(nth=st.integers(0, 20), how=OUTCOMES)
        def finish(self, nth: int, how: str) -> None:
            self.do(self.life.finish(nth, how))

        @rule()
        def deliver_all(self) -> None:
            self.do(self.life.deliver_all())
            done(self.life.ensure_calendars_are_right())

        def teardown(self) -> None:
            done(self.life.deliver_all())
            done(self.life.ensure_calendars_are_right())

    return Lives
