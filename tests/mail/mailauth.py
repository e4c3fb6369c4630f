"""mailauth, a checker of signatures that is none of ours and none of Python's, asked through node."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_name("verify_with_mailauth.mjs")
_PACKAGE = Path(__file__).parent.parent / "node_modules" / "mailauth"


@dataclass(frozen=True)
class Mailauth:
    """Node, and what the tests ask of it."""

    node: str

    def check(self, letter: bytes, records: dict[str, str]) -> list[dict[str, Any]]:
        """Each signature: `result` (pass, fail, neutral …), the `domain` it is `aligned` with, what it is `over`."""
        command = [self.node, str(_SCRIPT), json.dumps(records)]
        done = subprocess.run(command, input=letter, capture_output=True, check=True)
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return found


def find_mailauth() -> Mailauth | None:
    """Node with mailauth where both are installed (`npm install --prefix tests`)."""
    node = shutil.which("node")
    return Mailauth(node) if node and _PACKAGE.is_dir() else None
