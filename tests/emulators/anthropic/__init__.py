"""The Messages API of Anthropic on loopback: streaming, tools, prompt cache, errors, and a mind that obeys anybody."""

from tests.emulators.anthropic.replies import Failure, Reply, Text, Thinking, Use
from tests.emulators.anthropic.server import Emulator, running_emulator

__all__ = ["Emulator", "Failure", "Reply", "Text", "Thinking", "Use", "running_emulator"]
