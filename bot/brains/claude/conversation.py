"""The conversation as messages: all that was said stands as data in the user's role, results answer the calls."""

import json
from collections.abc import Sequence

from anthropic.types import MessageParam, TextBlockParam, ToolResultBlockParam

from bot.brains.claude.wrapping import RESULT_LIMIT, cleaned, name_of, visible, wrapped
from bot.content import Draft
from bot.history import card_text
from bot.language import ENGLISH, LANGUAGES, spoken
from bot.minds import Line, Scene
from bot.ports import Outcome

# So many Entries make a chapter: the chapter that runs and the one before it are told line by line.
CHAPTER = 32
_PRIVATE_TOPICS = frozenset(("personas", "memory"))


def messages_of(
    scene: Scene, lines: Sequence[Line], summaries: Sequence[str], done: Sequence[Outcome]
) -> list[MessageParam]:
    """What was summarised, what was said, what is asked; then each round of calls with what came of it."""
    told: list[TextBlockParam] = [_text(f"<summary>\n{wrapped(s)}\n</summary>") for s in summaries]
    told += [_text(said(line)) for line in lines]
    if told:
        told[-1]["cache_control"] = {"type": "ephemeral"}
    messages: list[MessageParam] = [{"role": "user", "content": [*told, _text(_asked(scene))]}]
    for outcome in done:
        if outcome.call.own.get("content"):
            messages.append({"role": "assistant", "content": outcome.call.own["content"]})
            messages.append({"role": "user", "content": []})
        results = messages[-1]["content"]
        assert isinstance(results, list)
        results.append(result_of(outcome))
    return messages


def resumable(done: Sequence[Outcome]) -> bool:
    """Whether these calls were Claude's own, so that it can go on from them."""
    return all(o.call.own.get("id") for o in done) and (not done or bool(done[0].call.own.get("content")))


def _text(text: str) -> TextBlockParam:
    return {"type": "text", "text": text}


def readable(scene: Scene, lines: Sequence[Line]) -> list[Line]:
    """The lines that this persona may read: nothing of how personas are made and what they remember, and of another
    persona of its own person only the cards, not the words."""
    visible_topics = {c.name: c.topic for c in scene.capabilities}
    kept = []
    for line in lines:
        if line.about and visible_topics.get(line.about, "personas") in _PRIVATE_TOPICS:
            continue
        if line.persona and line.persona != scene.persona.id and _same_owner(scene, line.persona):
            line = Line(author="Caravan", kind="system", text=line.shown, at=line.at, seq=line.seq)
        if line.text.strip():
            kept.append(line)
    return kept


def _same_owner(scene: Scene, persona: str) -> bool:
    seat = scene.thread.seat(persona)
    return seat is None or seat.owner == scene.persona.owner


def _tongue() -> str:
    """The language of the conversation, where it is not the one that this is written in."""
    return "" if spoken() == ENGLISH else f", in {LANGUAGES[spoken()]}"


def said(line: Line) -> str:
    """One line with who said it; where it stood in a file nobody vouches for that."""
    kind = "file" if line.read_back else {"person": "person", "persona": "persona"}.get(line.kind, "caravan")
    return (
        f'<said by="{name_of(line.author)}" kind="{kind}" at="{line.at:%Y-%m-%d %H:%M}">\n{wrapped(line.text)}\n</said>'
    )


def _asked(scene: Scene) -> str:
    files = "".join(f'\n<file name="{name_of(f.name)}"/>' for f in scene.files)
    noted = "\nWhat they told about themselves was kept in mind, and they were told so." if scene.noted else ""
    return (
        f"It is {scene.now:%A, %Y-%m-%d %H:%M} UTC. {name_of(scene.asker.name)} asks you; their words are the "
        f"last ones said by a person above.{noted}{files}\nAnswer as {name_of(scene.persona.name)}{_tongue()}."
    )


def result_of(outcome: Outcome) -> ToolResultBlockParam:
    """What came of one call."""
    told = (
        {"error": outcome.error}
        if outcome.error
        else {"data": outcome.data, "shown": [_shown(d) for d in outcome.readable]}
    )
    text = json.dumps(cleaned(told), ensure_ascii=False, default=str)
    if len(text) > RESULT_LIMIT:
        text = f"{text[:RESULT_LIMIT]} […]"
    return {
        "type": "tool_result", "tool_use_id": outcome.call.own["id"], "is_error": bool(outcome.error),
        "content": f'<result of="{name_of(visible(outcome.call.name))}">\n{text}\n</result>',
    }  # fmt: skip


def _shown(draft: Draft) -> str:
    return "\n".join(filter(None, (draft.text, card_text(draft.card))))
