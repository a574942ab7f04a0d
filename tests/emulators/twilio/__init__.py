"""Twilio's WhatsApp on loopback: messages, media, contents, approvals, status callbacks, as strict as the real one."""

from tests.emulators.twilio.server import Emulator, running_emulator
from tests.emulators.twilio.world import FROM, SID, TOKEN

__all__ = ["FROM", "SID", "TOKEN", "Emulator", "running_emulator"]
