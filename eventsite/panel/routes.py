"""Where questions are put to the panel: the desk prepares, the chair and the room have a secret address each."""

from starlette.routing import BaseRoute, Route

from eventsite.organisers.guard import EVERYBODY, MODERATORS, desk_route
from eventsite.panel import briefing_desk, desk, room_desk, views

CHAIR = "/chair/{token}"
SCREEN = "/screen/{token}"
PANEL = "/panels/{session_id}"

PUBLIC: list[BaseRoute] = [
    Route(CHAIR, views.show_chair),
    Route(f"{CHAIR}/live", views.follow_chair),
    Route(f"{CHAIR}/current", views.create_current, methods=["POST"]),
    Route(f"{CHAIR}/asked", views.create_asked, methods=["POST"]),
    Route(f"{CHAIR}/not-reached", views.create_not_reached, methods=["POST"]),
    Route(f"{CHAIR}/back", views.create_step_back, methods=["POST"]),
    Route(f"{CHAIR}/messages/{{id}}", views.create_note, methods=["POST"]),
    Route(SCREEN, views.show_screen),
    Route(f"{SCREEN}/live", views.follow_screen),
]

DESK: list[BaseRoute] = [
    desk_route("/panels", desk.show_panels, roles=EVERYBODY),
    desk_route(PANEL, desk.show_panel, roles=EVERYBODY),
    desk_route(f"{PANEL}/live", desk.follow_panel, roles=EVERYBODY),
    desk_route(f"{PANEL}/briefing", briefing_desk.show_briefing, roles=EVERYBODY),
    desk_route(f"{PANEL}/briefing.pdf", briefing_desk.show_pdf, roles=EVERYBODY),
    desk_route(f"{PANEL}/briefing.docx", briefing_desk.show_word, roles=EVERYBODY),
    desk_route(f"{PANEL}/rest", room_desk.show_rest, roles=MODERATORS),
    desk_route(f"{PANEL}/rest", room_desk.create_rest, roles=MODERATORS, methods=["POST"]),
    *(
        desk_route(f"{PANEL}/{path}", deed, roles=MODERATORS, methods=["POST"])
        for path, deed in {
            "listing": desk.create_listing,
            "removal": desk.create_removal,
            "move": desk.create_move,
            "minutes": desk.update_minutes,
            "current": room_desk.create_current,
            "asked": room_desk.create_asked,
            "not-reached": room_desk.create_not_reached,
            "back": room_desk.create_step_back,
            "links": room_desk.create_links,
            "votes": room_desk.update_votes,
            "length": room_desk.update_length,
            "messages": room_desk.create_message,
        }.items()
    ),
]
