"""Owners' pages on announcements."""

from datetime import datetime, timedelta

import httpx2
import pytest

from eventsite.announcements.rules import LONGEST_BODY
from eventsite.announcements.tables import Announcement, AnnouncementState, Audience
from eventsite.database import recorded_statements
from eventsite.events.tables import Event, ProgrammeSession
from eventsite.mail.suppression import suppress
from eventsite.mail.tables import OutboxLetter, SuppressionReason
from eventsite.organisers.tables import Role
from eventsite.people.services import unsubscribe
from tests.announcements.factories import form_for, interested_in, make_announcement, outbox, sit
from tests.factories import make_event
from tests.organisers.factories import signed_in

LIST = "/organise/announcements"
DAY = timedelta(days=1)


async def seen(olive: httpx2.AsyncClient, path: str, status: int = 200) -> str:
    answer = await olive.get(path)
    assert answer.status_code == status, answer.text
    return " ".join(answer.text.split())


async def sent(olive: httpx2.AsyncClient, path: str, data: dict[str, str], status: int = 303) -> httpx2.Response:
    answer = await olive.post(path, data=data)
    assert answer.status_code == status, answer.text
    return answer


async def the_one() -> Announcement:
    (one,) = await Announcement.objects()
    return one


async def test_an_empty_desk_says_what_to_do(olive: httpx2.AsyncClient) -> None:
    page = await seen(olive, LIST)
    assert "No announcements yet" in page
    assert f'href="{LIST}/new"' in page


async def test_from_a_draft_to_letters(olive: httpx2.AsyncClient, event: Event) -> None:
    ann = await interested_in(event, "Ann Archer")
    new = await seen(olive, f"{LIST}/new")
    for placeholder in ("{name}", "{event}", "{dates}", "{place}", "{session}", "{my_page}"):
        assert f"<code>{placeholder}</code>" in new

    kept = await sent(olive, f"{LIST}/new", form_for(event, do="check"))
    draft = await the_one()
    assert kept.headers["location"] == f"{LIST}/{draft.id}/check"

    check = await seen(olive, f"{LIST}/{draft.id}/check")
    assert "Interested in HPN Midlands, not offered a place yet" in check
    assert "Release to 1 person</button>" in check
    assert "To Ann Archer" in check
    assert await OutboxLetter.count() == 0

    released = await sent(olive, f"{LIST}/{draft.id}/release", {"seen": draft.updated_at.isoformat()})
    page = await seen(olive, released.headers["location"])
    assert "Released to 1 person. The letters are on their way." in page
    assert "1 letter" in page
    assert list(await outbox()) == [ann.email]


async def test_released_twice_it_is_sent_once_and_that_is_said(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now)
    for _ in range(2):
        answer = await sent(olive, f"{LIST}/{draft.id}/release", {"seen": now.isoformat()})
    assert "It was released before, and is not sent twice." in await seen(olive, answer.headers["location"])
    assert await OutboxLetter.count() == 1


async def test_the_check_counts_who_gets_it_and_who_is_left_out(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    await interested_in(event, "Early Bird")
    first = await make_announcement(event, now=now)
    await sent(olive, f"{LIST}/{first.id}/release", {"seen": now.isoformat()})
    people = [await interested_in(event, name) for name in ("Ann", "Bo", "Mallory", "Olive")]
    await unsubscribe(people[2].id, source="one click", now=now)
    await suppress(people[3].email_key, reason=SuppressionReason.BOUNCED, words="550", now=now)
    second = await make_announcement(event, now=now)

    check = await seen(olive, f"{LIST}/{second.id}/check")

    assert "Release to 2 people</button>" in check
    assert (
        "1 want no announcements, 1 have an address that letters do not reach, 1 got this very letter before" in check
    )
    for name in ("Mallory", "Olive", "Early"):
        assert f"To {name}" not in check


async def test_the_check_shows_the_first_the_middle_and_the_longest_name(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    names = ["Ann", "Bo", "Cy Longest-Name-Of-Them-All", "Di", "Ed", "Flo"]
    people = sorted([await interested_in(event, name) for name in names], key=lambda person: person.id)
    draft = await make_announcement(event, now=now)

    check = await seen(olive, f"{LIST}/{draft.id}/check")

    shown = [check.index(f"To {people[0].name}"), check.index(f"To {people[3].name}"), check.index("To Cy Longest")]
    assert shown == sorted(shown)
    assert check.count("<iframe") == 3
    assert check == await seen(olive, f"{LIST}/{draft.id}/check"), "the same three again"


async def test_each_letter_stands_in_a_frame_with_a_policy_of_its_own(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    ann, mallory = await interested_in(event), await interested_in(await make_event())
    draft = await make_announcement(event, now=now)

    page = await olive.get(f"{LIST}/{draft.id}/check")
    frame = await olive.get(f"{LIST}/{draft.id}/letters/{ann.id}")

    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert f'src="{LIST}/{draft.id}/letters/{ann.id}"' in page.text
    assert "sandbox" in frame.headers["content-security-policy"]
    assert "Dear Ann Archer," in frame.text
    for nobody in (mallory.id, "0" * 16):
        assert (await olive.get(f"{LIST}/{draft.id}/letters/{nobody}")).status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
async def test_the_check_takes_as_many_queries_for_three_as_for_thirty(
    olive: httpx2.AsyncClient, event: Event, now: datetime, rows: int
) -> None:
    for _ in range(rows):
        await interested_in(event)
    draft = await make_announcement(event, now=now)
    with recorded_statements() as statements:
        await seen(olive, f"{LIST}/{draft.id}/check")
    assert len(statements) == 5


async def test_with_nobody_in_it_there_is_no_button(olive: httpx2.AsyncClient, event: Event, now: datetime) -> None:
    draft = await make_announcement(event, now=now)
    check = await seen(olive, f"{LIST}/{draft.id}/check")
    assert "Nobody would get it now" in check
    assert "/release" not in check

    answer = await sent(olive, f"{LIST}/{draft.id}/release", {"seen": now.isoformat()}, status=422)
    assert "There is nobody to send this to" in answer.text


FAULTS = [
    ({"subject": ""}, "subject", "Enter a subject"),
    ({"subject": "x" * 151}, "subject", "The subject must be 150 characters or less"),
    ({"subject": "On {session}"}, "subject", "{session} can be filled only for the audience of one session"),
    ({"subject": "{my_page}"}, "subject", "A subject cannot hold {my_page}"),
    ({"subject": "=?utf-8?q?x?="}, "subject", "Leave out line breaks, control characters"),
    ({"body": ""}, "body", "Write the letter"),
    ({"body": "x" * (LONGEST_BODY + 1)}, "body", "The letter must be 10000 characters or less"),
    ({"body": "Dear {nmae}"}, "body", "There is no placeholder {nmae}."),
    ({"body": "{"}, "body", "There is a { that nothing closes."),
    ({"body": "[x](https://evil.example)"}, "body", "Letters link to this site and to calendars only."),
    ({"body": "> quoted"}, "body", "Letters take no quotations that stand apart."),
    ({"body": "a\0b"}, "body", "This has characters that cannot be used"),
    ({"audience": ""}, "audience", "Choose who gets it"),
    ({"audience": "everybody"}, "audience", "Choose who gets it"),
    ({"event": ""}, "event", "Choose the event whose people get it"),
    ({"event": "0" * 16}, "event", "Choose an event from the list"),
    ({"audience": "seats"}, "session", "Choose the session whose people get it"),
    ({"audience": "seats", "session": "0" * 16}, "session", "Choose the session whose people get it"),
    ({"remind_before": "16"}, "remind_before", "Choose a time from the list"),
    (
        {"audience": "updates", "event": "", "subject": "x", "body": "x", "remind_before": "15"},
        "remind_before",
        "A reminder needs an event",
    ),
]


@pytest.mark.parametrize(("fault", "field", "sentence"), FAULTS)
async def test_each_fault_is_said_at_its_place_and_nothing_is_lost(
    olive: httpx2.AsyncClient, event: Event, now: datetime, fault: dict[str, str], field: str, sentence: str
) -> None:
    draft = await make_announcement(event, now=now)
    for path in (f"{LIST}/new", f"{LIST}/{draft.id}"):
        form = form_for(event, seen=now.isoformat()) | fault
        answer = await sent(olive, path, form, status=422)
        page = " ".join(answer.text.split())
        assert f'<a href="#{field}">{sentence}' in page.replace("&#39;", "'")
        assert "<title>Error: " in page
        for kept in ("subject", "body"):
            if form[kept].isprintable() and "\n" not in form[kept]:
                assert form[kept].replace("<", "&lt;").replace(">", "&gt;") in page
    assert await Announcement.count() == 1


async def test_a_session_says_which_event_it_is(
    olive: httpx2.AsyncClient, event: Event, session: ProgrammeSession
) -> None:
    await make_event()
    ann = await interested_in(event)
    await sit(ann, session)
    form = form_for(None, audience="seats", session=session.id, subject="{session}, {event}", body="{dates}")

    await sent(olive, f"{LIST}/new", form)

    draft = await the_one()
    assert (draft.event, draft.session, draft.audience) == (event.id, session.id, Audience.SEATS)
    check = await seen(olive, f"{LIST}/{draft.id}/check")
    assert "How do we deploy AI safely?, HPN Midlands" in check
    assert "Have added “How do we deploy AI safely?” at HPN Midlands" in check


async def test_a_session_that_is_not_asked_for_is_forgotten(
    olive: httpx2.AsyncClient, event: Event, session: ProgrammeSession
) -> None:
    await sent(olive, f"{LIST}/new", form_for(event, session=session.id))
    assert (await the_one()).session is None


async def test_the_form_shows_the_draft_and_changes_it(olive: httpx2.AsyncClient, event: Event, now: datetime) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now, remind_before=39)
    page = await seen(olive, f"{LIST}/{draft.id}")
    assert "1 person is in its audience now" in page
    assert f'<option value="{event.id}" selected>HPN Midlands, 26 to 27 June 2027</option>' in page
    assert '<option value="39" selected>2 days before, at 9am</option>' in page
    assert 'value="interested" checked' in page

    answer = await sent(olive, f"{LIST}/{draft.id}", form_for(event, subject="Other words", seen=now.isoformat()))

    assert answer.headers["location"] == f"{LIST}/{draft.id}"
    changed = await the_one()
    assert changed.subject == "Other words"
    assert changed.remind_before is None


@pytest.mark.parametrize("stale", ["", "yesterday", "2027-01-04"])
async def test_who_did_not_see_the_newest_is_told_and_may_then_go_over_it(
    olive: httpx2.AsyncClient, event: Event, now: datetime, stale: str
) -> None:
    draft = await make_announcement(event, now=now)
    form = form_for(event, subject="Mine")

    first = await sent(olive, f"{LIST}/{draft.id}", {**form, "seen": stale}, status=422)
    assert "Somebody else saved this while you had it open" in first.text
    assert f'name="seen" value="{now.isoformat()}"' in first.text

    await sent(olive, f"{LIST}/{draft.id}", {**form, "seen": now.isoformat()})
    assert (await the_one()).subject == "Mine"


async def test_what_was_changed_since_it_was_looked_at_is_not_released(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now)
    answer = await sent(olive, f"{LIST}/{draft.id}/release", {"seen": (now - DAY).isoformat()}, status=422)
    assert "Somebody else saved this while you had it open" in answer.text
    assert f'name="seen" value="{now.isoformat()}"' in answer.text
    assert await OutboxLetter.count() == 0


async def test_a_reminder_is_scheduled_shown_and_taken_back(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now, remind_before=15)
    goes = "Goes on Friday 25 June 2027 at 9am, and moves with the event."
    check = await seen(olive, f"{LIST}/{draft.id}/check")
    assert goes in check
    assert "Schedule the reminder</button>" in check

    await sent(olive, f"{LIST}/{draft.id}/release", {"seen": now.isoformat()})
    assert goes in await seen(olive, LIST)
    assert goes in await seen(olive, f"{LIST}/{draft.id}")
    assert "/release" not in await seen(olive, f"{LIST}/{draft.id}/check")

    for said in ("The reminder is taken back, and is not sent.", "so there is nothing to take back"):
        answer = await sent(olive, f"{LIST}/{draft.id}/withdrawal", {})
        assert said in await seen(olive, answer.headers["location"])
    assert "Taken back" in await seen(olive, LIST)


async def test_a_reminder_whose_time_has_passed_is_refused_with_a_sentence(
    olive: httpx2.AsyncClient, now: datetime
) -> None:
    event = await make_event(starts_on=now.date() + DAY, ends_on=now.date() + DAY)
    await interested_in(event)
    draft = await make_announcement(event, now=now, remind_before=15)
    answer = await sent(olive, f"{LIST}/{draft.id}/release", {"seen": now.isoformat()}, status=422)
    assert "This reminder would have gone on Wednesday 10 March 2027 at 9am, which has passed." in answer.text


async def test_the_list_is_by_state_and_says_what_became_of_each(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    for number, state in enumerate(AnnouncementState):
        released = {} if state == "draft" else {"released_at": now, "letters": 143}
        await make_announcement(event, now=now, state=state, subject=f"Number {number}", remind_before=15, **released)
    page = await seen(olive, LIST)
    places = [page.index(f"<h2>{title}") for title in ("Drafts", "Reminders that wait", "Released", "Taken back")]
    assert places == sorted(places)
    assert "143 letters" in page


@pytest.mark.parametrize("state", [state for state in AnnouncementState if state != "draft"])
async def test_what_is_no_draft_is_shown_as_it_went_and_can_be_copied(
    olive: httpx2.AsyncClient, event: Event, now: datetime, state: AnnouncementState
) -> None:
    one = await make_announcement(event, now=now, state=state, released_at=now, letters=2, remind_before=15)
    page = await seen(olive, f"{LIST}/{one.id}")
    assert "see [where to park](/events)" in page
    assert "<textarea" not in page
    answer = await sent(olive, f"{LIST}/{one.id}", form_for(event, seen=now.isoformat()))
    assert "not a draft any more" in await seen(olive, answer.headers["location"])

    copied = await sent(olive, f"{LIST}/{one.id}/copy", {})

    assert "This is a copy, and a draft." in await seen(olive, copied.headers["location"])
    assert await Announcement.count() == 2


async def test_the_form_can_be_opened_for_an_events_people(olive: httpx2.AsyncClient, event: Event) -> None:
    page = await seen(olive, f"{LIST}/new?event={event.id}&audience=accepted")
    assert f'<option value="{event.id}" selected>' in page
    assert 'value="accepted" checked' in page


async def test_a_draft_that_can_be_written_no_more_says_why(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    draft = await make_announcement(event, now=now, body="See https://old.example")
    page = await seen(olive, f"{LIST}/{draft.id}/check", status=422)
    assert "Letters link to this site and to calendars only. Take out the link to https://old.example" in page


async def test_awkward_words_are_kept_and_shown(olive: httpx2.AsyncClient, event: Event) -> None:
    words = "<script>x</script> 🧡 & “so”"
    await interested_in(event)
    await sent(olive, f"{LIST}/new", form_for(event, subject=words, body=f"{words} {{{{name}}}}"))
    draft = await the_one()
    for page in (LIST, f"{LIST}/{draft.id}", f"{LIST}/{draft.id}/check"):
        assert "&lt;script&gt;x&lt;/script&gt; 🧡 &amp; “so”" in await seen(olive, page)
    assert "{name}" in await seen(olive, f"{LIST}/{draft.id}/check")


DEEDS = ["{}", "{}/release", "{}/withdrawal", "{}/copy", "new"]
PAGES = ["", "/new", "/{}", "/{}/check", "/{}/letters/x"]


async def test_nobody_but_an_owner_sees_or_does_anything(
    client: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now, subject="A secret")

    async def answers() -> list[httpx2.Response]:
        pages = [await client.get(LIST + path.format(draft.id)) for path in PAGES]
        form = form_for(event, seen=now.isoformat())
        return pages + [await client.post(f"{LIST}/{deed.format(draft.id)}", data=form) for deed in DEEDS]

    stranger = await answers()
    await signed_in(client, now=now, role=Role.MODERATOR)
    moderator = await answers()

    assert [answer.status_code for answer in stranger] == [303] * 5 + [403] * 5
    assert [answer.status_code for answer in moderator] == [403] * 10
    assert not any("A secret" in answer.text for answer in stranger + moderator)
    assert (await the_one()).state == "draft"
    assert await OutboxLetter.count() == 0


@pytest.mark.parametrize("path", ["", "/check", "/letters/x"])
async def test_what_is_not_there_is_not_found(olive: httpx2.AsyncClient, path: str) -> None:
    assert (await olive.get(f"{LIST}/{'0' * 16}{path}")).status_code == 404


async def test_what_was_released_has_nothing_left_to_check(
    olive: httpx2.AsyncClient, event: Event, now: datetime
) -> None:
    one = await make_announcement(event, now=now, state=AnnouncementState.RELEASED, released_at=now, letters=0)
    assert (await olive.get(f"{LIST}/{one.id}/check")).status_code == 404


async def test_the_ledger_tells_it_in_words(olive: httpx2.AsyncClient, event: Event, now: datetime) -> None:
    await interested_in(event)
    draft = await make_announcement(event, now=now, subject="Parking")
    await sent(olive, f"{LIST}/{draft.id}/release", {"seen": now.isoformat()})
    assert "released the announcement “Parking”" in await seen(olive, "/organise/ledger")
