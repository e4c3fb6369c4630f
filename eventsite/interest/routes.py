"""Where organisers see who is interested, and what they do about it. The public form is at the front."""

from starlette.routing import BaseRoute

from eventsite.interest import desk, desk_deeds, desk_invitations, desk_people
from eventsite.organisers.guard import EDITORS, desk_route

POST = ("POST",)

DESK: list[BaseRoute] = [
    desk_route("/interest", desk.show_interest, roles=EDITORS),
    desk_route("/interest/selection", desk_deeds.check_selection, roles=EDITORS, methods=POST),
    desk_route("/interest/offers", desk_deeds.create_offers, roles=EDITORS, methods=POST),
    desk_route("/interest/waiting-list", desk_deeds.create_waiting, roles=EDITORS, methods=POST),
    desk_route("/interest/cancellations", desk_deeds.create_cancellations, roles=EDITORS, methods=POST),
    desk_route("/interest/invitations", desk_invitations.show_invitations, roles=EDITORS),
    desk_route("/interest/invitations", desk_invitations.create_invitations, roles=EDITORS, methods=POST),
    desk_route("/interest/invitations/check", desk_invitations.check_invitations, roles=EDITORS, methods=POST),
    desk_route("/interest/{id}", desk_people.show_person, roles=EDITORS),
    desk_route("/interest/{id}/letters", desk_people.write_again, roles=EDITORS, methods=POST),
]
