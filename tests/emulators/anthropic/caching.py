"""The prompt cache: what of a request is read from it, written to it, and fresh. Tools come first, then system, then
messages; a mark of `cache_control` ends a prefix that is kept, and up to twenty blocks before it are looked at."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

SMALLEST = 512
_LOOK_BACK = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Tokens of a request, at four characters each; the three add up to all of it."""

    fresh: int
    written: int
    read: int

    @property
    def usage(self) -> dict[str, Any]:
        """As the API tells it: `input_tokens` are the fresh ones alone."""
        return {
            "input_tokens": self.fresh, "cache_creation_input_tokens": self.written,
            "cache_read_input_tokens": self.read,
        }  # fmt: skip


class PromptCache:
    """Prefixes by what they are made of; they do not grow old here."""

    def __init__(self) -> None:
        self._kept: set[str] = set()

    def count(self, request: dict[str, Any]) -> Counted:
        """Count a request and keep its marked prefixes."""
        ends, total, state = [], 0, hashlib.sha256(str(request["model"]).encode())
        marks = []
        for n, block in enumerate(_blocks(request)):
            bare = json.dumps({k: v for k, v in block.items() if k != "cache_control"}, sort_keys=True)
            state.update(bare.encode())
            total += max(1, len(bare) // 4)
            ends.append((state.hexdigest(), total))
            if "cache_control" in block:
                marks.append(n)
        read = max((self._found(ends, n) for n in marks), default=0)
        kept = max((ends[n][1] for n in marks if ends[n][1] >= SMALLEST), default=0)
        self._kept.update(ends[n][0] for n in marks if ends[n][1] >= SMALLEST)
        return Counted(fresh=total - max(read, kept), written=max(kept - read, 0), read=read)

    def _found(self, ends: list[tuple[str, int]], mark: int) -> int:
        back = range(mark, max(-1, mark - _LOOK_BACK), -1)
        return next((ends[n][1] for n in back if ends[n][0] in self._kept), 0)


def _blocks(request: dict[str, Any]) -> list[dict[str, Any]]:
    system = request.get("system") or []
    blocks = [*request.get("tools", ()), *([{"text": system}] if isinstance(system, str) else system)]
    for message in request["messages"]:
        content = message["content"]
        inner = [{"type": "text", "text": content}] if isinstance(content, str) else content
        blocks += [{"role": message["role"], **block} for block in inner]
    return blocks
