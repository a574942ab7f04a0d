"""Deliveries as Discord's own documentation shows them: author, text, reply and files of what becomes of each."""

import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.channels.discord.stage import DiscordSide, staged

FOLDER = Path(__file__).parent / "recorded"
RECORDED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path) as side:
        yield side


async def test_every_recorded_delivery_becomes_what_it_says(side: DiscordSide) -> None:
    bot = side.channel._bots["main"]
    for name, case in RECORDED.items():
        payload = json.loads(
            json.dumps(case["payload"]).replace('"ME"', f'"{bot.post.me}"').replace("<@ME>", f"<@{bot.post.me}>")
        )
        first = await bot.hearing.told((case["kind"], payload, "s.1"))
        told = [asdict(entry) for entry in first]
        assert len(told) == len(case["expected"]), name
        for entry, expected in zip(told, case["expected"], strict=True):
            assert {k: within(entry[k], v) for k, v in expected.items()} == expected, name
        assert [e.id for e in await bot.hearing.told((case["kind"], payload, "s.1"))] == [e["id"] for e in told], name


def within(told: Any, expected: Any) -> Any:
    """What was told, as far as it is expected."""
    if isinstance(expected, dict) and isinstance(told, dict):
        return {k: told.get(k) for k in expected}
    return [dict(one) if isinstance(one, dict) else one for one in told] if isinstance(expected, list) else told
