"""Where a person's own page is. A decision is a resource that is posted to; getting a page changes nothing."""

from starlette.routing import BaseRoute, Route

from eventsite.self_service import views

OWN = "/my/{token}"

PUBLIC: list[BaseRoute] = [
    Route("/my", views.ask_for_link),
    Route("/my", views.send_link, methods=["POST"]),
    Route("/my/sent", views.say_sent),
    Route("/my/erased", views.say_erased),
    Route(OWN, views.show_own_page),
    Route(f"{OWN}/interests/{{slug}}/withdrawal", views.create_withdrawal, methods=["POST"]),
    Route(f"{OWN}/interests/{{slug}}/return", views.create_return, methods=["POST"]),
    Route(f"{OWN}/updates", views.change_updates, methods=["POST"]),
    Route(f"{OWN}/details", views.show_details),
    Route(f"{OWN}/details", views.update_details, methods=["POST"]),
    Route(f"{OWN}/export", views.export),
    Route(f"{OWN}/erasure", views.check_erasure),
    Route(f"{OWN}/erasure", views.create_erasure, methods=["POST"]),
]
