"""The plan of the house: imports go down only. Each law is one sentence, and whoever breaks it reads that sentence."""

import pytest

from tests.guards.source import Import, functions, imports, module_name, outside_imports, sources

KERNEL = {"errors", "clock", "tokens", "links", "settings", "templating", "stationery", "paths", "logs", "database"}
CARRIERS = {"web", "mail", "calendars", "ledger", "likeness"}
ANCHORS = {"events", "people", "organisers"}
ROOMS = {"writeups", "interest", "questions"}
PAGES = {"front", "backoffice", "self_service"}
SUMMIT = PAGES | {
    "jobs",
    "replies",
    "worker",
    "presentation",
    "announcements",
    "closing",
    "exports",
    "panel",
    "demo",
    "cli",
    "app",
    "piccolo_app",
}
AT_THE_START = {"", "__main__", "piccolo_conf"}

FLOORS = {
    name: number
    for number, names in enumerate((KERNEL, CARRIERS, ANCHORS, ROOMS, SUMMIT | AT_THE_START))
    for name in names
}
INSIDE = ("tables", "rules", "queries", "letters", "services", "forms", "views", "routes")
WITH_NO_NEIGHBOURS = {
    1: "carriers (web, mail, calendars, ledger, likeness) never import each other",
    2: "anchors (events, people, organisers) never import each other",
    3: "rooms (writeups, interest, questions) never import each other: what spans two moves up to the summit",
}
ONLY_IMPORTERS = {
    "aiosmtplib": ("mail.smtp", "mail/smtp is the only importer of aiosmtplib"),
    "aiosmtpd": ("demo.catcher mail.lmtp", "only the demonstration's mail catcher and mail/lmtp are mail servers"),
    "asyncpg": ("database", "database/ is the one place that knows which engine there is"),
    "sqlite3": ("database", "database/ is the one place that knows which engine there is"),
    "mammoth": ("writeups.importing", "Word documents are read by the importer alone"),
    "argon2": ("organisers.passwords", "passwords are hashed in one place"),
}
NOT_IN_CALENDARS = {"starlette", "piccolo", "jinja2", "uvicorn"}


def room(name: str) -> str:
    return name.partition(".")[0]


def broken_law(found: Import) -> str | None:
    """The sentence of the law that an import breaks, or None."""
    here, there = room(found.importer), room(found.imported)
    if here == there or there == "":
        return _inside(found)
    if here not in FLOORS or there not in FLOORS:
        return f"`{here if here not in FLOORS else there}` is nowhere in the plan of the house"
    if FLOORS[there] > FLOORS[here]:
        return "imports go down only: kernel, carriers, anchors, rooms, summit"
    if FLOORS[there] == FLOORS[here] and FLOORS[here] in WITH_NO_NEIGHBOURS:
        return WITH_NO_NEIGHBOURS[FLOORS[here]]
    if {here, there} <= PAGES:
        return "front, backoffice and self_service never import each other: what two of them need lies a floor below"
    return None


def _inside(found: Import) -> str | None:
    here, there = (name.partition(".")[2] for name in (found.importer, found.imported))
    if here in INSIDE and there in INSIDE and INSIDE.index(there) > INSIDE.index(here):
        return (
            "inside a room: tables, rules, queries, letters, services, views, routes, each importing what is before it"
        )
    if there == "forms" and here in {"tables", "rules", "queries", "letters", "services"}:
        return "forms are seen by views only"
    return None


def test_imports_go_down_only() -> None:
    broken = [f"{found.where} imports {found.imported}: {law}" for found in imports() if (law := broken_law(found))]
    assert not broken, "\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("importer", "imported", "law"),
    [
        ("database.migrate", "web.forms", "imports go down only"),
        ("web.forms", "events.queries", "imports go down only"),
        ("web.forms", "mail.rules", "carriers .* never import each other"),
        ("people.services", "events.tables", "anchors .* never import each other"),
        ("interest.services", "questions.services", "rooms .* never import each other"),
        ("events.rules", "front.home", "imports go down only"),
        ("front.home", "backoffice.dashboard", "never import each other"),
        ("interest.rules", "interest.services", "inside a room"),
        ("interest.services", "interest.forms", "inside a room"),
        ("somewhere.new", "web.forms", "nowhere in the plan"),
    ],
)
def test_the_guard_sees_each_law_broken(importer: str, imported: str, law: str) -> None:
    with pytest.raises(AssertionError, match=law):
        assert broken_law(Import(importer, imported, "here")) is None, broken_law(Import(importer, imported, "here"))


def test_what_the_world_offers_comes_in_by_one_door_each() -> None:
    broken = [
        f"{where} imports {theirs}: {law}"
        for ours, theirs, where in outside_imports()
        for library, (doors, law) in ONLY_IMPORTERS.items()
        if theirs.partition(".")[0] == library and not any(f"{ours}.".startswith(f"{door}.") for door in doors.split())
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_nothing_of_piccolos_web_layer_is_used() -> None:
    assert [where for _, theirs, where in outside_imports() if theirs.startswith("piccolo_api")] == []


def test_calendars_are_pure() -> None:
    broken = [
        f"{where} imports {theirs}: calendars know RFC 5545 and nothing of HTTP or tables"
        for ours, theirs, where in outside_imports()
        if room(ours) == "calendars" and theirs.partition(".")[0] in NOT_IN_CALENDARS
    ]
    assert not broken, "\n" + "\n".join(broken)


def test_rules_never_wait() -> None:
    broken = [
        f"{path}: {function.name} is async, and rules are pure"
        for path, tree in sources().items()
        if module_name(path).endswith(".rules")
        for function in functions(tree)
        if type(function).__name__ == "AsyncFunctionDef"
    ]
    assert not broken, "\n" + "\n".join(broken)
