"""Where write-ups are listed for everybody, and where owners write them.

A write-up's own page and its publication touch the questions it takes up: they are in `closing`.
"""

from starlette.routing import BaseRoute, Route

from eventsite.organisers.guard import EDITORS, desk_route
from eventsite.writeups import desk, views

PUBLIC: list[BaseRoute] = [
    Route("/writeups", views.list_writeups),
    Route("/writeups/feed.atom", views.feed),
    Route("/pictures/{name}", views.show_picture),
]

DESK: list[BaseRoute] = [
    desk_route("/writeups", desk.list_writeups, roles=EDITORS),
    desk_route("/writeups", desk.create, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/import", desk.show_import, roles=EDITORS),
    desk_route("/writeups/import", desk.create_import, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}", desk.show, roles=EDITORS),
    desk_route("/writeups/{id}", desk.save, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/retraction", desk.create_retraction, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/deletion", desk.create_deletion, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/revisions/{number}", desk.show_revision, roles=EDITORS),
]
