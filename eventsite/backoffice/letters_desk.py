"""Every kind of letter on the desk: when it is sent, and how it comes to somebody who is invented."""

from starlette.requests import Request
from starlette.responses import Response

from eventsite.backoffice.letter_samples import KINDS, kind_of, write_sample
from eventsite.backoffice.letter_samples_cast import Cast, cast_for
from eventsite.backoffice.letter_samples_kinds import LetterKind
from eventsite.organisers.guard import desk_page
from eventsite.web.frames import letter_frame, with_frame
from eventsite.web.site import site_of


async def show_kinds(request: Request) -> Response:
    """GET `/organise/letters`: each kind by what it is about, with when it is sent and its subject."""
    cast = _cast(request)
    subjects = {kind.kind: kind.examples[0].write(cast).subject for kinds in KINDS.values() for kind in kinds}
    return desk_page(request, "backoffice/letters.html", {"kinds": KINDS, "subjects": subjects})


async def show_kind(request: Request) -> Response:
    """GET `/organise/letters/{room}/{name}?case=`: one letter written whole; `case` counts from 1."""
    kind, case = _kind(request), _case(request)
    shown = write_sample(kind.examples[case], _cast(request))
    return with_frame(desk_page(request, "backoffice/letter_kind.html", {"kind": kind, "chosen": case, "shown": shown}))


async def show_html(request: Request) -> Response:
    """GET `/organise/letters/{room}/{name}/html?case=`: what fills the frame."""
    example = _kind(request).examples[_case(request)]
    return letter_frame(write_sample(example, _cast(request)).letter.html)


def _kind(request: Request) -> LetterKind:
    return kind_of(request.path_params["room"], request.path_params["name"])


def _case(request: Request) -> int:
    """The number of the example asked for, from 0; the first for one that is not there."""
    said = request.query_params.get("case", "")
    number = int(said) - 1 if said.isascii() and said.isdigit() and len(said) < 3 else 0
    return number if 0 <= number < len(_kind(request).examples) else 0


def _cast(request: Request) -> Cast:
    site = site_of(request)
    return cast_for(site.stationery, site.now())
