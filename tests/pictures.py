"""`python -m tests.pictures`: makes README's pictures again, in `.readme/`, from a demonstration started for them.

Needs Debian's `chromium`. The demonstration is a fresh one, so that only its own content is in the pictures.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.choosing import CHROMIUM
from tests.journeys.sites import Site, demonstration
from tests.journeys.steps import MIDLANDS_PANEL, WRITEUP, sign_in

FOLDER = Path(__file__).parent.parent / ".readme"
WIDTH = 1280
LARGEST = 150_000
COLOURS = 256


def take(page: Page, name: str, *, height: int, top: int = 0) -> None:
    """Keeps `height` pixels of the page from `top` down, with few colours. Fails where the file is too large."""
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": top, "width": WIDTH, "height": height})
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
    assert path.stat().st_size < LARGEST, f"{path.name} has {path.stat().st_size} bytes, the most are {LARGEST}"
    print(f"{path.name}: {path.stat().st_size // 1000} kB")


def home(page: Page, _site: Site) -> None:
    """The first page: what the network is, and the coming events."""
    page.goto("/")
    take(page, "home", height=1290)


def event(page: Page, _site: Site) -> None:
    """An event and its programme."""
    page.goto(MIDLANDS_PANEL.partition("/sessions/")[0])
    take(page, "event", height=1240)


def writeup(page: Page, _site: Site) -> None:
    """The head of a write-up, its picture and its panel."""
    page.goto(WRITEUP)
    take(page, "writeup", height=1300)


def queue(page: Page, site: Site) -> None:
    """The moderators' queue, at a question being turned down."""
    sign_in(page, site)
    page.goto("/organise/questions")
    page.locator(".queue-item summary").first.click()
    take(page, "queue", height=1000)


PICTURES: tuple[Callable[[Page, Site], None], ...] = (home, event, writeup, queue)


def main() -> None:
    """Takes every picture."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demonstration(Path(folder), None) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page(base_url=site.url, viewport={"width": WIDTH, "height": 900})
        for picture in PICTURES:
            picture(page, site)
        browser.close()


if __name__ == "__main__":
    main()
