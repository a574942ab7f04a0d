"""How memory is shown: numbered, with buttons to forget and to correct each."""

from collections.abc import Sequence

from bot.content import Card, Draft, Press
from bot.model import Persona
from bot.ports import Ask
from personas.cards import about_me, learned_in_words
from personas.documents import Memory
from personas.texts import say

PAGE = 5


def memory_card(ask: Ask, persona: Persona, kept: Sequence[Memory], start: int = 0) -> Draft:
    """One page of what a persona remembers, for the asker alone."""
    page = list(enumerate(kept, 1))[start : start + PAGE]
    lines = [_line(ask, number, memory) for number, memory in page]
    own = persona.owner == ask.person.id
    if own and persona.learned:
        lines.append(say("memory_learned", learned=learned_in_words(persona.learned)))
    title = say("memory_title", name=persona.name) if own else _theirs(ask, persona)
    buttons = [*_buttons(ask, page), *_all_of_it(ask, persona, kept, start)]
    return Draft(card=Card(title=title, lines=tuple(lines)), buttons=tuple(buttons), only_for=(ask.person.id,))


def _line(ask: Ask, number: int, memory: Memory) -> str:
    if memory.about == ask.person.id:
        return say("memory_line", number=number, text=memory.text)
    return say("memory_line_about", number=number, about=memory.name, text=memory.text)


def _theirs(ask: Ask, persona: Persona) -> str:
    owner = next((m.name for m in ask.thread.members if m.person == persona.owner), "?")
    return say("memory_title_theirs", name=persona.name, owner=owner)


def _buttons(ask: Ask, page: Sequence[tuple[int, Memory]]) -> list[Press]:
    buttons = []
    for number, memory in page:
        buttons.append(about_me(ask, say("forget_number", number=number), "forget_memory", fact=memory.id))
        buttons.append(about_me(ask, say("correct_number", number=number), "correct_memory", fact=memory.id))
    return buttons


def _all_of_it(ask: Ask, persona: Persona, kept: Sequence[Memory], start: int) -> list[Press]:
    buttons = []
    if len(kept) > start + PAGE:
        args = {"persona": persona.id, "start": start + PAGE}
        buttons.append(Press(label=say("button_more"), call="memory_page", args=args, who=(ask.person.id,)))
    if len(kept) > 1:
        buttons.append(about_me(ask, say("forget_all"), "forget_all", persona=persona.id))
    if persona.learned and persona.owner == ask.person.id:
        buttons.append(about_me(ask, say("button_unlearn"), "unlearn", persona=persona.id))
    return buttons


def pick_memory(ask: Ask, found: Sequence[Memory], call: str, **args: str) -> Draft:
    """Which of several memories is meant; only the asker sees it."""
    buttons = tuple(about_me(ask, _short(m.text), call, fact=m.id, **args) for m in found[:8])
    return Draft(text=say("memory_several"), buttons=buttons, only_for=(ask.person.id,))


def _short(text: str) -> str:
    return text if len(text) <= 38 else f"{text[:37]}…"
