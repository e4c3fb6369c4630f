"""Where write-ups are read by everybody, and where owners write them."""

from starlette.routing import BaseRoute, Route

from eventsite.organisers.guard import OWNERS, desk_route
from eventsite.writeups import desk, views

PUBLIC: list[BaseRoute] = [
    Route("/writeups", views.list_writeups),
    Route("/writeups/feed.atom", views.feed),
    Route("/writeups/{slug}", views.show_writeup),
    Route("/pictures/{name}", views.show_picture),
]

DESK: list[BaseRoute] = [
    desk_route("/writeups", desk.list_writeups, roles=OWNERS),
    desk_route("/writeups", desk.create, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/import", desk.show_import, roles=OWNERS),
    desk_route("/writeups/import", desk.create_import, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/{id}", desk.show, roles=OWNERS),
    desk_route("/writeups/{id}", desk.save, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/{id}/publication", desk.create_publication, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/{id}/retraction", desk.create_retraction, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/{id}/deletion", desk.create_deletion, roles=OWNERS, methods=["POST"]),
    desk_route("/writeups/{id}/revisions/{number}", desk.show_revision, roles=OWNERS),
]
