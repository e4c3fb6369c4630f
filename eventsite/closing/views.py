"""The public page of a write-up, with the questions that it takes up."""

from starlette.requests import Request

from eventsite.closing.queries import answered_here
from eventsite.web.responses import Answer, page
from eventsite.writeups.queries import get_public_writeup, speakers_of
from eventsite.writeups.story import story_of


async def show_writeup(request: Request) -> Answer:
    """One published write-up; below it, which questions to the panel it answers, each with a link to the passage."""
    writeup = await get_public_writeup(request.path_params["slug"])
    story = await story_of(writeup, await speakers_of(writeup.id))
    answers = await answered_here(writeup.id, [place.anchor for place in story.body.places])
    return page(request, "writeups/writeup.html", {"writeup": writeup, "story": story, "answers": answers})
