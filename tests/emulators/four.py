"""The four networks at once, and the settings of a Caravan that lives on all of them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from tests.emulators import telegram, twilio
from tests.emulators.discord import server as discord
from tests.emulators.slack import server as slack

SECRET = "of-the-emulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Four:
    """Telegram, Twilio's WhatsApp, Slack and Discord."""

    telegram: telegram.Emulator
    whatsapp: twilio.Emulator
    slack: slack.Emulator
    discord: discord.Emulator

    def environ(self, address: str) -> dict[str, str]:
        """The settings of a Caravan at this address; what happens is brought there from now on."""
        self.whatsapp.people.webhook, self.slack.deliveries.hook = f"{address}/hooks/whatsapp", f"{address}/hooks/slack"
        return {
            "TELEGRAM_TOKEN": telegram.TOKEN, "TELEGRAM_API_BASE": self.telegram.url,
            "TELEGRAM_WEBHOOK_SECRET": SECRET, "TWILIO_ACCOUNT_SID": twilio.SID, "TWILIO_AUTH_TOKEN": twilio.TOKEN,
            "TWILIO_WHATSAPP_FROM": twilio.FROM, "TWILIO_API_BASE": self.whatsapp.url,
            "SLACK_BOT_TOKEN": next(iter(self.slack.world.workspaces.values())).token,
            "SLACK_SIGNING_SECRET": self.slack.deliveries.secret, "SLACK_API_BASE": self.slack.url,
            "PUBLIC_URL": address, **self.discord.environ(),
        }  # fmt: skip


@asynccontextmanager
async def running_emulators() -> AsyncIterator[Four]:
    """All of them on loopback, for as long as the block lasts."""
    async with AsyncExitStack() as stack:
        four = Four(
            telegram=await stack.enter_async_context(telegram.running_emulator()),
            whatsapp=await stack.enter_async_context(twilio.running_emulator()),
            slack=await stack.enter_async_context(slack.running_emulator()),
            discord=await stack.enter_async_context(discord.running_emulator()),
        )
        four.slack.world.workspace()
        yield four
