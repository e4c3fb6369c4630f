"""What a preview is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from eventsite.backoffice.letter_samples_cast import Cast
from eventsite.mail.letters import Letter


@dataclass(frozen=True)
class Example:
    """One letter as it may come; `case` tells it from the others of its kind, where there are any."""

    write: Callable[[Cast], Letter]
    case: str = ""


class LetterKind:
    """A kind of letter, by the folder of its templates (`room/name`), and when it is sent, as a sentence."""

    def __init__(self, kind: str, when: str, *examples: Example) -> None:
        self.kind = kind
        self.when = when
        self.examples = examples
        self.room, _, self.name = kind.partition("/")
