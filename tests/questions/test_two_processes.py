"""The same question sent by twenty browsers at once to two server processes."""

import asyncio
from contextlib import ExitStack

import httpx2

from eventsite.questions.tables import Question
from tests.benchmarks.servers import free_port, serving, site
from tests.questions.conftest import AskedPanel
from tests.questions.factories import letters_to

ANN = {"text": "Who signs the safety case?", "email": "ann@example.org", "anonymous": "yes"}


async def test_it_is_one_question_one_letter_and_one_answer(panel: AskedPanel, database_url: str) -> None:
    with ExitStack() as running:
        addresses = [start(running, database_url) for _ in range(2)]
        async with httpx2.AsyncClient() as client:
            posts = (client.post(addresses[number % 2] + panel.path, data=ANN) for number in range(20))
            answers = await asyncio.gather(*posts)
            pages = [await client.get(address + answers[0].headers["location"]) for address in addresses]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {
        (303, answers[0].headers["location"])
    }
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].content == pages[1].content.replace(addresses[1].encode(), addresses[0].encode())
    assert await Question.count() == 1
    assert len(await letters_to("ann@example.org")) == 1


def start(running: ExitStack, database_url: str) -> str:
    port = free_port()
    command, environment = site(port, database_url)
    return running.enter_context(serving(command, port, first="/livez", environment=environment)).address
