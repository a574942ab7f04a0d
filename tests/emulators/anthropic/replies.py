"""What the emulated model answers: blocks, how it ends, and everything that can go wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words, streamed in pieces of about four characters, as tokens are."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Thinking:
    """A note between tool calls, signed."""

    thinking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A call of a tool. `raw`: sent instead of `input` as JSON, to be as malformed as you like."""

    name: str
    input: dict[str, Any] = field(default_factory=dict)
    raw: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """`stop`: the stop reason, by default what the blocks mean. `pause`: seconds before each piece; `silence`: before
    the first one. `cut_after`: the connection breaks after so many events; `error_after`: an error event of type
    `error` comes instead. `unknown`: an event of a type that did not exist when clients were written is mixed in."""

    blocks: Sequence[Text | Thinking | Use] = ()
    stop: str = ""
    pause: float = 0.0
    silence: float = 0.0
    cut_after: int | None = None
    error_after: int | None = None
    error: str = "overloaded_error"
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An answer that is an error, such as 529 overloaded_error."""

    status: int
    type: str = ""
    message: str = "arranged by the test"
    headers: dict[str, str] = field(default_factory=dict)


Mind = Callable[[dict[str, Any]], Reply | Failure]


def says(*texts: str, **more: Any) -> Reply:
    """A Reply of words alone."""
    return Reply(blocks=tuple(Text(text=t) for t in texts), **more)


def uses(name: str, /, words: str = "", **given: Any) -> Reply:
    """A Reply that calls one tool."""
    call = Use(name=name, input=given)
    return Reply(blocks=(Text(text=words), call) if words else (call,))
