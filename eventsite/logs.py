"""What goes into the log: moments in UTC, levels and sentences, and nothing that says who anybody is."""

import json
import logging
import sys
import time

# These write down addresses or every step of a conversation.
TALKATIVE = ("mail.log", "mail.debug", "mail.error", "aiosmtplib", "asyncio", "piccolo", "uvicorn.access")


class JsonLines(logging.Formatter):
    """One JSON object a line, for machines that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said)


def set_up_logs(style: str, *, level: int = logging.INFO) -> None:
    """Logs to standard error as `text` or `json` (LOG_FORMAT)."""
    stream = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    plain.converter = time.gmtime
    stream.setFormatter(JsonLines() if style == "json" else plain)
    logging.basicConfig(level=level, handlers=[stream], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.ERROR)
