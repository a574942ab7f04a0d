"""The networks Caravan speaks on: one folder each, chosen from a table, sharing one rendering."""

from collections.abc import Callable

from bot.errors import Misconfigured
from bot.ports import Channel, ChannelParts


def _simulator(parts: ChannelParts) -> Channel | None:
    if not parts.simulated:
        return None
    from channels.simulator.channel import SimulatorChannel

    return SimulatorChannel(parts.store, parts.clock, parts.faults)


def _slack(parts: ChannelParts) -> Channel | None:
    if not any(
        parts.environ.get(f"SLACK_{name}") for name in ("BOT_TOKEN", "SIGNING_SECRET", "APP_TOKEN", "CLIENT_ID")
    ):
        return None
    from channels.slack.channel import Settings, SlackChannel

    settings = Settings.read(parts.environ)
    return SlackChannel(parts, settings) if settings else None


def _telegram(parts: ChannelParts) -> Channel | None:
    if not parts.environ.get("TELEGRAM_TOKEN"):
        return None
    try:
        from channels.telegram.channel import telegram
    except ImportError as missing:
        raise Misconfigured("TELEGRAM_TOKEN: needs the extra telegram: make install EXTRAS=telegram") from missing
    return telegram(parts)


# Name -> what builds the channel, or None where the settings do not ask for it; only then is its package imported.
CHANNELS: dict[str, Callable[[ChannelParts], Channel | None]] = {
    "simulator": _simulator,
    "slack": _slack,
    "telegram": _telegram,
}
