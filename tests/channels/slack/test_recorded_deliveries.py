"""Deliveries as Slack's own documentation shows them: author, text, reply and files of what becomes of each."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.channels.slack.stage import SlackSide, staged

FOLDER = Path(__file__).parent / "recorded"
RECORDED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path) as side:
        yield side


@pytest.mark.parametrize("name", RECORDED)
async def test_a_recorded_delivery_becomes_what_it_says(side: SlackSide, name: str) -> None:
    case = RECORDED[name]
    payload = as_of(side, case["payload"])
    first = await side.channel.receive(side.signed(case["kind"], payload))
    assert first.status == 200
    told = [asdict(entry) for entry in first.entries]
    assert len(told) == len(case["expected"])
    for entry, expected in zip(told, case["expected"], strict=True):
        assert {k: within(entry[k], v) for k, v in expected.items()} == expected
    again = await side.channel.receive(side.signed(case["kind"], payload))
    assert [e.id for e in again.entries] == [e.id for e in first.entries]


def as_of(side: SlackSide, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as the emulated workspace would have sent it: its team and our own user there."""
    text = json.dumps(payload).replace("U0BOT0000", side.ws.bot_user)
    found: dict[str, Any] = json.loads(text)
    for holder in (found, *found.get("authorizations", ())):
        if "team_id" in holder:
            holder["team_id"] = side.ws.id
    return {**found, "team": {"id": side.ws.id}} if "team" in found else found


def within(told: Any, expected: Any) -> Any:
    """What was told, as far as it is expected."""
    if isinstance(expected, dict) and isinstance(told, dict):
        return {k: told.get(k) for k in expected}
    return [dict(one) if isinstance(one, dict) else one for one in told] if isinstance(expected, list) else told
