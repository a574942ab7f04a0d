"""`/admin`: every command of a keeper that any package has registered, for those who may use them."""

from bot.admin.pages import for_me
from bot.admin.texts import say
from bot.capability import Capability, Effect, Registry, Text, capability
from bot.content import Card, Draft
from bot.people import KEEPERS, may
from bot.ports import Ask, Reply

_NEED_WORDS = frozenset(("admin_why",))


class Console:
    """The way into all admin commands."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @capability("Look after this Caravan", command="admin", role="moderator", private=True)
    async def admin(self, ask: Ask, *, words: Text = "") -> Reply:
        """What the asker may do; `words` that are no command of ours are said back."""
        mine = self._of(ask)
        lines = [say("intro"), *(f"**/{c.command}** {c.told}" for c in mine)]
        text = say("unknown", words=words[:60]) if words else ""
        looks = [c for c in mine if c.effect is Effect.LOOK and c.name not in _NEED_WORDS]
        buttons = tuple(for_me(ask, c.command.removeprefix("admin "), c.name) for c in looks)
        return Reply(drafts=(Draft(text=text, card=Card(title=say("title"), lines=tuple(lines)), buttons=buttons),))

    def _of(self, ask: Ask) -> list[Capability]:
        keeping = [c for c in self._registry if c.role in KEEPERS and c.command.startswith("admin ")]
        return sorted((c for c in keeping if may(ask.person, c.role)), key=lambda c: c.command)
