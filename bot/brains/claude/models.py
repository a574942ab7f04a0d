"""What is particular to a model: its prices, and how it is told not to ponder before it speaks.

Prices: https://platform.claude.com/docs/en/about-claude/pricing, settings: each model's page; read in November 2026.
"""

from dataclasses import dataclass
from typing import Any

from anthropic.types import MessageDeltaUsage, Usage

DEFAULT_MODEL = "claude-sonnet-5-5"
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Prices in millionths of a US dollar for a million tokens. `settings`: more fields of a request.

    `most`: tokens that an answer may take, thinking included."""

    fresh: int
    written: int
    cached: int
    out: int
    settings: dict[str, Any]
    most: int = 2048


_LOW = {"output_config": {"effort": "low"}}
# By the start of the model's id. Sonnet 5.5 refuses "disabled" and has "between_tools" for it.
_MODELS = {
    "claude-sonnet-5-5": Model(
        fresh=2_000_000, written=2_500_000, cached=100_000, out=10_000_000,
        settings={"thinking": {"type": "between_tools"}, **_LOW},
    ),
    "claude-haiku-5-5": Model(
        fresh=100_000, written=125_000, cached=10_000, out=500_000, settings={"thinking": {"type": "disabled"}, **_LOW}
    ),
    "claude-haiku-4-5": Model(fresh=1_000_000, written=1_250_000, cached=100_000, out=5_000_000, settings={}),
}  # fmt: skip
# One that is not known here thinks as it likes and counts as the dearest.
_OTHER = Model(fresh=10_000_000, written=12_500_000, cached=1_000_000, out=50_000_000, settings={}, most=8192)


def model_of(id: str) -> Model:
    """What is known of a model by its id."""
    return next((model for start, model in _MODELS.items() if id.startswith(start)), _OTHER)


class Bill:
    """What one request has cost so far: `due()` is the part that was not asked for before, in millionths of a dollar.

    The API counts tokens read from the cache and written to it apart from the fresh ones, and tells them twice: at the
    beginning and, as totals, at the end."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._fresh = self._written = self._cached = self._out = 0
        self._told = 0

    def add(self, usage: Usage | MessageDeltaUsage) -> None:
        """Take over the totals so far; what is not told stays as it was."""
        self._fresh = _or(usage.input_tokens, self._fresh)
        self._written = _or(usage.cache_creation_input_tokens, self._written)
        self._cached = _or(usage.cache_read_input_tokens, self._cached)
        self._out = _or(usage.output_tokens, self._out)

    def guess(self, characters: int) -> None:
        """A stream was cut: what came of it has to be paid for, at three characters a token."""
        self._out = max(self._out, characters // 3)

    def due(self) -> int:
        m = self._model
        total = self._fresh * m.fresh + self._written * m.written + self._cached * m.cached + self._out * m.out
        micros = -(-total // _MILLION)
        told, self._told = self._told, micros
        return micros - told


def _or(told: int | None, known: int) -> int:
    return known if told is None else told
