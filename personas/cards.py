"""How personas are shown: one as a card, all in a list, one among several to pick."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from bot.capability import Slot
from bot.content import Card, Draft, Press
from bot.model import Persona, Thread
from bot.ports import Ask
from personas.finding import MOST
from personas.tastes import avoids_in_words, likes_in_words
from personas.texts import say
from personas.vocabulary import label

Named = Annotated[str, Slot("person", ask=say("ask_which"), title="persona")]
"""A persona's name as people write it, or its id on a button."""


def persona_card(persona: Persona) -> Card:
    """A persona with everything that makes up its taste."""
    told = [
        persona.voice and say("card_voice", voice=_named("voice", persona.voice)),
        (likes := likes_in_words(persona.tastes)) and say("card_likes", likes=likes),
        (avoids := avoids_in_words(persona.tastes)) and say("card_avoids", avoids=avoids),
        persona.budget and say("card_budget", budget=_named("budget", persona.budget)),
        persona.style and say("card_style", style=say(f"style_{persona.style}")),
        persona.learned and say("card_learned", learned=learned_in_words(persona.learned)),
        persona.shared and say("card_shared", learned=learned_in_words(persona.shared)),
        not persona.learning and say("card_not_learning"),
        (kept := avoids_in_words(persona.recalled)) and say("card_recalled", recalled=kept),
    ]
    lines = tuple(line for line in told if line)
    return Card(title=persona.name, lines=lines if persona.tastes or len(lines) > 1 else (*lines, say("card_blank")))


def learned_in_words(learned: Mapping[str, int]) -> str:
    """The strongest of what likes taught: "more beaches, less museums"."""
    strongest = sorted(learned, key=lambda t: (-abs(learned[t]), t))[:6]
    return ", ".join(say("learned_more" if learned[t] > 0 else "learned_less", what=label(t)) for t in strongest)


def about_me(ask: Ask, label: str, call: str, **args: str) -> Press:
    """A button that only the asker may press."""
    return Press(label=label, call=call, args=dict(args), who=(ask.person.id,))


def persona_list(ask: Ask, own: Sequence[Persona]) -> Draft:
    """The asker's personas, who of them is active here, and what can be done with them."""
    if not own:
        return Draft(text=say("list_none"), buttons=(about_me(ask, say("button_first"), "create_persona"),))
    lines = [_line(p, ask.thread, rests=n >= MOST) for n, p in enumerate(own)]
    others = [s.name for s in ask.thread.seats if s.owner != ask.person.id]
    if others:
        lines.append(say("list_others", names=", ".join(others)))
    title = say("list_title", count=len(own), most=MOST)
    return Draft(card=Card(title=title, lines=tuple(lines)), buttons=tuple(_list_buttons(ask, own)))


def _line(persona: Persona, thread: Thread, *, rests: bool = False) -> str:
    seat = thread.seat(persona.id)
    state = say("list_rests") if rests else ""
    if seat is not None:
        active = thread.active.get(persona.owner) == persona.id
        state = say("list_quiet") if seat.quiet else say("list_active") if active else say("list_seated")
    likes, avoids = likes_in_words(persona.tastes), avoids_in_words(persona.tastes)
    tastes = [
        likes and say("card_likes", likes=likes).lower(),
        avoids and say("card_avoids", avoids=avoids).lower(),
    ]
    return f"**{persona.name}** " + " · ".join(t for t in (state, _named("voice", persona.voice), *tastes) if t)


def _named(what: str, value: str) -> str:
    """A choice as people call it."""
    return say(f"{what}_{value}") if f"{what}_{value}" in say else value


def _list_buttons(ask: Ask, own: Sequence[Persona]) -> Iterable[Press]:
    active = ask.thread.active.get(ask.person.id)
    for persona in own:
        if persona.id != active:
            yield about_me(ask, say("button_switch", name=persona.name), "switch_persona", name=persona.id)
    for persona in own:
        if ask.thread.seat(persona.id) is None and persona.id != active:
            yield about_me(ask, say("button_add", name=persona.name), "add_persona", name=persona.id)
    mine = [s for s in ask.thread.seats if s.owner == ask.person.id]
    if any(not s.quiet for s in mine):
        yield about_me(ask, say("button_quiet"), "quiet_persona")
    if any(s.quiet for s in mine):
        yield about_me(ask, say("button_wake"), "wake_persona")
    if mine:
        yield about_me(ask, say("button_remove"), "remove_persona")
    yield about_me(ask, say("button_edit"), "edit_persona", **_only(own))
    yield about_me(ask, say("button_delete"), "delete_persona", **_only(own))
    if len(own) > 1:
        yield about_me(ask, say("button_sharing"), "sharing")
    if len(own) < MOST:
        yield about_me(ask, say("button_new"), "create_persona")


def _only(own: Sequence[Persona]) -> dict[str, str]:
    return {"name": own[0].id} if len(own) == 1 else {}


def one_persona(ask: Ask, persona: Persona, text: str = "") -> Draft:
    """A persona's card with what its owner can do with it here."""
    buttons = []
    seat = ask.thread.seat(persona.id)
    if seat is None:
        buttons.append(about_me(ask, say("button_add_here"), "add_persona", name=persona.id))
    if ask.thread.active.get(ask.person.id) != persona.id:
        buttons.append(about_me(ask, say("button_switch", name=persona.name), "switch_persona", name=persona.id))
    buttons.append(about_me(ask, say("button_edit"), "edit_persona", name=persona.id))
    if seat is not None:
        call = "wake" if seat.quiet else "quiet"
        buttons.append(about_me(ask, say(f"button_{call}"), f"{call}_persona", name=persona.id))
        buttons.append(about_me(ask, say("button_remove"), "remove_persona", name=persona.id))
    buttons.append(about_me(ask, say("button_delete"), "delete_persona", name=persona.id))
    return Draft(text=text, card=persona_card(persona), buttons=tuple(buttons))


def to_pick(ask: Ask, text: str, call: str, choices: Iterable[tuple[str, str]]) -> Draft:
    """A question with one button for each (id, name); the chosen id is the call's `name`."""
    buttons = tuple(about_me(ask, say("button_pick", name=name), call, name=id) for id, name in choices)
    return Draft(text=text if buttons else say("nobody_to_pick"), buttons=buttons)
