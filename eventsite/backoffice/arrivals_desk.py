"""What came home, on the desk: addresses that letters are kept from, and messages that somebody should look at."""

from starlette.requests import Request

from eventsite.backoffice import mail_queries, mail_services
from eventsite.backoffice.shown_arrivals import shown_arrival
from eventsite.errors import NotFound
from eventsite.mail import arrivals, queries
from eventsite.organisers.guard import desk_page, organiser_of
from eventsite.web.flash import see_other_saying
from eventsite.web.paging import last_page, page_number
from eventsite.web.responses import Answer
from eventsite.web.site import site_of

ADDRESSES = "/organise/mail/addresses"
INBOX = "/organise/mail/inbox"


async def show_addresses(request: Request) -> Answer:
    """GET `/organise/mail/addresses?page=`: those that letters are kept from."""
    counted = await mail_queries.mail_counts()
    last = last_page(counted.stopped, mail_queries.PAGE_LENGTH)
    page = page_number(request, last)
    stopped = await mail_queries.stopped_addresses(page)
    context = {"stopped": stopped, "mail": counted, "page": page, "last": last}
    return desk_page(request, "backoffice/mail_addresses.html", context)


async def show_address(request: Request) -> Answer:
    """GET `/organise/mail/addresses/{id}`: one of them, what came back from it and what was written to it."""
    stopped = await mail_queries.get_stopped(request.path_params["id"])
    context = {
        "stopped": stopped,
        "bounces": await arrivals.bounces_of(stopped.address_key),
        "letters": await queries.letters_to(stopped.address_key),
    }
    return desk_page(request, "backoffice/mail_address.html", context)


async def write_again(request: Request) -> Answer:
    """POST `/organise/mail/addresses/{id}/removal`: letters go to the address again."""
    stopped_id, actor = request.path_params["id"], organiser_of(request).id
    address = await mail_services.write_again(stopped_id, actor=actor, now=site_of(request).now())
    return see_other_saying(
        ADDRESSES, f"Letters go to {address} again. Those that were given up go once you send them again."
    )


async def show_inbox(request: Request) -> Answer:
    """GET `/organise/mail/inbox?page=`: messages that were put aside."""
    counted = await mail_queries.mail_counts()
    last = last_page(counted.inbox, arrivals.PAGE_LENGTH)
    page = page_number(request, last)
    messages = await arrivals.quarantined(page)
    context = {"messages": messages, "mail": counted, "page": page, "last": last}
    return desk_page(request, "backoffice/mail_inbox.html", context)


async def show_message(request: Request) -> Answer:
    """GET `/organise/mail/inbox/{id}`: one of them as text. Nothing of it is run, fetched or believed."""
    message = await arrivals.get_inbound(request.path_params["id"])
    if message.content is None:
        raise NotFound
    context = {"message": message, "shown": await shown_arrival(message.content)}
    return desk_page(request, "backoffice/mail_message.html", context)


async def be_done(request: Request) -> Answer:
    """POST `/organise/mail/inbox/{id}/removal`: an organiser has seen to it."""
    actor, now = organiser_of(request).id, site_of(request).now()
    await mail_services.be_done_with(request.path_params["id"], actor=actor, now=now)
    return see_other_saying(INBOX, "The message is deleted.")
