"""Caravan with one more channel in its table: what the bench measures and the kill harness kills."""

import os
import sys

import app
from bench.channel import BenchChannel
from channels import CHANNELS

if __name__ == "__main__":
    CHANNELS["bench"] = lambda parts: BenchChannel(os.environ["BENCH_RECEIVER"], parts.clock)
    if os.environ.get("TELEGRAM_TOKEN"):
        from channels.telegram.channel import telegram

        CHANNELS["telegram"] = lambda parts: telegram(parts, paces=None)  # a Bot API without limits
    sys.exit(app.main(sys.argv[1:]))
