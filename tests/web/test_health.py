"""Health: a process that lives, and one that should be sent visitors."""

import httpx2
import pytest

from eventsite.database import execute


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_a_healthy_site_says_so_to_machines_alone(client: httpx2.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["cache-control"] == "private, no-store"


async def test_a_site_behind_its_schema_wants_no_visitors(client: httpx2.AsyncClient) -> None:
    newest = (await execute("SELECT MAX(name) AS name FROM migration WHERE app_name = 'eventsite'"))[0]["name"]
    await execute("UPDATE migration SET app_name = 'hidden' WHERE name = {}", newest)
    try:
        answer = await client.get("/readyz")
    finally:
        await execute("UPDATE migration SET app_name = 'eventsite' WHERE name = {}", newest)
    assert (answer.status_code, answer.text) == (503, "schema behind")
    assert (await client.get("/readyz")).status_code == 200
