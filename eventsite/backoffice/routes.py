"""Where organisers find what runs across rooms, and who of them may."""

from starlette.routing import BaseRoute

from eventsite.backoffice import (
    arrivals_desk,
    changes_desk,
    dashboard,
    events_desk,
    ledger_desk,
    letters_desk,
    mail_desk,
    programme_desk,
    speakers_desk,
)
from eventsite.organisers.guard import EDITORS, EVERYBODY, OWNERS, desk_route

EVENT = "/events/{slug}"
SESSION = "/events/{slug}/sessions/{session}"

EVENTS: list[BaseRoute] = [
    desk_route("/events", events_desk.show_events, roles=EDITORS),
    desk_route("/events/new", events_desk.show_new_event, roles=EDITORS),
    desk_route("/events/new", events_desk.create, roles=EDITORS, methods=["POST"]),
    desk_route(EVENT, events_desk.show_event, roles=EDITORS),
    desk_route(f"{EVENT}/edit", events_desk.show_event_form, roles=EDITORS),
    desk_route(f"{EVENT}/edit", events_desk.edit, roles=EDITORS, methods=["POST"]),
    desk_route(f"{EVENT}/edit/letter", changes_desk.show_letter_of_event_change, roles=EDITORS),
    desk_route(f"{EVENT}/publication", events_desk.publish, roles=EDITORS, methods=["POST"]),
    desk_route(f"{EVENT}/cancellation", events_desk.show_cancellation, roles=EDITORS),
    desk_route(f"{EVENT}/cancellation", events_desk.cancel, roles=EDITORS, methods=["POST"]),
    desk_route(f"{EVENT}/cancellation/letter", changes_desk.show_letter_of_event_cancellation, roles=EDITORS),
    desk_route(f"{EVENT}/sessions/new", programme_desk.show_new_session, roles=EDITORS),
    desk_route(f"{EVENT}/sessions/new", programme_desk.create, roles=EDITORS, methods=["POST"]),
    desk_route(SESSION, programme_desk.show_session, roles=EDITORS),
    desk_route(SESSION, programme_desk.edit, roles=EDITORS, methods=["POST"]),
    desk_route(f"{SESSION}/letter", changes_desk.show_letter_of_session_change, roles=EDITORS),
    desk_route(f"{SESSION}/cancellation", programme_desk.show_cancellation, roles=EDITORS),
    desk_route(f"{SESSION}/cancellation", programme_desk.cancel, roles=EDITORS, methods=["POST"]),
    desk_route(f"{SESSION}/cancellation/letter", changes_desk.show_letter_of_session_cancellation, roles=EDITORS),
    desk_route(f"{SESSION}/removal", programme_desk.remove, roles=EDITORS, methods=["POST"]),
    desk_route(f"{SESSION}/stage", speakers_desk.put, roles=EDITORS, methods=["POST"]),
    desk_route(f"{SESSION}/stage/{{speaker}}/removal", speakers_desk.take_off, roles=EDITORS, methods=["POST"]),
    desk_route(f"{SESSION}/stage/{{speaker}}/promotion", speakers_desk.move_up, roles=EDITORS, methods=["POST"]),
    desk_route("/speakers", speakers_desk.show_speakers, roles=EDITORS),
    desk_route("/speakers/{id}", speakers_desk.show_speaker, roles=EDITORS),
    desk_route("/speakers/{id}", speakers_desk.edit, roles=EDITORS, methods=["POST"]),
]

DESK: list[BaseRoute] = [
    *EVENTS,
    desk_route("/", dashboard.show_dashboard, roles=EVERYBODY),
    desk_route("/ledger", ledger_desk.show_ledger, roles=OWNERS),
    desk_route("/letters", letters_desk.show_kinds, roles=OWNERS),
    desk_route("/letters/{room}/{name}", letters_desk.show_kind, roles=OWNERS),
    desk_route("/letters/{room}/{name}/html", letters_desk.show_html, roles=OWNERS),
    desk_route("/mail", mail_desk.show_mail, roles=OWNERS),
    desk_route("/mail/again", mail_desk.show_all_again, roles=OWNERS),
    desk_route("/mail/again", mail_desk.send_all_again, roles=OWNERS, methods=["POST"]),
    desk_route("/mail/addresses", arrivals_desk.show_addresses, roles=OWNERS),
    desk_route("/mail/addresses/{id}", arrivals_desk.show_address, roles=OWNERS),
    desk_route("/mail/addresses/{id}/removal", arrivals_desk.write_again, roles=OWNERS, methods=["POST"]),
    desk_route("/mail/inbox", arrivals_desk.show_inbox, roles=OWNERS),
    desk_route("/mail/inbox/{id}", arrivals_desk.show_message, roles=OWNERS),
    desk_route("/mail/inbox/{id}/removal", arrivals_desk.be_done, roles=OWNERS, methods=["POST"]),
    desk_route("/mail/{id}", mail_desk.show_letter, roles=OWNERS),
    desk_route("/mail/{id}/html", mail_desk.show_html, roles=OWNERS),
    desk_route("/mail/{id}/delivery", mail_desk.send_again, roles=OWNERS, methods=["POST"]),
]
