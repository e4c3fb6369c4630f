"""What is told to have happened or to go on, set apart from what is supposed, asked in general or elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE = re.compile(r"[^.?!\n]+(?:\.(?=\w)[^.?!\n]+)*[.?!\n]*")
_SUPPOSES = re.compile(
    r"\b(?:if|unless|whether|suppose|supposing|imagine|imagining|what\sif|in\scase|ever|hypothetical\w*|scenario|"
    r"theor\w+|pretend|for\sexample|for\sinstance|e\.?g\b|fictional|"
    r"how\s(?:many|often|much|likely|frequently|big)|(?:any|every|each|no)\s(?:patient|trust|hospital|tool|case|time|"
    r"incident)|"
    r"risk\s(?:of|that)|chances?\s(?:of|that)|likelihood|likely|potential\w*|possib\w+|prevent\w*|avoid\w*|to\sstop|"
    r"to\smake\ssure|so\sthat|in\sorder|lest|assum\w+|claims?|myth|rumours?|"
    r"policy|policies|rule|rules|law|guidance|training|test\sdata|simulat\w+|exercise|drill|mock|pretend|"
    r"dummy)\b[^;:.?!\n]*"
    r"|\b(?:would|could|should|might|may|must|shall|can|will)(?!'t|\snot\b|not)\b[^;:,.?!\n]*",
    re.I,
)
_ELSEWHERE = re.compile(
    r"\b(?:(?:in|since|before|of|from|back\sin|the)\s(?:19\d\d|20[01]\d|202[0-4])|(?:years|decades|centuries)\sago|"
    r"historically|history|america\w*|(?-i:USA?)|texas|canada|australia\w*|"
    r"dutch|netherlands|sweden|germany|india|china|abroad|overseas|film|novel|drama|book|bbc|guardian|panorama|"
    r"podcast|newspapers?|headlines?|the\snews|the\spress|reports?\sfrom|"
    r"stud(?:y|ies)|trials?\s(?:found|showed|of)|paper\s(?:in|by|found)|literature|published|inquir(?:y|ies)|"
    r"inquest\sof|scandal|horizon|mid\sstaffs|infected\sblood|letby|shipman|"
    r"synnovis|wannacry|crowdstrike|babylon|robodebt|thalidomide|bristol|morecambe|ockenden|francis|aviation|"
    r"airlines?|pilots|boeing|tesla|uber|post\soffice|coroners\swrite)\b",
    re.I,
)
_ASKS = re.compile(
    r"\W*(?:(?:and|but|so|or|then|also|hi|hello|dear\s\w+|question:?|q:?),?\s)*(?:is|are|was|were|has|have|had|did|"
    r"does|do|am|can|could|should|would|will|may|might|how|why|what|what's|who|who's|"
    r"whose|whom|which|where|when|isn't|aren't|don't|doesn't|shouldn't|wouldn't|won't|hasn't|haven't)\b",
    re.I,
)
_ASKS_ABOUT_IT = re.compile(
    r"\W*(?:(?:and|but|so|then|hi|hello),?\s)*(?:(?:who|where|what|whom|when)\s(?:else\s)?(?:do|can|should|must|"
    r"am)\s(?:i|we)\b(?!\s(?:use|need|know|expect|mean|want|have|call)\b)|why\s(?:did|was|were|has|have|is|are|does|"
    r"do|am)\s"
    r"(?:our|my|the|nobody|no\sone|a\s|an\s|two|three|four|i\b|we\b|it\s|he\s|she\s|they\s|somebody|someone|your|"
    r"that|this)|(?:is|was)\sit\s(?:right|normal|ok|okay|legal|acceptable|allowed|fair)\sthat\s(?:my|our|i|we|they|"
    r"he|she)|"
    r"(?:can|could|would)\s(?:you|the\spanel|anyone|anybody|somebody|someone)\s(?:please\s)?(?:help|tell\s(?:me|"
    r"us)\s(?:why|how|who)|explain\swhy|look\sinto|step\sin)|(?:do|did)\syou\sknow\sthat\s(?:my|our)|"
    r"what\s(?:happens|happened)\snow|am\si\s(?:wrong|right|allowed|safe|protected)|are\swe\s(?:wrong|right|safe)|"
    r"(?:has|have|is|did)\sany(?:one|body)\s(?:else|here)|what\srights\s(?:do|have))",
    re.I,
)
_OURS = re.compile(
    r"\b(?:our|ours|my|we|we've|we're|we'd|i|i've|i'm|im|ive|i'd|me|us|here|mine|myself|ourselves)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and whether it tells."""

    start: int
    end: int
    told: bool


class Told:
    """What of a text tells: the sentences that do, less what stands behind words that suppose."""

    def __init__(self, plain: str) -> None:
        self.sentences = [sentence for sentence in _sentences(plain) if sentence.told]
        self._starts = [sentence.start for sentence in self.sentences]
        self._supposed = [found.span() for found in _SUPPOSES.finditer(plain)] if self.sentences else []
        self._supposed_from = [start for start, _ in self._supposed]
        self.ours = _OURS.search(plain) is not None

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def has(self, at: int) -> bool:
        """Whether a place is told, and not thought of."""
        place = bisect_right(self._starts, at) - 1
        if place < 0 or at >= self.sentences[place].end:
            return False
        before = bisect_left(self._supposed_from, at) - 1
        return before < 0 or not (self._supposed[before][0] >= self._starts[place] and at < self._supposed[before][1])


def _sentences(plain: str) -> Iterator[Sentence]:
    for found in SENTENCE.finditer(plain):
        said = found[0]
        asks = _ASKS.match(said) is not None and not _ASKS_ABOUT_IT.match(said)
        yield Sentence(*found.span(), told=not asks and _ELSEWHERE.search(said) is None)
