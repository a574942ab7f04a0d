"""The networks Caravan speaks on: one folder each, chosen from a table, sharing one rendering."""

from collections.abc import Callable

from bot.errors import Misconfigured
from bot.ports import Channel, ChannelParts


def _simulator(parts: ChannelParts) -> Channel | None:
    if not parts.simulated:
        return None
    from channels.simulator.channel import SimulatorChannel

    return SimulatorChannel(parts.store, parts.clock, parts.faults, parts.secret)


def _slack(parts: ChannelParts) -> Channel | None:
    names = ("bot_token", "signing_secret", "app_token", "client_id", "client_secret", "api_base")
    given = {name: parts.environ.get(f"SLACK_{name.upper()}", "").strip() for name in names}
    if not any(given[name] for name in names[:-1]):
        return None
    if not given["bot_token"] and (given["app_token"] or not given["client_id"]):
        raise Misconfigured("SLACK_BOT_TOKEN: needed (or SLACK_CLIENT_ID, to install the app in workspaces over HTTP)")
    if not given["app_token"] and not given["signing_secret"]:
        raise Misconfigured("SLACK_SIGNING_SECRET: needed to hear Slack over HTTP (or SLACK_APP_TOKEN for Socket Mode)")
    if given["app_token"] and given["client_id"]:
        raise Misconfigured("SLACK_CLIENT_ID: installing in several workspaces needs HTTP, not SLACK_APP_TOKEN")
    if bool(given["client_id"]) != bool(given["client_secret"]):
        raise Misconfigured("SLACK_CLIENT_SECRET: needed together with SLACK_CLIENT_ID")
    try:
        from channels.slack.channel import SlackChannel
    except ImportError as missing:
        raise Misconfigured("SLACK_BOT_TOKEN: needs the extra slack: make install EXTRAS=slack") from missing
    return SlackChannel(parts, **given)


def _telegram(parts: ChannelParts) -> Channel | None:
    if not parts.environ.get("TELEGRAM_TOKEN"):
        return None
    try:
        from channels.telegram.channel import telegram
    except ImportError as missing:
        raise Misconfigured("TELEGRAM_TOKEN: needs the extra telegram: make install EXTRAS=telegram") from missing
    return telegram(parts)


def _discord(parts: ChannelParts) -> Channel | None:
    if not parts.environ.get("DISCORD_TOKEN", "").strip():
        return None
    try:
        from channels.discord.channel import DiscordChannel
    except ImportError as missing:
        raise Misconfigured("DISCORD_TOKEN: needs the extra discord: make install EXTRAS=discord") from missing
    return DiscordChannel(parts)


def _whatsapp(parts: ChannelParts) -> Channel | None:
    from channels.whatsapp.accounts import of_settings

    account = of_settings(parts.environ)
    if account is None:
        return None
    try:
        from channels.whatsapp.channel import WhatsAppChannel
    except ImportError as missing:
        raise Misconfigured("TWILIO_ACCOUNT_SID: needs the extra whatsapp: make install EXTRAS=whatsapp") from missing
    return WhatsAppChannel(parts, account)


def _webhook(parts: ChannelParts) -> Channel | None:
    url, secret = (parts.environ.get(f"WEBHOOK_{name}", "").strip() for name in ("URL", "SECRET"))
    if not url:
        return None
    from channels.webhook.channel import WebhookChannel

    return WebhookChannel(parts, url, secret)


# Name -> what builds the channel, or None where the settings do not ask for it; only then is its package imported.
CHANNELS: dict[str, Callable[[ChannelParts], Channel | None]] = {
    "discord": _discord,
    "simulator": _simulator,
    "slack": _slack,
    "telegram": _telegram,
    "webhook": _webhook,
    "whatsapp": _whatsapp,
}
