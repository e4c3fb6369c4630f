"""Where lists are taken along from the desk."""

from starlette.routing import BaseRoute

from eventsite.exports import desk
from eventsite.organisers.guard import EDITORS, MODERATORS, desk_route

DESK: list[BaseRoute] = [
    desk_route("/exports", desk.show_exports, roles=EDITORS | MODERATORS),
    desk_route("/exports/interests", desk.export_interests, roles=EDITORS, methods=["POST"]),
    desk_route("/exports/questions", desk.export_questions, roles=MODERATORS, methods=["POST"]),
    desk_route("/exports/programme", desk.export_programme, roles=EDITORS, methods=["POST"]),
]
