"""Where organisers find what runs across rooms, and who of them may."""

from starlette.routing import BaseRoute

from eventsite.backoffice import dashboard, ledger_desk
from eventsite.organisers.guard import EVERYBODY, OWNERS, desk_route

DESK: list[BaseRoute] = [
    desk_route("/", dashboard.show_dashboard, roles=EVERYBODY),
    desk_route("/ledger", ledger_desk.show_ledger, roles=OWNERS),
]
