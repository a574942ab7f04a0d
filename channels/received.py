"""What networks send, taken in the shape that we know of it; and small memories of what was seen lately."""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")
K = TypeVar("K")
_AT, _STEP = re.compile(r" - at `\$([^`]*)`"), re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_HALF = re.compile(r"(\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|\\[^u])|\\u[dD][89a-fA-F]\w\w")
_FORM, _MOST_FIELDS = "application/x-www-form-urlencoded", 100
_REPAIRS, _DEEPEST = 300, 40


def taken(shape: type[S], found: object) -> S | None:
    """What was received in its shape, without nulls and without the parts that have another one, however deep they
    stand; numbers stand for the same in letters. None if it is no object, or without what its shape cannot do without.
    """
    if not isinstance(found, dict):
        return None
    kept = without_nulls(found)
    for _ in range(_REPAIRS):
        try:
            return msgspec.convert(kept, shape, strict=False)
        except (msgspec.ValidationError, TypeError, RecursionError) as wrong:
            at = _AT.search(str(wrong))
            if at is None or not _mended(kept, [m[1] or m[2] for m in _STEP.finditer(at[1])], str(wrong)):
                return None
    return None


def _mended(found: Any, path: Sequence[str], wrong: str) -> bool:
    """Whether what stands at this path, where msgspec found something wrong, is taken out now, or written as text; in a

    list with all that are of its kind."""
    holder: Any = None
    at: Any = None
    for step in path:
        holder, at = found, int(step) if isinstance(found, list) and step.isdecimal() else step
        try:
            found = holder[at]
        except (KeyError, IndexError, TypeError):
            return False
    if holder is None:
        return False
    listed = isinstance(holder, list) and not isinstance(found, dict | list)
    text = isinstance(found, int | float) and not isinstance(found, bool) and wrong.startswith("Expected `str`")
    for n in [n for n, one in enumerate(holder) if type(one) is type(found)][::-1] if listed else [at]:
        if text:
            holder[n] = str(holder[n])
        else:
            del holder[n]
    return True


def without_nulls(found: Any, depth: int = 0) -> Any:
    """The same without what is null, where that is as good as absent, and without halves of letters."""
    if depth > _DEEPEST:
        return None
    if isinstance(found, dict):
        return {whole(str(k)): without_nulls(v, depth + 1) for k, v in found.items() if v is not None}
    if isinstance(found, list):
        return [without_nulls(v, depth + 1) for v in found]
    return whole(found) if isinstance(found, str) else found


def whole(text: str) -> str:
    """The same with "�" for halves of letters, which a network's SDK may leave and no Store keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def decoded(body: bytes | str) -> Any:
    """The JSON value, or None. Halves of letters, as a network leaves them that cuts texts, are taken for "�"."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        try:
            text = body.decode() if isinstance(body, bytes) else body
            return msgspec.json.decode(_HALF.sub(lambda m: m[1] or "�", text))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None


def opened(text: str) -> dict[str, Any]:
    """The JSON object in a text, empty if there is none."""
    found = decoded(text)
    return found if isinstance(found, dict) else {}


def inside(found: object, *path: str) -> dict[str, Any]:
    """The object that stands at this path, empty if none does."""
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def listed(found: Mapping[str, Any], name: str) -> list[Any]:
    """The list of that name, empty if there is none."""
    there = found.get(name)
    return there if isinstance(there, list) else []


def posted(body: bytes, kind: str, inside: str) -> dict[str, Any] | None:
    """What was posted as JSON, as a form, or as JSON in a form's field `inside`; None if it is no object or empty.

    `kind`: the content type."""
    if not kind.startswith(_FORM):
        found = decoded(body)
        return found if isinstance(found, dict) and found else None
    try:
        form = dict[str, Any](parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return None
    return posted(str(form[inside]).encode(), "", "") if inside in form else form or None


def shaped(found: Mapping[str, Any], shapes: Mapping[str, tuple[type, ...]], depth: int = 4) -> dict[str, Any]:
    """The same without fields of another type than `shapes` says; lists among them are of objects, and what is deeper
    than `depth` is not looked at but left out."""
    kept = {name: value for name, value in found.items() if isinstance(value, shapes.get(name, object))}
    for name in kept.keys() & shapes.keys() if depth else ():
        if isinstance(value := kept[name], dict):
            kept[name] = shaped(value, shapes, depth - 1)
        elif isinstance(value, list):
            kept[name] = [shaped(one, shapes, depth - 1) for one in value if isinstance(one, dict)]
    return kept if depth else {}


def keep(kept: OrderedDict[K, T], key: K, value: T, most: int = 20_000) -> T:
    """Remember a value, and the newest `most` of them."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
    return value
