"""What Twilio refuses: by its own description where that is present, and by the dated table always."""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from channels.splitting import size
from channels.whatsapp.limits import (
    BODY,
    CONTENT_BODY,
    CONTROL_ID,
    ITEM,
    LIST_BUTTON,
    LIST_ITEMS,
    QUICK_REPLIES,
    TITLE,
    VARIABLE,
)

SPECS = Path(__file__).parents[3].parent / "shared" / "specs" / "twilio"
# The form fields of a new message, https://www.twilio.com/docs/messaging/api/message-resource, as of 2026-08-24.
MESSAGE_FIELDS = frozenset(
    "To StatusCallback ApplicationSid MaxPrice ProvideFeedback Attempt ValidityPeriod ForceDelivery ContentRetention"
    " AddressRetention SmartEncoded PersistentAction TrafficType ShortenUrls ScheduleType SendAt SendAsMms"
    " ContentVariables RiskCheck From FallbackFrom MessagingServiceSid Body MediaUrl ContentSid".split()
)
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
Form = Mapping[str, Sequence[str]]


class Refused(Exception):
    """Twilio says no, with its code and HTTP status."""

    def __init__(self, code: int, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.code, self.why, self.status = code, why, status

    def body(self) -> dict[str, Any]:
        """As Twilio writes it."""
        info = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.why, "more_info": info, "status": self.status}


def check_message(form: Form) -> None:
    """A form for a new message, before anything is looked up."""
    if unknown := sorted(set(form) - MESSAGE_FIELDS):
        raise Refused(20001, f"Unknown parameters {unknown}")
    if errors := _by_description(form):
        raise Refused(20001, f"Invalid parameter: {errors[0]}")
    if "To" not in form:
        raise Refused(21604, "A 'To' phone number is required.")
    body = form.get("Body", [""])[0]
    if not (body or "MediaUrl" in form or "ContentSid" in form):
        raise Refused(21619, "A text message body or media urls must be specified.")
    if size(body, "utf16") > BODY:
        raise Refused(21617, f"The concatenated message body exceeds the {BODY} character limit.")
    if "ContentSid" in form and ("Body" in form or "MediaUrl" in form):
        raise Refused(21655, "Body and MediaUrl cannot be sent with ContentSid.")
    if len(form.get("MediaUrl", ())) > 1:
        raise Refused(21623, "WhatsApp takes one file a message.")
    validity = form.get("ValidityPeriod", ["60"])[0]
    if not validity.isdecimal() or not 1 <= int(validity) <= 36000:
        raise Refused(21718, "ValidityPeriod must be 1 to 36000")
    if any("_" in url.split("/")[2] for url in form.get("StatusCallback", ())):
        raise Refused(21609, "StatusCallback: underscores are not allowed in the host")


def check_content(wanted: Any) -> None:
    """A new Content resource."""
    if errors := _content_errors(wanted):
        raise Refused(20001, f"Invalid content: {errors[0]}")
    if not isinstance(wanted, dict) or not isinstance(wanted.get("types"), dict) or len(wanted["types"]) != 1:
        raise Refused(20001, "types: one is needed")
    if unknown := set(wanted) - {"friendly_name", "variables", "language", "types"}:
        raise Refused(20001, f"Unknown fields {sorted(unknown)}")
    kind, body = next(iter(wanted["types"].items()))
    if kind == "twilio/quick-reply":
        if not 1 <= len(body.get("actions", ())) <= 10 or not body.get("body"):
            raise Refused(20001, "twilio/quick-reply: body and 1 to 10 actions")
    elif kind == "twilio/list-picker":
        if not 1 <= len(body.get("items", ())) <= LIST_ITEMS or not (body.get("body") and body.get("button")):
            raise Refused(20001, "twilio/list-picker: body, button and 1 to 10 items")
    else:
        raise Refused(20001, f"{kind} is not emulated")
    missing = set(_PLACEHOLDER.findall(json.dumps(body))) - set(wanted.get("variables") or {})
    if missing:
        raise Refused(20001, f"variables: samples are missing for {sorted(missing)}")


def check_approval(wanted: Any, types: Mapping[str, Any]) -> str:
    """Why WhatsApp would reject a template, "" if it would not."""
    if not re.fullmatch(r"[a-z0-9_]{1,512}", str(wanted.get("name", ""))):
        raise Refused(20001, "name: lower case letters, digits and underscores")
    if wanted.get("category") not in ("UTILITY", "MARKETING", "AUTHENTICATION"):
        raise Refused(20001, "category")
    kind, body = next(iter(types.items()))
    words = str(body.get("body", ""))
    if kind == "twilio/list-picker":
        return "list-picker templates are not supported for approval"
    if words.startswith("{{") or words.rstrip(".!?").endswith("}}"):
        return "a template neither starts nor ends with a variable"
    if re.search(r"\}\}\s*\{\{", words) or len(words) > CONTENT_BODY:
        return "variables side by side, or too long"
    return ""


def filled(types: Mapping[str, Any], variables: str, samples: Mapping[str, str]) -> tuple[str, Mapping[str, Any]]:
    """A content with its variables filled in: its kind and what it says; refused as Twilio refuses variables."""
    try:
        values = json.loads(variables or "{}")
    except ValueError as bad:
        raise Refused(21656, "The ContentVariables parameter is invalid: not JSON") from bad
    if not isinstance(values, dict) or any(not isinstance(v, str) or not v for v in values.values()):
        raise Refused(21656, "The ContentVariables parameter is invalid: every value is a text, not an empty one")
    for value in values.values():
        if "\n" in value or "\t" in value or " " * 5 in value:
            raise Refused(21656, "The ContentVariables parameter is invalid: newline, tab or more than four spaces")
        if size(value, "utf16") > VARIABLE:
            raise Refused(21658, "Parameter exceeded character limit")
    kind, body = next(iter(types.items()))
    known = {**samples, **values}
    return kind, _filled(body, known)


def check_shown(kind: str, said: Mapping[str, Any], approved: bool) -> None:
    """What WhatsApp refuses of a filled content in a session."""
    if size(said["body"], "utf16") > CONTENT_BODY:
        raise Refused(63013, "Channel policy violation: body longer than 1024")
    if kind == "twilio/list-picker":
        labels, most = [i["item"] for i in said["items"]], ITEM
        if size(said["button"], "utf16") > LIST_BUTTON:
            raise Refused(63013, "Channel policy violation: list button")
    else:
        labels, most = [a["title"] for a in said["actions"]], TITLE
        if len(labels) > QUICK_REPLIES and not approved:
            raise Refused(63013, "Channel policy violation: three quick replies in a session")
        if len(set(labels)) < len(labels):
            raise Refused(63013, "Channel policy violation: two buttons with one title")
    if any(not 0 < size(label, "utf16") <= most for label in labels):
        raise Refused(63013, f"Channel policy violation: a label has 1 to {most} characters")
    ids = [x.get("id") or "" for x in said.get("items", said.get("actions", ()))]
    if any(len(id) > CONTROL_ID for id in ids) or len(set(ids)) < len(ids):
        raise Refused(63013, "Channel policy violation: ids")


def _filled(value: Any, known: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _PLACEHOLDER.sub(lambda found: known[found[1]], value)
    if isinstance(value, dict):
        return {k: _filled(v, known) for k, v in value.items()}
    return [_filled(v, known) for v in value] if isinstance(value, list) else value


def _by_description(form: Form) -> list[str]:
    path = "/2010-04-01/Accounts/{AccountSid}/Messages.json"
    schema = _schema("twilio_api_v2010", path, "application/x-www-form-urlencoded")
    if schema is None:
        return []
    properties = schema[0]["properties"]
    if unknown := set(form) - set(properties):
        return [f"unknown fields {sorted(unknown)}"]
    return _errors(schema, {k: _coerced(properties[k], v) for k, v in form.items()})


def _content_errors(wanted: Any) -> list[str]:
    schema = _schema("twilio_content_v1", "/v1/Content", "application/json")
    return _errors(schema, wanted) if schema else []


@cache
def _schema(name: str, path: str, content_type: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The schema of a POST body, and the document; None where the descriptions are absent."""
    file = SPECS / f"{name}.json.gz"
    if not file.exists():
        return None
    with gzip.open(file, "rt") as opened:
        document = json.load(opened)
    schema = document["paths"][path]["post"]["requestBody"]["content"][content_type]["schema"]
    return schema, document


def _errors(schema: tuple[dict[str, Any], dict[str, Any]] | None, value: Any) -> list[str]:
    assert schema is not None
    registry: Registry[Any] = Registry().with_resource("urn:spec", DRAFT202012.create_resource(schema[1]))
    found = Draft202012Validator(_absolute(schema[0]), registry=registry).iter_errors(value)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:160]}" for e in found]


def _absolute(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            k: f"urn:spec{v}" if k == "$ref" and isinstance(v, str) and v.startswith("#") else _absolute(v)
            for k, v in value.items()
        }
    return [_absolute(v) for v in value] if isinstance(value, list) else value


def _coerced(schema: Mapping[str, Any], given: Sequence[str]) -> Any:
    kind = schema.get("type")
    if kind == "array":
        return list(given)
    if kind == "integer" and given[0].lstrip("-").isdecimal():
        return int(given[0])
    if kind == "boolean" and given[0] in ("true", "false"):
        return given[0] == "true"
    return given[0]
