"""Where questions are moderated. Where they are asked and read, write-ups stand beside them: see `front/routes`."""

from starlette.routing import BaseRoute

from eventsite.organisers.guard import EVERYBODY, MODERATORS, desk_route
from eventsite.questions import desk, desk_bulk, desk_deeds, desk_live, desk_reasons, desk_themes

DESK: list[BaseRoute] = [
    desk_route("/questions", desk.show_queue, roles=EVERYBODY),
    desk_route("/questions/live", desk_live.follow_desk, roles=EVERYBODY),
    desk_route("/questions/presence", desk_live.show_presence, roles=EVERYBODY),
    desk_route("/questions/bulk", desk_bulk.create_bulk, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/bulk/undo", desk_bulk.create_bulk_undoing, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/reasons", desk_reasons.show_reasons, roles=MODERATORS),
    desk_route("/questions/reasons", desk_reasons.create_reason, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/reasons/{slug}", desk_reasons.save_reason_of, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/reasons/{slug}/move", desk_reasons.create_reason_move, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/themes", desk_themes.show_themes, roles=EVERYBODY),
    desk_route("/questions/themes", desk_themes.create_theme, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/themes/{id}", desk_themes.save_theme, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}", desk.show_question, roles=EVERYBODY),
    desk_route("/questions/{id}/row", desk_live.show_row, roles=EVERYBODY),
    desk_route("/questions/{id}/presence", desk_live.create_presence, roles=EVERYBODY, methods=["POST"]),
    desk_route("/questions/{id}/approval", desk_deeds.create_approval, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/release", desk_deeds.create_release, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/hold", desk_deeds.create_hold, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/rejection", desk_deeds.create_rejection, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/merge", desk.show_candidates, roles=MODERATORS),
    desk_route("/questions/{id}/merge", desk_deeds.create_merge, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/unmerge", desk_deeds.create_parting, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/edit", desk_deeds.create_edit, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/themes", desk.show_themes_of, roles=MODERATORS),
    desk_route("/questions/{id}/themes", desk_deeds.create_themes, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/shortlist", desk_deeds.create_shortlisting, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/undo", desk_deeds.create_undoing, roles=MODERATORS, methods=["POST"]),
]
