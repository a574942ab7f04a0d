"""What people may ask of the simulator over HTTP, checked once at the edge."""

import base64
import binascii
import re
import unicodedata
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.names import alphabets
from bot.redact import redact
from channels.simulator.names import look
from channels.simulator.outbound import CARAVAN
from channels.simulator.refusals import Refusal, malformed, too_large

TEXT_LIMIT = 20_000
FILES_LIMIT = 10
LONGEST_WAIT = 25.0
_WHOLE = 2**53
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_JOINERS = "\u200c\u200d"
# Letters and signs that are drawn as nothing.
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# Marks that embed, override or isolate the direction of writing.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Alphabets that share the look of some letters.
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"))

M = TypeVar("M", bound=BaseModel)


def _writable(text: str) -> str:
    """Any text but one with a NUL or a lone surrogate."""
    if _UNWRITABLE.search(text):
        raise PydanticCustomError("unwritable", "it holds a character that cannot be written")
    return text


def _name(text: str) -> str:
    """A name or title on one line, without control characters or ones that turn the writing around."""
    name = " ".join(unicodedata.normalize("NFC", _writable(text)).split())
    if not name:
        raise PydanticCustomError("empty", "it is empty")
    if any(unicodedata.category(c) in ("Cc", "Cn", "Co") or c in _TURNING for c in name):
        raise PydanticCustomError("unwritable", "it holds a character that cannot be in a name")
    return name


def _person(text: str) -> str:
    """A name of one alphabet of which nothing is invisible, so that nobody looks like somebody else, and not ours."""
    name = unicodedata.normalize("NFKC", _name(text))
    mixed = sorted(alphabets(name) & _ALIKE)
    if len(mixed) > 1:
        raise PydanticCustomError("mixed", f"it mixes letters that look alike: {' and '.join(mixed).title()}")
    if any(_unseen(c, before) for c, before in zip(name, f" {name}", strict=False)):
        raise PydanticCustomError("unseen", "it holds a character that nobody can see")
    if look(name) == look(CARAVAN):
        raise PydanticCustomError("ours", "that is my own name")
    return name


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _unseen(c: str, before: str) -> bool:
    """Whether a character shows nothing; joiners are needed within scripts and emoji, never after ASCII."""
    if c in _JOINERS:
        return before.isascii()
    return c in _BLANKS or unicodedata.category(c) == "Cf"


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _WHOLE else value


def _with_plus(at: Any) -> Any:
    """A time whose + was read as a space, as addresses have it."""
    return re.sub(r" (?=\d\d:\d\d$)", "+", at) if isinstance(at, str) and "T" in at else at


Text = Annotated[str, Field(max_length=TEXT_LIMIT), AfterValidator(_writable)]
Word = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_writable)]
Name = Annotated[str, Field(max_length=80), AfterValidator(_person)]
Title = Annotated[str, Field(max_length=200), AfterValidator(_name), AfterValidator(redact)]
RequestId = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_writable), BeforeValidator(_as_text)]
Scalar = Annotated[str, Field(max_length=2000), AfterValidator(_writable)] | int | float | bool | None


class Request(BaseModel):
    """A POST. `id`: the same id twice is one event."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)
    id: RequestId = ""


class NewPlace(Request):
    title: Title = ""
    people: Annotated[list[Name], Field(min_length=1, max_length=200)]
    kind: Literal["group", "direct"] = "group"
    like: Literal["telegram", "slack", "discord", "whatsapp", ""] | None = None
    account: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")] = "main"


class Members(Request):
    place: Word
    add: Annotated[list[Name], Field(max_length=200)] = []
    remove: Annotated[list[Name], Field(max_length=200)] = []


class Act(Request):
    place: Word
    person: Name = Field(alias="as")


class Upload(BaseModel):
    model_config = Request.model_config
    name: Title
    mime: Annotated[str, Field(pattern=r"^[\w.+-]{1,60}/[\w.+-]{1,60}$")] = "application/octet-stream"
    base64: str

    def data(self) -> bytes:
        """The bytes; refused with 400 if they are not base64."""
        try:
            return base64.b64decode(self.base64, validate=True)
        except (binascii.Error, ValueError) as cause:
            raise malformed(f"the file {self.name} is not valid base64") from cause


class Location(BaseModel):
    model_config = Request.model_config
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Say(Act):
    text: Text = ""
    language: Annotated[str, Field(max_length=35)] | None = None
    reply_to: Word | None = None
    files: Annotated[list[Upload], Field(max_length=FILES_LIMIT)] = []
    location: Location | None = None


class Edit(Act):
    entry: Word
    text: Text


class Delete(Act):
    entry: Word


class React(Act):
    entry: Word
    emoji: Annotated[str, Field(max_length=32), AfterValidator(_writable), AfterValidator(redact)]


class Press(Act):
    entry: Word
    button: Word
    values: Annotated[dict[Word, Scalar], Field(max_length=50)] = {}


class Advance(Request):
    advance: Annotated[str, Field(max_length=40)]


class NewFault(Request):
    target: Annotated[str, Field(max_length=40)]
    kind: Annotated[str, Field(max_length=40)]
    match: Annotated[str, Field(max_length=200), AfterValidator(_writable)] = ""
    times: int = 1
    by: int = 0


class Transcript(BaseModel):
    """The query of GET /simulator/transcript."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)
    place: Word
    person: Annotated[str, Field(max_length=80), AfterValidator(_writable), AfterValidator(_composed)] = Field(
        "", alias="as"
    )
    after: Annotated[int, Field(ge=0, le=_WHOLE)] = 0
    wait: Annotated[float, Field(ge=0)] = 0.0


class Viewer(BaseModel):
    """The query of GET /simulator/places: for whom."""

    model_config = ConfigDict(frozen=True)
    person: Annotated[str, Field(max_length=80), AfterValidator(_writable), AfterValidator(_composed)] = Field(
        "", alias="as"
    )


class Lookup(BaseModel):
    """The query of GET /simulator/world."""

    model_config = ConfigDict(frozen=True)
    ref: Word
    at: Annotated[AwareDatetime, BeforeValidator(_with_plus)]


def parse(model: type[M], body: bytes) -> M:
    """A request from JSON; refused with 400 or, for what is too long, 413."""
    try:
        return model.model_validate_json(body)
    except ValidationError as wrong:
        raise _refusal(wrong) from wrong


def parse_query(model: type[M], query: dict[str, str]) -> M:
    """A request from an address; refused with 400."""
    try:
        return model.model_validate(query)
    except ValidationError as wrong:
        raise _refusal(wrong) from wrong


def _refusal(wrong: ValidationError) -> Refusal:
    first = wrong.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(step) for step in first["loc"]).encode("utf-8", "replace").decode()[:100]
    if first["type"] == "string_too_long":
        return too_large(f"{where} is too long: {first['msg']}")
    if first["type"] == "json_invalid":
        return malformed("the body is not valid JSON")
    if first["type"] == "extra_forbidden":
        return malformed(f"there is no field {where!r} here")
    return malformed(f"{where}: {first['msg']}" if where else str(first["msg"]))
