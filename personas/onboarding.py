"""Onboarding: the welcome, and a profile from which the first persona starts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from bot.capability import Effect, Slot, capability
from bot.content import Card, Draft, Press
from bot.documents import Replace
from bot.model import PEOPLE, Person, Thread
from bot.ports import Ask, Reply, Store
from personas.cards import about_me
from personas.finding import Finder
from personas.names import checked, untaken
from personas.tastes import LONGEST
from personas.texts import say

Called = Annotated[str, Slot("text", ask=say("ask_shown_name"), title="name")]
Interests = Annotated[str, Slot("text", ask=say("ask_interests"))]
YourBudget = Annotated[Literal["low", "middle", "high"], Slot("choice", ask=say("ask_your_budget"), title="budget")]
YourStyle = Annotated[
    Literal["relaxed", "adventurous", "cultural", "family", "luxury", "backpacker", "party"],
    Slot("choice", ask=say("ask_your_style"), title="travel style"),
]  # fmt: skip


class Onboarding:
    """Capabilities for somebody who is new."""

    def __init__(self, store: Store) -> None:
        self._finder = Finder(store)

    @capability(
        "Say hello and show where to begin",
        command="start",
        phrases=("how do i start", "get started", "where do i begin", "how do we begin"),
    )
    async def start(self, ask: Ask) -> Reply:
        own = await self._finder.of(ask.person.id)
        lines = [say("welcome"), say("welcome_how"), say("welcome_try")]
        if own:
            lines.append(say("welcome_back", name=ask.person.name, names=", ".join(p.name for p in own)))
        buttons = (
            Press(label=say("button_first"), call="create_persona"),
            Press(label=say("button_plan"), call="create_itinerary"),
            Press(label=say("button_help"), call="help"),
        )
        return Reply(drafts=(Draft(card=Card(title=say("welcome_title"), lines=tuple(lines)), buttons=buttons),))

    async def may_be_called(self, ask: Ask, args: Mapping[str, Any]) -> None:
        """AskAgain for a name that cannot be."""
        if args.get("name"):
            others = [s.name for s in ask.thread.seats] + [
                m.name for m in ask.thread.present if m.person != ask.person.id
            ]
            untaken(checked(str(args["name"])), (), others)

    @capability(
        "Tell me about yourself", command="profile", effect=Effect.CHANGE, form=True, check="may_be_called",
        phrases=("edit my profile", "change my profile", "set up my profile", "fill in my profile", "show my profile",
                 "my profile"),
    )  # fmt: skip
    async def profile(
        self, ask: Ask, *, name: Called = "", interests: Interests = "", budget: YourBudget | None = None,
        style: YourStyle | None = None,
    ) -> Reply:  # fmt: skip
        """Everything may be skipped; what is skipped stays as it was."""
        given = {"interests": interests[:LONGEST], "budget": budget or "", "style": style or ""}
        profile = {**ask.person.profile, **{key: value for key, value in given.items() if value}}
        person = replace(ask.person, profile=profile, name=checked(name) if name else ask.person.name)
        shown = Draft(card=_card(person), buttons=await self._next(ask))
        if person == ask.person:
            return Reply(drafts=(shown,))
        return Reply(ops=(Replace(PEOPLE, person),), thread=_renamed(ask.thread, person), drafts=(shown,))

    async def _next(self, ask: Ask) -> tuple[Press, ...]:
        if await self._finder.of(ask.person.id):
            return ()
        return (about_me(ask, say("button_first"), "create_persona"),)


def _renamed(thread: Thread, person: Person) -> Thread | None:
    members = tuple(replace(m, name=person.name) if m.person == person.id else m for m in thread.members)
    return replace(thread, members=members) if members != thread.members else None


def _card(person: Person) -> Card:
    kept = person.profile
    told = [
        say("profile_name", name=person.name),
        kept.get("interests") and say("profile_interests", interests=kept["interests"]),
        kept.get("budget") and say("profile_budget", budget=say(f"budget_{kept['budget']}")),
        kept.get("style") and say("profile_style", style=say(f"style_{kept['style']}")),
        say("profile_note") if kept else say("profile_blank"),
    ]
    return Card(title=say("profile_title"), lines=tuple(line for line in told if line))
