"""Telegram on loopback: the Bot API as strict as the real one, driven by the real SDK."""

from tests.emulators.telegram.server import TOKEN, Emulator, running_emulator

__all__ = ["TOKEN", "Emulator", "running_emulator"]
