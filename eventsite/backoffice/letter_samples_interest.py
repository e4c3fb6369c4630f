"""Every letter of the room `interest`, written for Ann Archer by the functions that write the real ones."""

from collections.abc import Callable

from eventsite.backoffice.letter_samples_cast import ANN, Cast
from eventsite.backoffice.letter_samples_kinds import Example, LetterKind
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.interest import letters, place_letters, seat_letters
from eventsite.interest.change_letters import Press
from eventsite.interest.change_rules import (
    Follower,
    Mailing,
    SeatHolder,
    SessionMailing,
    differences_of_event,
    differences_of_session,
)
from eventsite.interest.seat_letters import Booking
from eventsite.interest.states import InterestState
from eventsite.mail.letters import Letter
from eventsite.stationery import Stationery

SeatLetter = Callable[[Booking, Stationery], Letter]

OWN_WORDS = "The hall we had booked is being rewired that week. Coffee is at the same hour as before."


def _received(*names: str) -> Callable[[Cast], Letter]:
    return lambda cast: letters.interest_received(ANN, [getattr(cast, name)() for name in names], cast.stationery)


def _known(cast: Cast) -> Letter:
    return letters.interest_known(ANN, cast.stationery)


def _offered(cast: Cast) -> Letter:
    return place_letters.place_offered(ANN, cast.event(), cast.deadline, cast.stationery)


def _confirmed(cast: Cast) -> Letter:
    letter = place_letters.place_confirmed(ANN, cast.event(), cast.stationery)
    return cast.inviting(letter, cast.event_entry())


def _given_up(cast: Cast) -> Letter:
    letter = place_letters.place_given_up(ANN, cast.event(), cast.stationery)
    return cast.taking_out(letter, cast.event_entry())


def _place_cancelled(was: InterestState) -> Callable[[Cast], Letter]:
    def written(cast: Cast) -> Letter:
        letter = place_letters.place_cancelled(ANN, cast.event(), cast.stationery, was=was)
        return cast.taking_out(letter, cast.event_entry()) if was is InterestState.ACCEPTED else letter

    return written


def _expired(*, is_on: bool) -> Callable[[Cast], Letter]:
    return lambda cast: place_letters.offer_expired(ANN, cast.event(), cast.deadline, cast.stationery, is_on=is_on)


def _list_joined(cast: Cast) -> Letter:
    return place_letters.waiting_list_joined(ANN, cast.event(), cast.stationery)


def _seat(compose: SeatLetter, session: str = "session", *, method: str = "") -> Callable[[Cast], Letter]:
    def written(cast: Cast) -> Letter:
        shown: ProgrammeSession = getattr(cast, session)()
        letter = compose(Booking(ANN, shown, cast.event()), cast.stationery)
        if method:
            carrying = cast.inviting if method == "REQUEST" else cast.taking_out
            return carrying(letter, cast.session_entry(shown))
        return letter

    return written


def _event_moved(*, has_entry: bool) -> Callable[[Cast], Letter]:
    def written(cast: Cast) -> Letter:
        after = cast.event(sequence=1)
        mailing = Mailing(after, differences=differences_of_event(cast.earlier_event(), after))
        letter = Press(mailing, cast.stationery, OWN_WORDS).letter_to_follower(_follower(has_entry=has_entry))
        return cast.inviting(letter, cast.event_entry(after)) if has_entry else letter

    return written


def _event_cancelled(*, has_entry: bool) -> Callable[[Cast], Letter]:
    def written(cast: Cast) -> Letter:
        mailing = Mailing(cast.cancelled_event(), is_cancellation=True)
        letter = Press(mailing, cast.stationery).letter_to_follower(_follower(has_entry=has_entry))
        return cast.taking_out(letter, cast.event_entry(cast.cancelled_event())) if has_entry else letter

    return written


def _session_moved(cast: Cast) -> Letter:
    before, after, event = cast.earlier_session(), cast.session(sequence=1), cast.event()
    part = SessionMailing(after, (), differences_of_session(before, after, event, event))
    return cast.inviting(_about_session(cast, event, part, has_entry=True), cast.session_entry(after))


def _session_cancelled(*, has_entry: bool) -> Callable[[Cast], Letter]:
    def written(cast: Cast) -> Letter:
        part = SessionMailing(cast.cancelled_session(), ())
        letter = _about_session(cast, cast.event(), part, has_entry=has_entry)
        return cast.taking_out(letter, cast.session_entry(part.session)) if has_entry else letter

    return written


def _about_session(cast: Cast, event: Event, part: SessionMailing, *, has_entry: bool) -> Letter:
    mailing = Mailing(event, sessions=(part,), is_cancellation=not part.differences)
    return Press(mailing, cast.stationery).letter_to_holder(part, SeatHolder(ANN, "", has_entry))


def _follower(*, has_entry: bool) -> Follower:
    state = InterestState.ACCEPTED if has_entry else InterestState.INTERESTED
    return Follower(ANN, "", state.value, has_entry, None)


INTEREST = (
    LetterKind(
        "interest/received",
        "When somebody registers interest with the form, or in one more event.",
        Example(_received("event"), "One event"),
        Example(_received("event", "second_event"), "Two events"),
    ),
    LetterKind(
        "interest/known",
        "When somebody sends the form of interest again and we knew it all.",
        Example(_known),
    ),
    LetterKind(
        "interest/place_offered",
        "When an organiser offers a place, or one that came free passes to the next on the waiting list.",
        Example(_offered),
    ),
    LetterKind(
        "interest/place_confirmed",
        "When somebody accepts their place. Their calendar gets the invitation.",
        Example(_confirmed),
    ),
    LetterKind(
        "interest/place_given_up",
        "When somebody who had a place declines it or withdraws. It leaves their calendar.",
        Example(_given_up),
    ),
    LetterKind(
        "interest/place_cancelled",
        "When an organiser cancels somebody’s place, offer or interest.",
        Example(_place_cancelled(InterestState.ACCEPTED), "A place"),
        Example(_place_cancelled(InterestState.OFFERED), "An offer"),
        Example(_place_cancelled(InterestState.WAITLISTED), "Waiting list"),
    ),
    LetterKind(
        "interest/offer_expired",
        "When the time to answer an offer is over and nobody answered.",
        Example(_expired(is_on=True), "List open"),
        Example(_expired(is_on=False), "List closed"),
    ),
    LetterKind(
        "interest/waiting_list_joined",
        "When somebody is put on an event’s waiting list, by an organiser or by themselves.",
        Example(_list_joined),
    ),
    LetterKind(
        "interest/seat_taken",
        "When somebody adds a session to their programme and wants mail about it.",
        Example(_seat(seat_letters.seat_taken, method="REQUEST"), "Limited seats"),
        Example(_seat(seat_letters.seat_taken, "open_session", method="REQUEST"), "Room for all"),
    ),
    LetterKind(
        "interest/seat_waitlisted",
        "When somebody joins the waiting list of a session that is full.",
        Example(_seat(seat_letters.seat_waitlisted)),
    ),
    LetterKind(
        "interest/seat_passed_on",
        "When a seat comes free and goes to the next on the session’s waiting list.",
        Example(_seat(seat_letters.seat_passed_on, method="REQUEST"), "Wants mail"),
        Example(_seat(seat_letters.seat_passed_on), "Follows the feed"),
    ),
    LetterKind(
        "interest/seat_given_up",
        "When somebody gives up a session that is in their calendar.",
        Example(_seat(seat_letters.seat_given_up, method="CANCEL"), "Limited seats"),
        Example(_seat(seat_letters.seat_given_up, "open_session", method="CANCEL"), "Room for all"),
    ),
    LetterKind(
        "interest/seat_mail_stopped",
        "When somebody keeps a session and wants no more mail about it.",
        Example(_seat(seat_letters.seat_mail_stopped, method="CANCEL")),
    ),
    LetterKind(
        "interest/seat_lost",
        "When somebody’s place ends while they have a session in their calendar.",
        Example(_seat(seat_letters.seat_lost, method="CANCEL")),
    ),
    LetterKind(
        "interest/event_moved",
        "When an event gets other dates, another place or another name, to all who follow it.",
        Example(_event_moved(has_entry=True), "Has a place"),
        Example(_event_moved(has_entry=False), "Interested"),
    ),
    LetterKind(
        "interest/event_cancelled",
        "When an event is cancelled, to all who follow it.",
        Example(_event_cancelled(has_entry=True), "Has a place"),
        Example(_event_cancelled(has_entry=False), "Interested"),
    ),
    LetterKind(
        "interest/session_moved",
        "When a session gets another time, room or title, to those who have it in their calendar.",
        Example(_session_moved),
    ),
    LetterKind(
        "interest/session_cancelled",
        "When a session is cancelled, to those who added it.",
        Example(_session_cancelled(has_entry=True), "Wants mail"),
        Example(_session_cancelled(has_entry=False), "Follows the feed"),
    ),
)
"""In the order in which somebody gets them."""
