"""Where organisers see who is interested. The public form is at the front: it takes a question along."""

from starlette.routing import BaseRoute

from eventsite.interest import desk
from eventsite.organisers.guard import OWNERS, desk_route

DESK: list[BaseRoute] = [desk_route("/interest", desk.show_interest, roles=OWNERS)]
