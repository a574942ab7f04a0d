"""One streamed answer of the Messages API: its events become words and calls, its end is judged."""

import json
from collections.abc import Iterator
from typing import Any

from anthropic.types import RawMessageStreamEvent

from bot.brains.claude.models import Bill
from bot.errors import Undeliverable
from bot.minds import Cost, Step, Words
from bot.ports import Call


class Hearing:
    """Takes events in order. `text`: all words so far."""

    def __init__(self, bill: Bill) -> None:
        self._bill = bill
        self._blocks: dict[int, dict[str, Any]] = {}
        self._inputs: dict[int, str] = {}
        self._why: str | None = None
        self._ended = False
        self.text = ""

    def heard(self, event: RawMessageStreamEvent) -> Iterator[Step]:
        """What an event brings; one of a kind that did not exist when this was written brings nothing."""
        if event.type == "message_start":
            self._bill.add(event.message.usage)
            yield Cost(micros=self._bill.due())
        elif event.type == "content_block_start":
            self._blocks[event.index] = event.content_block.model_dump(exclude_none=True)
            yield Words(text="")
        elif event.type == "content_block_delta":
            yield from self._delta(event.index, event.delta.model_dump())
        elif event.type == "message_delta":
            self._bill.add(event.usage)
            self._why = event.delta.stop_reason
        elif event.type == "message_stop":
            self._ended = True

    def _delta(self, index: int, delta: dict[str, Any]) -> Iterator[Step]:
        block = self._blocks.get(index)
        if block is None:
            raise Undeliverable("a piece of a block that never began")
        if delta["type"] == "text_delta":
            block["text"] = block.get("text", "") + delta["text"]
            self.text += delta["text"]
            yield Words(text=delta["text"])
        elif delta["type"] == "input_json_delta":
            self._inputs[index] = self._inputs.get(index, "") + delta["partial_json"]
            yield Words(text="")
        elif delta["type"] in ("thinking_delta", "signature_delta"):
            field = delta["type"].removesuffix("_delta")
            block[field] = block.get(field, "") + delta[field]
            yield Words(text="")

    def cut(self) -> Cost:
        """The stream broke off: what has to be paid for all the same."""
        self._bill.guess(len(self.text) + sum(map(len, self._inputs.values())))
        return Cost(micros=self._bill.due())

    def ended(self) -> Iterator[Step]:
        """The calls, once all was heard; Undeliverable for an answer that is no answer."""
        yield Cost(micros=self._bill.due())
        if not self._ended:
            raise Undeliverable("the stream was cut")
        calls = [n for n, block in sorted(self._blocks.items()) if block["type"] == "tool_use"]
        if self._why not in ("end_turn", "stop_sequence", "tool_use") and not (self._why == "max_tokens" and not calls):
            raise Undeliverable(f"it stopped for {self._why}")
        if not calls and not self.text.strip():
            raise Undeliverable("an empty answer")
        content = self._content()
        for n, index in enumerate(calls):
            yield self._call(index, content if n == 0 else [])

    @property
    def too_long(self) -> bool:
        """Whether the words end in the middle, because they may be no longer."""
        return self._why == "max_tokens"

    def _call(self, index: int, content: list[dict[str, Any]]) -> Call:
        block = self._blocks[index]
        own = {"id": block["id"], "content": content}
        args = _read(self._inputs.get(index, ""))
        if args is None:
            return Call(name=block["name"], own=own, problem=("", "the arguments were no JSON object"))
        return Call(name=block["name"], args=args, own=own)

    def _content(self) -> list[dict[str, Any]]:
        """The blocks as they have to be handed back with the results; empty text may not be."""
        kept = []
        for index, block in sorted(self._blocks.items()):
            if block["type"] == "tool_use":
                args = _read(self._inputs.get(index, "")) or {}
                kept.append({"type": "tool_use", "id": block["id"], "name": block["name"], "input": args})
            elif block["type"] != "text" or block.get("text", "").strip():
                kept.append(block)
        return kept


def _read(text: str) -> dict[str, Any] | None:
    """The arguments of a call; None for what is not a JSON object."""
    try:
        read = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
