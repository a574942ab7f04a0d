"""The manifest to paste into Slack: made from the Capabilities there are, and in step with the page."""

from pathlib import Path

import yaml

from channels.slack.limits import COMMAND_NAME, COMMANDS, EVENTS, METHODS, SCOPES, TAKEN_COMMANDS
from channels.slack.manifest import commands, manifest
from scripts.slack_manifest import as_yaml, capabilities

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "slack-manifest.yaml"


def test_the_page_is_what_the_program_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_yaml(manifest(capabilities()))
    assert yaml.safe_load(PAGE.read_text(encoding="utf-8")) == manifest(capabilities())


def test_every_command_is_offered_or_reached_by_caravan() -> None:
    offered = commands(capabilities())
    assert next(iter(offered)) == "caravan" and len(offered) <= COMMANDS
    assert not TAKEN_COMMANDS & set(offered) and all(len(name) <= COMMAND_NAME for name in offered)
    wanted = {c.command.split(" ")[0] for c in capabilities()} - TAKEN_COMMANDS - {""}
    assert set(offered) >= wanted or len(offered) == COMMANDS


def test_it_asks_for_what_the_methods_need_and_for_nothing_else() -> None:
    needed = {m for m in METHODS.values() if m.needs and "connections:write" not in m.needs}
    assert all(set(m.needs) & set(SCOPES) for m in needed)
    told = manifest(capabilities())
    assert told["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert told["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)


def test_socket_mode_needs_no_address() -> None:
    told = manifest(capabilities(), socket=True)
    assert told["settings"]["socket_mode_enabled"] and "caravan.example" not in str(told)
