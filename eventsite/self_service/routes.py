"""Where a person's own page is. A decision is a resource that is posted to; getting a page changes nothing."""

from starlette.routing import BaseRoute, Route

from eventsite.self_service import calendar_views, place_views, session_views, views

OWN = "/my/{token}"
PLACE = f"{OWN}/interests/{{slug}}"
SESSION = f"{OWN}/events/{{slug}}/sessions/{{session}}"

PUBLIC: list[BaseRoute] = [
    Route("/my", views.ask_for_link),
    Route("/my", views.send_link, methods=["POST"]),
    Route("/my/sent", views.say_sent),
    Route("/my/erased", views.say_erased),
    Route(OWN, views.show_own_page),
    Route(f"{PLACE}/acceptance", place_views.create_acceptance, methods=["POST"]),
    Route(f"{PLACE}/declining", place_views.create_declining, methods=["POST"]),
    Route(f"{PLACE}/waiting", place_views.create_waiting, methods=["POST"]),
    Route(f"{PLACE}/withdrawal", place_views.create_withdrawal, methods=["POST"]),
    Route(f"{PLACE}/return", place_views.create_return, methods=["POST"]),
    Route(f"{OWN}/events/{{slug}}", session_views.show_programme),
    Route(f"{SESSION}/seat", session_views.create_seat, methods=["POST"]),
    Route(f"{SESSION}/waiting", session_views.create_waiting, methods=["POST"]),
    Route(f"{SESSION}/release", session_views.create_release, methods=["POST"]),
    Route(f"{SESSION}/mail", session_views.change_mail, methods=["POST"]),
    Route(f"{OWN}/calendar", views.renew_calendar_address, methods=["POST"]),
    Route("/calendar/{token}.ics", calendar_views.show_own_calendar),
    Route(f"{OWN}/updates", views.change_updates, methods=["POST"]),
    Route(f"{OWN}/announcements", views.change_announcements, methods=["POST"]),
    Route(f"{OWN}/details", views.show_details),
    Route(f"{OWN}/details", views.update_details, methods=["POST"]),
    Route(f"{OWN}/export", views.export),
    Route(f"{OWN}/erasure", views.check_erasure),
    Route(f"{OWN}/erasure", views.create_erasure, methods=["POST"]),
]
