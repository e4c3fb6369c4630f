"""The words of a text: what is asked without the courtesies around it, folded and without their endings."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")
_COURTESY = re.compile(
    r"""\b(?:
        (?:i|we) \s (?:would|'d) \s (?:like|love) \s to \s (?:ask|know|hear|understand)
            (?: \s (?:from \s)? the \s panel)? (?: \s (?:about|whether|if))?
      | (?:please \s)? (?:could|can|would) \s (?:the \s panel|you|panellists|somebody|anyone) \s (?:please \s)?
            (?:tell \s us|say|explain|comment \s on|share|describe) (?: \s more)? (?: \s (?:about|whether|if))?
      | in \s your \s (?:view|opinion|experience)
      | what (?: \s is|'s) \s (?:the \s panel's|your) \s (?:view|opinion|advice|take|thoughts?) \s (?:on|about)
      | (?:do \s you|does \s the \s panel) \s think (?: \s that)? | would \s you \s say (?: \s that)?
      | i \s (?:wonder(?:ed)?|am \s wondering) (?: \s (?:whether|if))?
      | (?:my|a) \s question \s (?:is|about|on) (?: \s (?:whether|if|about))?
      | (?:many \s)? thank (?:s| \s you) (?: \s (?:very|so) \s much)?
      | please | hello | hi | dear | good \s (?:morning|afternoon|evening)
      | (?:for|to) \s the \s panel | as \s (?:a \s trust|an \s organisation)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_IRREGULARS = """am=be are=be is=be was=be were=be been=be being=be has=have had=have does=do did=do done=do goes=go
    began=begin begun=begin bought=buy brought=bring built=build chose=choose chosen=choose fallen=fall fell=fall
    found=find gave=give given=give gone=go went=go got=get held=hold kept=keep knew=know known=know led=lead left=leave
    lost=lose made=make meant=mean paid=pay ran=run said=say says=say saw=see seen=see sold=sell spent=spend taken=take
    took=take taught=teach thought=think told=tell understood=understand won=win written=write wrote=write
    people=person children=child women=woman men=man best=good better=good worst=bad worse=bad
    own=own owns=ownership owned=ownership owner=ownership owners=ownership owning=ownership note=notat notes=notat
    noted=notat offer=offr offers=offr offered=offr offering=offr maker=makr makers=makr policy=polici policies=polici
    apply=applic applies=applic applied=applic applying=applic"""
_IRREGULAR: dict[str, str] = dict(pair.split("=") for pair in _IRREGULARS.split())
# The longest first. What is left has three letters or more, and a vowel.
_ENDINGS = (
    "ization", "isation", "ational", "fulness", "iveness", "ability", "ibility", "ically", "ations", "ation", "ition",
    "ement", "ments", "ment", "ness", "ally", "ible", "able", "ance", "ence", "ancy", "ency", "ingly", "edly", "ising",
    "izing", "ised", "ized", "ise", "ize", "ing", "ity", "ive", "ion", "ers", "ors", "ies", "ied", "ily", "ful", "ed",
    "er", "or", "ly", "al", "y", "e",
)  # fmt: skip


class Word(NamedTuple):
    """A word as it was written (without accents), and what it shares with its other forms."""

    written: str
    stem: str


def folded(text: str) -> str:
    """The same text without accents and with straight apostrophes, all else as it was."""
    letters = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def asked_in(text: str) -> str:
    """What a text asks: its sentences with a question mark if it has one, folded and without courtesies."""
    plain = folded(text)
    questions = [part for part in _SENTENCE.findall(plain) if "?" in part]
    kept = " ".join(questions) if questions else plain
    bare = " ".join(_COURTESY.sub(" ", kept).split()).strip(" ,")
    return bare if len(_WORD.findall(bare)) > 1 else kept


def words_of(plain: str) -> list[Word]:
    """The words of a folded text in order; "cannot" and "don't" are two each."""
    found = []
    for match in _WORD.finditer(plain):
        low = match[0].lower()
        if low == "cannot" or low.endswith("n't"):
            found.append(Word(match[0], stem({"cannot": "can", "can't": "can", "won't": "will"}.get(low, low[:-3]))))
            low = "not"
        found.append(Word(match[0], stem(low)))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word shares with its other forms: "procuring" and "procurement" both become "procur"."""
    word = re.sub(r"'(?:s|re|ve|ll|d|m)$", "", word).replace("'", "")
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or any(letter.isdigit() for letter in word):
        return word
    return _without_ending(_singular(word))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        start = word[: -len(ending)]
        if len(start) >= 3 and word.endswith(ending) and any(letter in "aeiouy" for letter in start):
            is_doubled = len(start) > 3 and start[-1] == start[-2] and start[-1] not in "lsz"
            if ending in ("ed", "ing", "y") and start.endswith(("er", "or")):
                return _without_ending(start)
            return start[:-1] if is_doubled else start
    return word
