"""ical.js, the reader of calendars in Thunderbird and Nextcloud, asked through node on a machine in New York."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("read_with_icaljs.mjs")
_PACKAGE = Path(__file__).parent.parent / "node_modules" / "ical.js"


@dataclass(frozen=True)
class IcalJs:
    """Node, and what the tests ask of it."""

    node: str

    def read(self, written: bytes) -> dict[str, Any]:
        """`name`, `refresh`, `method` and `events` as ical.js understands them: moments in UTC, ISO 8601.

        Of several calendars one after the other: those of the first, and the events of all.
        """
        environment = {**os.environ, "TZ": "America/New_York"}
        done = subprocess.run([self.node, _SCRIPT], input=written, env=environment, capture_output=True, check=True)
        reading: dict[str, Any] = json.loads(done.stdout)
        return reading


def find_icaljs() -> IcalJs | None:
    """Node with ical.js where both are installed (`npm install --prefix tests`)."""
    node = shutil.which("node")
    return IcalJs(node) if node and _PACKAGE.is_dir() else None
