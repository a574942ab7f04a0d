"""Caravan with one more channel in its table: what the bench measures and the kill harness kills."""

import os
import sys
from collections.abc import Callable
from functools import partial

import app
from bench.buyers import Buyers, point_out
from bench.channel import BenchChannel
from bot.ports import Channel, ChannelParts, Inbox
from channels import CHANNELS


def bench_channel(parts: ChannelParts) -> BenchChannel:
    """The bench's channel; with buyers behind it where they are asked for."""

    def shoppers(inbox: Inbox) -> Buyers:
        return Buyers(parts, inbox, int(os.environ["PORT"]))

    return BenchChannel(os.environ["BENCH_RECEIVER"], parts.clock, shoppers if os.environ.get("BENCH_BUYERS") else None)


def unpaced(make: Callable[[ChannelParts], Channel | None], parts: ChannelParts) -> Channel | None:
    """A channel whose network has no limits."""
    channel = make(parts)
    vars(channel)["paces"] = lambda outgoing: ()
    return channel


if __name__ == "__main__":
    CHANNELS["bench"] = bench_channel
    point_out()
    if os.environ.get("TELEGRAM_TOKEN"):
        from channels.telegram.channel import telegram

        CHANNELS["telegram"] = lambda parts: telegram(parts, paces=None)  # a Bot API without limits
    for name, key in (("slack", "SLACK_BOT_TOKEN"), ("discord", "DISCORD_TOKEN"), ("whatsapp", "TWILIO_ACCOUNT_SID")):
        if os.environ.get(key):
            CHANNELS[name] = partial(unpaced, CHANNELS[name])
    sys.exit(app.main(sys.argv[1:]))
