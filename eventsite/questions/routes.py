"""Where questions are: asked and read by everybody, seen by their asker alone, moderated on the desk."""

from starlette.routing import BaseRoute, Route

from eventsite.organisers.guard import EVERYBODY, MODERATORS, desk_route
from eventsite.questions import desk, desk_live, views

PANEL = "/events/{slug}/sessions/{session}/questions"

PUBLIC: list[BaseRoute] = [
    Route(PANEL, views.show_questions),
    Route(PANEL, views.create_question, methods=["POST"]),
    Route("/questions/{token}", views.show_question),
    Route("/questions/{token}/withdrawal", views.create_withdrawal, methods=["POST"]),
]

DESK: list[BaseRoute] = [
    desk_route("/questions", desk.show_queue, roles=EVERYBODY),
    desk_route("/questions/live", desk_live.follow_desk, roles=EVERYBODY),
    desk_route("/questions/{id}", desk.show_question, roles=EVERYBODY),
    desk_route("/questions/{id}/approval", desk.create_approval, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/rejection", desk.create_rejection, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/edit", desk.create_edit, roles=MODERATORS, methods=["POST"]),
]
