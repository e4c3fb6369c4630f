"""What the house says no with: exceptions whose text the visitor may read."""


class Refusal(Exception):
    """A deed that was not done. `str(refusal)` is one sentence in plain English, fit to show to whoever asked.

    `field` names the form field the sentence belongs to, where there is one.
    """

    field: str = ""

    def __init__(self, sentence: str = "", *, field: str = "") -> None:
        super().__init__(sentence or (self.__doc__ or "That could not be done.").strip())
        self.field = field or type(self).field


class NotFound(Refusal):
    """There is nothing here, or nothing that you may see."""
