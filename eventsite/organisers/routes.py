"""Where the door of the desk is, and who may decide who comes through it."""

from starlette.routing import BaseRoute, Route

from eventsite.organisers import desk, views
from eventsite.organisers.guard import EVERYBODY, OWNERS, desk_route, door_route

PUBLIC: list[BaseRoute] = [Route("/organise", views.enter)]

DESK: list[BaseRoute] = [
    door_route("/sign-in", views.show_sign_in),
    door_route("/sign-in", views.create_sign_in, methods=["POST"]),
    desk_route("/sign-out", views.destroy_sign_in, roles=EVERYBODY, methods=["POST"]),
    door_route("/password/{token}", views.show_password),
    door_route("/password/{token}", views.create_password, methods=["POST"]),
    desk_route("/people", desk.show_people, roles=OWNERS),
    desk_route("/people", desk.create_organiser, roles=OWNERS, methods=["POST"]),
    desk_route("/people/{id}/link", desk.create_link, roles=OWNERS, methods=["POST"]),
    desk_route("/people/{id}/disabling", desk.disable, roles=OWNERS, methods=["POST"]),
]
