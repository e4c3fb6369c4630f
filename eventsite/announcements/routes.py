"""Where organisers write to many people, and where those say that they want no more of it."""

from starlette.routing import BaseRoute, Route

from eventsite.announcements import desk, views
from eventsite.organisers.guard import EDITORS, desk_route

ONE_CLICK = ("/u/",)
"""Where mail programs post from: their requests say nothing of where they come from, or something else."""

PUBLIC: list[BaseRoute] = [
    Route("/u/{token}", views.show_unsubscribe),
    Route("/u/{token}", views.create_objection, methods=["POST"]),
]

LIST = "/announcements"
ONE = "/announcements/{id}"

DESK: list[BaseRoute] = [
    desk_route(LIST, desk.show_list, roles=EDITORS),
    desk_route(f"{LIST}/new", desk.show_new, roles=EDITORS),
    desk_route(f"{LIST}/new", desk.create, roles=EDITORS, methods=["POST"]),
    desk_route(ONE, desk.show, roles=EDITORS),
    desk_route(ONE, desk.edit, roles=EDITORS, methods=["POST"]),
    desk_route(f"{ONE}/check", desk.show_check, roles=EDITORS),
    desk_route(f"{ONE}/letters/{{person}}", desk.show_letter, roles=EDITORS),
    desk_route(f"{ONE}/release", desk.release, roles=EDITORS, methods=["POST"]),
    desk_route(f"{ONE}/withdrawal", desk.withdraw, roles=EDITORS, methods=["POST"]),
    desk_route(f"{ONE}/copy", desk.copy, roles=EDITORS, methods=["POST"]),
]
