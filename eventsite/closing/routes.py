"""Where write-ups are read beside the questions they answer, and where organisers close the loop."""

from starlette.routing import BaseRoute, Route

from eventsite.closing import answers_desk, desk, loop_desk, views
from eventsite.organisers.guard import EDITORS, EVERYBODY, MODERATORS, desk_route

ANSWERERS = EDITORS | MODERATORS

PUBLIC: list[BaseRoute] = [Route("/writeups/{slug}", views.show_writeup)]

DESK: list[BaseRoute] = [
    desk_route("/writeups/{id}/publication", desk.create_publication, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/publication", desk.check_publication, roles=EDITORS),
    desk_route("/writeups/{id}/release", desk.release, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/letters", desk.check_letters, roles=EDITORS),
    desk_route("/writeups/{id}/letters", desk.send_letters, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/questions", desk.show_questions, roles=EDITORS),
    desk_route("/writeups/{id}/questions/{question}/passages", desk.tie, roles=EDITORS, methods=["POST"]),
    desk_route("/writeups/{id}/passages/{passage}/removal", desk.untie, roles=EDITORS, methods=["POST"]),
    desk_route("/panels/{session}/loop", loop_desk.show_loop, roles=EVERYBODY),
    desk_route("/panels/{session}/loop/{question}", loop_desk.settle, roles=MODERATORS, methods=["POST"]),
    desk_route("/questions/{id}/answer", answers_desk.show_answer, roles=ANSWERERS),
    desk_route("/questions/{id}/answer", answers_desk.answer, roles=ANSWERERS, methods=["POST"]),
    desk_route("/questions/{id}/answer/removal", answers_desk.take_back, roles=ANSWERERS, methods=["POST"]),
]
