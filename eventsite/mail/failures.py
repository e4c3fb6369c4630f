"""What went wrong at which step of a conversation (RFC 5321), sorted into what passes, what stays, and what is ours."""

import re
from enum import Enum

from eventsite.mail.delivery import DeliveryFailure, Misconfigured, Permanent, Transient, Unreachable

_LONGEST_WORDS = 500
# Whatever they answer to, these replies speak of us and not of the letter: "authenticate first", "wrong credentials",
# and Exchange's "you may not send as this address".
_CREDENTIAL_CODES = {530, 534, 535, 538}
_SENDER_DENIED = re.compile(r"5\.7\.60\b|5\.2\.252\b|SendAsDenied")
_STATUS = re.compile(r"[0-9]{3}[ -]([245]\.[0-9]{1,3}\.[0-9]{1,3})\b")


class Step(Enum):
    """How far a conversation has come: what a failure means depends on it."""

    CONNECT = "connecting, greeting, encrypting and signing in"
    SENDER = "naming the sender"
    RECIPIENT = "naming the recipient"
    CONTENT = "handing over the letter"


def sort_failure(error: Exception, step: Step, *, secrets: tuple[str, ...] = ()) -> DeliveryFailure:
    """What an error at this step means for the letter and for those behind it. RFC 5321, section 4.2.1.

    The failure keeps the server's words, without our own secrets where a server repeats them.
    """
    words = _words(error, secrets)
    code = getattr(error, "code", None)
    if code is None:
        return _sort_silence(error, step, words)
    if _speaks_of_us(code, words, step):
        return Misconfigured(words)
    if 500 <= code < 600:
        return Permanent(words, status=_status(words) if step is Step.RECIPIENT else "")
    return Unreachable(words) if step is Step.CONNECT else Transient(words)


def _sort_silence(error: Exception, step: Step, words: str) -> DeliveryFailure:
    if isinstance(error, (OSError, TimeoutError)):
        if step is Step.CONNECT:
            return Unreachable(words)
        return Transient(words, uncertain=step is Step.CONTENT)
    # No STARTTLS, no way to sign in; or a letter too large, or an address that cannot be written in a command.
    return Misconfigured(words) if step is Step.CONNECT else Permanent(words)


def _speaks_of_us(code: int, words: str, step: Step) -> bool:
    if not 500 <= code < 600:
        return False
    too_large = code == 552
    at_fault = step is Step.CONNECT or (step is Step.SENDER and not too_large)
    return at_fault or code in _CREDENTIAL_CODES or bool(_SENDER_DENIED.search(words))


def _status(words: str) -> str:
    """The enhanced status code (RFC 3463) behind the reply code, as in `550 5.1.1 No such user`; empty without one."""
    match = _STATUS.match(words)
    return match[1] if match else ""


def _words(error: Exception, secrets: tuple[str, ...]) -> str:
    code = getattr(error, "code", None)
    said = str(getattr(error, "message", "") or error or type(error).__name__)
    for secret in filter(None, secrets):
        said = said.replace(secret, "…")
    said = " ".join(said.encode("utf-8", "replace").decode().split())
    return (f"{code} {said}" if code else said)[:_LONGEST_WORDS]
