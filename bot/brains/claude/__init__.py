"""Claude behind the Brain port, on Anthropic's official SDK."""

from bot.brains.claude.brain import ClaudeBrain as ClaudeBrain
