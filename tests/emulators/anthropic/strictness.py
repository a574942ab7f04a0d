"""What the real API refuses, refused here: each rule raises Refused with the status and the words of the error."""

import gzip
import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SPEC = Path(__file__).parents[4] / "shared/specs/anthropic/messages_anthropic-sdk-2.10.0.schema.json.gz"
_VERSIONS = ("2023-06-01", "2026-10-21")
_FIELDS = frozenset(
    """
    max_tokens messages model cache_control container diagnostics inference_geo metadata output_config service_tier
    speed stop_sequences stream system thinking tool_choice tools user_profile_id workspace_id
""".split()
)
_BLOCKS = frozenset("text image document thinking redacted_thinking tool_use tool_result search_result".split())
_FIELDS_OF = {
    "text": {"type", "text", "cache_control", "citations"},
    "tool_use": {"type", "id", "name", "input", "cache_control", "caller", "toolset_name"},
    "tool_result": {"type", "tool_use_id", "content", "is_error", "cache_control", "toolset_name"},
}
_TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,128}")
_LARGEST = 32 * 1024 * 1024
_CACHE_MARKS = 4


class Refused(Exception):
    """`status` and `type` of the error."""

    def __init__(self, status: int, type: str, message: str) -> None:
        super().__init__(message)
        self.status, self.type = status, type


def check_headers(headers: Any, key: str) -> None:
    """Key and version, as every request must bring them."""
    given = headers.get("x-api-key") or headers.get("authorization", "").removeprefix("Bearer ")
    if not given or given != key:
        raise Refused(401, "authentication_error", "invalid x-api-key")
    if headers.get("anthropic-version") not in _VERSIONS:
        raise _wrong("anthropic-version: header is required")
    if headers.get("content-type", "").partition(";")[0] != "application/json":
        raise _wrong("content-type: must be application/json")


def read_body(body: bytes) -> dict[str, Any]:
    """The request as JSON."""
    if len(body) > _LARGEST:
        raise Refused(413, "request_too_large", "Request exceeds the maximum size")
    try:
        request = json.loads(body)
    except ValueError:
        raise _wrong("The request body is not valid JSON") from None
    if not isinstance(request, dict):
        raise _wrong("The request body is no object")
    return request


def check_request(request: dict[str, Any]) -> None:
    """Everything else, in the order in which the real one complains; then the published schema, where it is at hand."""
    unknown = sorted(set(request) - _FIELDS)
    if unknown:
        raise _wrong(f"{unknown[0]}: Extra inputs are not permitted")
    for name in ("model", "max_tokens", "messages"):
        if name not in request:
            raise _wrong(f"{name}: Field required")
    if not isinstance(request["max_tokens"], int) or request["max_tokens"] < 1:
        raise _wrong("max_tokens: must be at least 1")
    if not isinstance(request["messages"], list) or not request["messages"]:
        raise _wrong("messages: at least one message is required")
    _check_tools(request)
    _check_system(request.get("system") or [])
    _check_messages(request["messages"])
    _check_model(request)
    _check_cache(request)
    _check_schema(request)


def _check_tools(request: dict[str, Any]) -> None:
    names = [tool.get("name", "") for tool in request.get("tools", ())]
    for n, name in enumerate(names):
        if not _TOOL_NAME.fullmatch(name):
            raise _wrong(f"tools.{n}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'")
    if len(names) != len(set(names)):
        raise _wrong("tools: Tool names must be unique.")
    for n, tool in enumerate(request.get("tools", ())):
        schema = tool.get("input_schema")
        if not isinstance(schema, dict) or schema.get("type") != "object":
            raise _wrong(f"tools.{n}.input_schema.type: Field required")
    _check_schemas(json.dumps([tool["input_schema"] for tool in request.get("tools", ())]))


def _check_system(system: str | list[dict[str, Any]]) -> None:
    for n, block in enumerate([] if isinstance(system, str) else system):
        if block.get("type") != "text" or not isinstance(block.get("text"), str):
            raise _wrong(f"system.{n}.text: Field required")


@cache
def _check_schemas(schemas: str) -> None:
    for schema in json.loads(schemas):
        Draft202012Validator.check_schema(schema)


def _check_messages(messages: list[dict[str, Any]]) -> None:
    if messages[0].get("role") != "user":
        raise _wrong('messages: first message must use the "user" role')
    owed: list[str] = []
    for n, message in enumerate(messages):
        if set(message) != {"role", "content"} or message["role"] not in ("user", "assistant"):
            raise _wrong(f"messages.{n}.role: Input should be 'user' or 'assistant'")
        blocks = _blocks(n, message)
        paid = [str(b.get("tool_use_id")) for b in blocks if b["type"] == "tool_result"]
        if sorted(paid) != sorted(owed):
            raise _wrong(f"messages.{n}: `tool_use` ids were found without `tool_result` blocks immediately after, "
                         f"or `tool_result` without `tool_use`: {sorted(set(owed) ^ set(paid))}")  # fmt: skip
        if paid and any(b["type"] == "tool_result" for b in blocks[len(paid) :]):
            raise _wrong(f"messages.{n}: tool_result blocks must come first")
        owed = [b["id"] for b in blocks if b["type"] == "tool_use"]
        if owed and message["role"] != "assistant":
            raise _wrong(f"messages.{n}: `tool_use` blocks can only be in `assistant` messages")
    if messages[-1]["role"] == "assistant":
        raise _wrong("This model does not support assistant message prefill.")


def _blocks(n: int, message: dict[str, Any]) -> list[dict[str, Any]]:
    content = message["content"]
    blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
    if not blocks:
        raise _wrong(f"messages.{n}: content must not be empty")
    for block in blocks:
        if block.get("type") not in _BLOCKS:
            raise _wrong(f"messages.{n}.content: unknown block {block.get('type')!r}")
        extra = sorted(set(block) - _FIELDS_OF.get(block["type"], set(block)))
        if extra:
            raise _wrong(f"messages.{n}.content.{extra[0]}: Extra inputs are not permitted")
        if block["type"] == "text" and not block.get("text", "").strip():
            raise _wrong("messages: text content blocks must contain non-whitespace text")
        if block["type"] == "thinking" and not str(block.get("signature", "")).startswith("sig-"):
            raise _wrong(f"messages.{n}: Invalid `signature` in `thinking` block")
    return list(blocks)


def _check_model(request: dict[str, Any]) -> None:
    """https://platform.claude.com/docs/en/models/sonnet-5-5/whats-new-sonnet-5-5"""
    if not str(request["model"]).startswith("claude-"):
        raise Refused(404, "not_found_error", f"model: {request['model']}")
    thinking = (request.get("thinking") or {}).get("type")
    if request["model"].startswith("claude-sonnet-5-5") and thinking == "disabled":
        raise _wrong('thinking: "disabled" is not supported on this model, use "between_tools"')
    if thinking == "between_tools" and not request["model"].startswith("claude-sonnet-5-5"):
        raise _wrong("thinking: between_tools is not supported on this model")


def _check_cache(request: dict[str, Any]) -> None:
    marks = json.dumps(request).count('"cache_control": {')
    if marks > _CACHE_MARKS:
        raise _wrong(f"A maximum of {_CACHE_MARKS} blocks with cache_control may be provided. Found {marks}.")


def _check_schema(request: dict[str, Any]) -> None:
    kind = "MessageCreateParamsStreaming" if request.get("stream") else "MessageCreateParams"
    bare = {"max_tokens": 1, "messages": [], "model": "", "stream": bool(request.get("stream"))}
    messages, tools = request.get("messages"), request.get("tools", [])
    told = complaint(kind, json.dumps({**request, "messages": [], "tools": []}))
    for part in ({"tools": tools}, *({"messages": [m]} for m in (messages if isinstance(messages, list) else [{}]))):
        told = told or complaint(kind, json.dumps({**bare, **part}))
    if told:
        raise _wrong(told)


@lru_cache(maxsize=4096)
def complaint(kind: str, request: str) -> str:
    """What the schema has against something; what is said again, as tools and earlier lines are, is looked at once."""
    validator = validator_of(kind)
    wrong = next(validator.iter_errors(json.loads(request)), None) if validator else None
    return f"{'.'.join(map(str, wrong.path))}: {wrong.message[:300]}" if wrong else ""


@cache
def validator_of(kind: str) -> Draft202012Validator | None:
    """The derived schema of that name; None where the folder with the specs is not beside this checkout."""
    if not SPEC.exists():
        return None
    with gzip.open(SPEC, "rt") as spec:
        return Draft202012Validator(json.load(spec)[kind])


def _wrong(message: str) -> Refused:
    return Refused(400, "invalid_request_error", message)
