"""The public pages that show several rooms."""

from starlette.routing import BaseRoute, Route

from eventsite.front import asking, events, home, interest, legal, own_question, voices, wellknown

PANEL = "/events/{slug}/sessions/{session}/questions"

PUBLIC: list[BaseRoute] = [
    Route("/", home.show_home),
    Route("/interest", interest.show_interest),
    Route("/interest", interest.register, methods=["POST"]),
    Route("/interest/thanks", interest.thank),
    Route("/events", events.show_events),
    Route("/events/{slug}.ics", events.show_event_calendar),
    Route("/events/{slug}", events.show_event),
    Route("/events/{slug}/sessions/{session}.ics", events.show_session_calendar),
    Route("/events/{slug}/sessions/{session}", events.show_session),
    Route(PANEL, asking.show_questions),
    Route(PANEL, asking.create_question, methods=["POST"]),
    Route(f"{PANEL}/similar", asking.find_similar, methods=["POST"]),
    Route(f"{PANEL}/{{id}}/voice", voices.create_voice, methods=["POST"]),
    Route(f"{PANEL}/{{id}}/vote", voices.create_vote, methods=["POST"]),
    Route("/questions/{token}", own_question.show_question),
    Route("/questions/{token}/withdrawal", own_question.create_withdrawal, methods=["POST"]),
    Route("/questions/{token}/clarification", own_question.create_clarification, methods=["POST"]),
    Route("/privacy", legal.show_privacy),
    Route("/cookies", legal.show_cookies),
    Route("/accessibility", legal.show_accessibility),
    Route("/complaints", legal.show_complaints),
    Route("/complaints", legal.complain, methods=["POST"]),
    Route("/complaints/received", legal.say_received),
    Route("/sitemap.xml", wellknown.show_sitemap),
    Route("/robots.txt", wellknown.show_robots),
    Route("/.well-known/security.txt", wellknown.show_security),
]
