"""The pages the law and good manners ask for: privacy, cookies, accessibility, complaints."""

from datetime import timedelta

from starlette.requests import Request

from eventsite.clock import london_date
from eventsite.database import transaction
from eventsite.front.statements import ACCESSIBILITY, COOKIES, NOTICE
from eventsite.people.complaints import LONGEST_COMPLAINT, ComplaintDraft, submit_complaint
from eventsite.people.fields import AddressField
from eventsite.people.holdings import HOLDINGS
from eventsite.people.keeping import COMPLAINT_KEPT, Whom, kept_after
from eventsite.people.rules import LONGEST_NAME
from eventsite.web.forms import AtMost, Honeypot, Needed, OneLine, Words, WordsForm, read_form
from eventsite.web.responses import Answer, Context, invalid, page, see_other
from eventsite.web.site import site_of
from eventsite.web.throttle import FORMS_AN_ADDRESS, Allowance, use, use_for_network

COMPLAINTS = "front/complaints.html"
COMPLAINTS_A_NETWORK = Allowance("complaints a network", 20, timedelta(hours=1))


class ComplaintForm(WordsForm):
    """Who complains, and of what."""

    name = Words(validators=[OneLine(), Needed("Enter your full name"), AtMost(LONGEST_NAME, "Full name")])
    email = AddressField(validators=[OneLine(), Needed("Enter your email address, so that we can answer you")])
    text = Words(validators=[Needed("Enter what happened"), AtMost(LONGEST_COMPLAINT, "What happened")])
    leave_empty = Honeypot()

    def draft(self) -> ComplaintDraft:
        """The valid form as the service takes it."""
        assert self.email.address is not None
        return ComplaintDraft(self.name.data, self.email.address.spec, self.email.address.key, self.text.data)


async def show_privacy(request: Request) -> Answer:
    """GET `/privacy`: the notice of UK GDPR Article 13, built from the list of what is held."""
    by_whom = [(whom, [one for one in HOLDINGS if one.whom is whom]) for whom in Whom]
    return page(request, "front/privacy.html", {"by_whom": by_whom, "notice": NOTICE})


async def show_cookies(request: Request) -> Answer:
    """GET `/cookies`: every cookie there is. Readers get none."""
    return page(request, "front/cookies.html", {"cookies": COOKIES})


async def show_accessibility(request: Request) -> Answer:
    """GET `/accessibility`: the statement, after the model of the Government Digital Service."""
    return page(request, "front/accessibility.html", {"statement": ACCESSIBILITY})


async def show_complaints(request: Request) -> Answer:
    """GET `/complaints`: the form, and what becomes of a complaint."""
    return page(request, COMPLAINTS, _around(request, ComplaintForm()))


async def complain(request: Request) -> Answer:
    """POST `/complaints`: takes a complaint in, or shows the form again with what to mend."""
    site, form = site_of(request), await read_form(request, ComplaintForm)
    if not form.validate():
        return invalid(request, COMPLAINTS, _around(request, form))
    draft, now = form.draft(), site.now()
    async with transaction():
        await use_for_network(request, COMPLAINTS_A_NETWORK, now=now)
        # Of two posts at once the second waits here, and then finds the first one's complaint.
        await use(site, FORMS_AN_ADDRESS, draft.email_key, now=now)
        await submit_complaint(draft, stationery=site.stationery, now=now)
    return see_other("/complaints/received")


async def say_received(request: Request) -> Answer:
    """GET `/complaints/received`: what happens next, the same for everyone."""
    return page(request, "front/complaint_received.html", {})


def _around(request: Request, form: ComplaintForm) -> Context:
    kept = kept_after(london_date(site_of(request).now()), COMPLAINT_KEPT)
    return {"form": form, "kept": kept, "longest": LONGEST_COMPLAINT}
