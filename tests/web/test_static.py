"""The site's own files: served for a year under names that change with what is in them."""

from pathlib import Path

import httpx2
import pytest

from eventsite.paths import STATIC
from eventsite.web.static import StaticFiles


@pytest.fixture
def files(tmp_path: Path) -> StaticFiles:
    (tmp_path / "drawings").mkdir()
    (tmp_path / "site.css").write_text("a { color: teal }")
    (tmp_path / "drawings" / "hero.svg").write_text("<svg/>")
    (tmp_path / "LICENCE").write_text("yours")
    return StaticFiles(tmp_path)


def test_a_name_holds_the_digest_of_the_content(files: StaticFiles, tmp_path: Path) -> None:
    before = files.address("site.css")
    assert before.startswith("/static/site.")
    assert before.endswith(".css")
    (tmp_path / "site.css").write_text("a { color: navy }")
    assert StaticFiles(tmp_path).address("site.css") != before


def test_files_in_folders_and_without_an_ending_have_addresses_too(files: StaticFiles) -> None:
    assert files.address("drawings/hero.svg").startswith("/static/drawings/hero.")
    assert "LICENCE" in files.address("LICENCE")


def test_a_file_that_is_not_there_has_no_address(files: StaticFiles) -> None:
    with pytest.raises(KeyError):
        files.address("nothing.css")


async def test_each_of_ours_is_served_for_a_year(client: httpx2.AsyncClient) -> None:
    ours = StaticFiles(STATIC)
    names = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.is_file()]
    assert "site.css" in names
    for name in names:
        answer = await client.get(ours.address(name))
        assert (answer.status_code, answer.content) == (200, (STATIC / name).read_bytes()), name
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable", name
        assert answer.headers["content-type"] != "application/octet-stream", name


@pytest.mark.parametrize("path", ["/static/", "/static/site.css", "/static/site.00000000.css", "/static/%2e%2e/app.py"])
async def test_nothing_else_is(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_browsers_find_the_icon_they_ask_for_unasked(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "image/svg+xml")
