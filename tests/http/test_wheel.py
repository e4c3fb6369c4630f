"""The wheel, installed with the pinned requirements far from the checkout, is the whole product."""

import asyncio
import os
import signal
import subprocess
import sys
import venv
import zipfile
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio

from tests.guards.source import ROOT
from tests.servers import PATIENCE, answered, free_port

# It brings a database of its own along, so that once is enough.
pytestmark = [pytest.mark.slow, pytest.mark.only_on("sqlite")]


def pip(python: Path | str, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip(sys.executable, "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("eventsite-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment in which nothing but the product is installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    pip(python, "install", "--quiet", "--require-hashes", "--requirement", str(ROOT / "requirements.txt"))
    pip(python, "install", "--quiet", "--no-deps", str(wheel))
    pip(python, "check")
    return folder / "bin"


@pytest_asyncio.fixture(loop_scope="session")
async def demo(installed: Path, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A reader of the demonstration, started in an empty folder with nothing configured."""
    port = free_port()
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = (installed / "eventsite", "demo", "--port", str(port))
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment, stdout=PIPE, stderr=STDOUT)
    address = f"http://127.0.0.1:{port}"
    await answered(f"{address}/livez", process)
    async with httpx2.AsyncClient(base_url=address) as reader:
        yield reader
    process.send_signal(signal.SIGINT)
    said, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert b"Traceback" not in said, said.decode()


def test_the_wheel_holds_templates_static_files_migrations_and_its_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("templates", "static", "migrations"):
        ours = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*.*") if path.is_file()}
        there = {
            name.removeprefix(f"eventsite/_{folder}/") for name in names if name.startswith(f"eventsite/_{folder}/")
        }
        assert {name for name in ours if "__pycache__" not in name} <= there
    assert any(name.endswith("LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests", ".ci"))]


async def test_the_demonstration_runs_from_it(demo: httpx2.AsyncClient, installed: Path, tmp_path: Path) -> None:
    home = await demo.get("/")
    assert home.status_code == 200
    assert "HPN Midlands" in home.text
    for path in ("/interest", "/writeups", "/events", "/dev/mailbox", "/readyz"):
        assert (await demo.get(path)).status_code == 200, path
    stylesheet = home.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert (await demo.get(stylesheet)).headers["content-type"] == "text/css; charset=utf-8"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["var"]


def test_it_is_the_installed_one_that_ran(installed: Path, tmp_path: Path) -> None:
    code = "import eventsite.paths as paths; print(paths.TEMPLATES, paths.STATIC, paths.MIGRATIONS, sep='\\n')"
    done = subprocess.run([installed / "python", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    folders = [Path(line) for line in done.stdout.splitlines()]
    assert all(folder.is_relative_to(installed.parent) and folder.is_dir() for folder in folders)
