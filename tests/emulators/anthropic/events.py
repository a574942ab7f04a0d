"""A Reply as the events of a stream, in the order and the shape of the real ones."""

import json
from collections.abc import Iterator
from typing import Any

from tests.emulators.anthropic.caching import Counted
from tests.emulators.anthropic.replies import Reply, Text, Thinking, Use

Event = dict[str, Any]


def events_of(reply: Reply, id: str, model: str, counted: Counted) -> Iterator[Event]:
    """message_start, the blocks, message_delta with the totals, message_stop; a ping as the real ones have it."""
    yield {"type": "message_start", "message": _message(id, model, counted)}
    yield {"type": "ping"}
    if reply.unknown:
        yield {"type": "weather_report", "outlook": "fair"}
    written = 0
    for index, block in enumerate(reply.blocks):
        for event in _block(index, block, f"{id}_{index}"):
            yield event
            written += event["type"] == "content_block_delta"
    usage = {**counted.usage, "output_tokens": max(written, 1)}
    delta = {"stop_reason": reply.stop or _stop(reply), "stop_sequence": None}
    yield {"type": "message_delta", "delta": delta, "usage": usage}
    yield {"type": "message_stop"}


def _message(id: str, model: str, counted: Counted) -> dict[str, Any]:
    return {
        "id": id, "type": "message", "role": "assistant", "model": model, "content": [], "stop_reason": None,
        "stop_sequence": None, "usage": {**counted.usage, "output_tokens": 1},
    }  # fmt: skip


def _block(index: int, block: Text | Thinking | Use, id: str) -> Iterator[Event]:
    opened, deltas = _parts(block, id)
    yield {"type": "content_block_start", "index": index, "content_block": opened}
    for delta in deltas:
        yield {"type": "content_block_delta", "index": index, "delta": delta}
    yield {"type": "content_block_stop", "index": index}


def _parts(block: Text | Thinking | Use, id: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    if isinstance(block, Text):
        return {"type": "text", "text": ""}, [{"type": "text_delta", "text": t} for t in _pieces(block.text)]
    if isinstance(block, Thinking):
        deltas = [{"type": "thinking_delta", "thinking": t} for t in _pieces(block.thinking)]
        signature = {"type": "signature_delta", "signature": f"sig-{id}"}
        return {"type": "thinking", "thinking": "", "signature": ""}, [*deltas, signature]
    raw = json.dumps(block.input) if block.raw is None else block.raw
    opened = {"type": "tool_use", "id": f"toolu_{id}", "name": block.name, "input": {}}
    return opened, [{"type": "input_json_delta", "partial_json": t} for t in ["", *_pieces(raw)]]


def _pieces(text: str) -> list[str]:
    return [text[n : n + 4] for n in range(0, len(text), 4)]


def _stop(reply: Reply) -> str:
    return "tool_use" if any(isinstance(b, Use) for b in reply.blocks) else "end_turn"
