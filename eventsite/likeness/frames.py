"""What kind of answer a question wants: who, when, how much, whether it should be, and so on."""

import re

_CLAUSE = (
    r"(?:^|[,;:.?!–-] ?|"
    r"\b(?:and|or|but|know|say|tell|clear|decide|sure|see|out|understand|of|for|to|by|with|from) )"
)
_FRAMES = {
    "how much": r"\bhow much\b(?! (?:should|can|must))|\bwhat .{0,20}\b(?:cost|price|bill)\b",
    "how many": r"\bhow many\b|\bnumber of\b|\bproportion\b|\bpercentage\b",
    "how long": r"\bhow (?:long|soon|quickly)\b|\bperiod\b",
    "how often": r"\bhow (?:often|common|frequent|frequently|likely|widespread)\b",
    "who": rf"{_CLAUSE}(?:who|whom|whose|which (?:person|roles?|team|people|staff))\b",
    "when": rf"{_CLAUSE}when\b|\bat what point\b|\bwhat stage\b",
    "where": rf"{_CLAUSE}where\b",
    "why": r"\bwhy\b|\bwhat (?:reason|is the reason)|\breasons?\b|\bhow come\b",
    "how": r"\bhow (?:do|can|could|should|would|will|did|might|are|to|is|does|has|have)\b|\bways? (?:to|of)\b"
    r"|\bsteps?\b|\bwhat (?:should|do|can|would|could|must) \w+(?: \w+)? do\b|\bwhat works\b|\bhow best\b",
    "should": r"\b(?:should|must|ought|needs?|have to|has to|required|obliged|right to|better|advisable|sensible"
    r"|necessary)\b",
    "can": r"\b(?:can|could|may|able|allowed|permitted|possible)\b",
    "is": r"^(?:is|are|was|were|does|do|did|has|have|had|will|would)\b",
    "what": r"\bwhat\b|\bwhich\b",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _FRAMES.items()}
PRECISE = frozenset({"how much", "how many", "how long", "how often", "who", "when", "where", "why"})
"""Where one question asks one of these and the other does not, they rarely want the same answer."""


def frames_of(asked: str) -> frozenset[str]:
    """The frames that a question (as `asked_in` gives it) stands in."""
    line = asked.lower()
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(line))
