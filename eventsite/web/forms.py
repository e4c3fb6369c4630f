"""Reading forms: what a browser sent becomes a WTForms form whose every fault has a sentence and whose words are kept.

Public forms are `application/x-www-form-urlencoded` in UTF-8 and nothing else; a field that takes one answer takes one.
"""

import re
import unicodedata
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.datastructures import FormData, ImmutableMultiDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from wtforms import Field, Form, SelectMultipleField, StringField
from wtforms.validators import StopValidation, ValidationError

MOST_FIELDS = 200
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
SILENTLY_LOST = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")

AnyForm = TypeVar("AnyForm", bound="WordsForm")


class WordsForm(Form):
    """A form whose faults are all said: each field's own, characters nobody can read, and answers given twice."""

    def __init__(self, sent: "Sent | None" = None, **given: Any) -> None:
        self.sent = sent or Sent([])
        super().__init__(self.sent if sent is not None else None, **given)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every answer can be used. Sentences stand in `errors`, by field."""
        sound = bool(super().validate(extra_validators))
        for name, field in self._fields.items():
            fault = self.sent.fault(name, takes_many=isinstance(field, SelectMultipleField))
            if fault:
                field.errors = [fault]
                sound = False
        return sound

    def refuse(self, field: str, sentence: str) -> None:
        """Adds a sentence that only the inside could know to a field, or to the first where none is named."""
        target: Field = self._fields.get(field) or next(iter(self._fields.values()))
        target.errors = [*target.errors, sentence]


class Sent(ImmutableMultiDict[str, str]):
    """The answers a browser sent, cleaned for showing again, and which of them could not be read."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        super().__init__([(name, shown(value)) for name, value in pairs])
        self.unreadable = {name for name, value in pairs if UNREADABLE.search(value.replace("\r\n", "\n"))}

    def fault(self, name: str, *, takes_many: bool) -> str | None:
        """What is wrong with how a field was sent, apart from what it says."""
        if name in self.unreadable:
            return "This has characters that cannot be used, shown as \ufffd. Take them out"
        if not takes_many and len(self.getlist(name)) > 1:
            return "This was answered more than once. Give one answer"
        return None


def shown(value: str) -> str:
    """A text as it may be kept and shown: LF, NFC, invisible controls gone, the unreadable as U+FFFD."""
    value = SILENTLY_LOST.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", UNREADABLE.sub("\ufffd", value))


async def read_form(request: Request, form: type[AnyForm], **given: Any) -> AnyForm:
    """The form a browser sent. Raises HTTPException: 415 for another encoding, 413 for too much, 400 for too many."""
    return form(await read_sent(request), **given)


async def read_sent(request: Request) -> Sent:
    """The answers of an urlencoded form, in the order they came. No body at all is a form without answers."""
    if "content-type" not in request.headers and not await request.body():
        return Sent([])
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].strip(' "') or "utf-8"
    if kind.strip() != "application/x-www-form-urlencoded" or charset not in {"utf-8", "utf8"}:
        raise HTTPException(415)
    body = (await request.body()).decode("utf-8", "surrogateescape")
    try:
        return Sent(parse_qsl(body, keep_blank_values=True, errors="surrogateescape", max_num_fields=MOST_FIELDS))
    except ValueError:
        raise HTTPException(400) from None


def sent_of_upload(data: FormData) -> Sent:
    """The text answers of a multipart form on the desk, cleaned in the same way."""
    return Sent([(name, value) for name, value in data.multi_items() if isinstance(value, str)])


class Words(StringField):
    """A line or a paragraph of text: outer spaces trimmed, length counted in characters as the browser counts them."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else ""

    def process_data(self, value: Any) -> None:
        self.data = value or ""


class Needed:
    """Refuses an empty answer with a sentence of the form's own."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(self.sentence)


class AtMost:
    """Refuses more than so many characters, counted as a browser's `maxlength` counts: in UTF-16 code units."""

    def __init__(self, most: int, name: str) -> None:
        self.most = most
        self.name = name

    def __call__(self, form: Form, field: Field) -> None:
        if len((field.data or "").encode("utf-16-le", "surrogatepass")) // 2 > self.most:
            raise ValidationError(f"{self.name} must be {self.most} characters or less")


class OneLine:
    """Folds line breaks and runs of spaces into single spaces: names and titles are one line."""

    def __call__(self, form: Form, field: Field) -> None:
        field.data = " ".join((field.data or "").split())


class Ticked(SelectMultipleField):
    """Boxes of which several may be ticked: each answer once; the form that knows the choices checks them."""

    data: list[str]

    def __init__(self, validators: Any = (), **given: Any) -> None:
        super().__init__(validators=validators, choices=[], validate_choice=False, default=(), **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = list(dict.fromkeys(valuelist))


class Yes(Field):
    """One box: ticked when the answer is `yes`, and by nothing else."""

    data: bool

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist == ["yes"]

    def process_data(self, value: Any) -> None:
        self.data = bool(value)


class Honeypot(Words):
    """A field that people never see and programs fill in. What a person sent in spite of that is not lost."""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if self.data:
            raise ValidationError("Leave this field empty: it is there to catch programs that fill in every field")
