"""What a delivery is, whoever carries it out, and the ways in which it fails."""

from typing import Protocol


class DeliveryFailure(Exception):
    """A letter was not delivered. The text is the mail server's own words: for organisers, never for a log."""

    def __init__(self, words: str, *, uncertain: bool = False) -> None:
        super().__init__(words)
        self.uncertain = uncertain


class Transient(DeliveryFailure):
    """It may work later. `uncertain`: the line broke after the letter was handed over, so it may have arrived."""


class Unreachable(Transient):
    """No server to talk to: no letter's fault, and the same for the next one."""


class Permanent(DeliveryFailure):
    """This letter will never be taken. `status` is what the server said of the recipient, such as 5.1.1 (RFC 3463)."""

    def __init__(self, words: str, *, status: str = "") -> None:
        super().__init__(words)
        self.status = status


class Misconfigured(DeliveryFailure):
    """Our settings are wrong (credentials, encryption, the sender's address): no letter's fault."""


class Transport(Protocol):
    """Hands one finished letter at a time to a mail server."""

    async def deliver(self, sender: str, recipient: str, content: bytes, *, letter_id: str = "") -> None:
        """Return once the server has said yes; raise a DeliveryFailure otherwise.

        `letter_id` is what a notice about the letter may name it by.
        """

    async def close(self) -> None:
        """Say goodbye to the server, if anybody is there. Never raises; the transport may be used again."""
