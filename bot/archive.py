"""A conversation as a file: taken away by /export, and read back by /import as history that looks the same."""

import secrets
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

from bot.capability import Effect, capability
from bot.codec import as_json
from bot.content import Draft, File
from bot.documents import Insert
from bot.errors import Explain
from bot.history import History, lines_of
from bot.members import require_member
from bot.minds import Line
from bot.model import BLOBS, Blob, Thread
from bot.ports import Ask, Reply, Store
from bot.texts import say

FORMAT = "caravan-thread-1"
MOST_LINES = 20_000


class _Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    author: Annotated[str, msgspec.Meta(max_length=200)]
    kind: Literal["person", "persona", "system"]
    at: datetime
    text: str


class _File(msgspec.Struct, frozen=True):
    format: str
    title: str
    members: list[str]
    personas: list[str]
    entries: list[_Line]


class Archive:
    """The Capabilities /export and /import."""

    def __init__(self, store: Store, history: History) -> None:
        self._store, self._history = store, history

    @capability(
        "Export this conversation as a file", command="export", effect=Effect.CHANGE, private=True,
        phrases=("export this chat", "give me the conversation as a file"),
    )  # fmt: skip
    async def export(self, ask: Ask) -> Reply:
        """JSON: format, title, members, personas, entries [{author, kind, at, text}]; what was said to others
        alone is not in it."""
        require_member(ask.thread, ask.person)
        lines = lines_of(await self._history.all(ask.thread.id), ask.person.id)
        body = as_json(exported(ask.thread, lines))
        blob = Blob(
            id=secrets.token_urlsafe(12), thread=ask.thread.id, name="conversation.json", mime="application/json",
            data=body,
        )  # fmt: skip
        file = File(name=blob.name, mime=blob.mime, key=blob.id, size=len(body))
        return Reply(ops=(Insert(BLOBS, blob),), drafts=(Draft(text=say("export", count=len(lines)), files=(file,)),))

    @capability("Read an exported conversation back", command="import", effect=Effect.CHANGE)
    async def import_history(self, ask: Ask) -> Reply:
        """The file that came with the command becomes part of this Thread's history."""
        require_member(ask.thread, ask.person)
        file = next(iter(ask.entry.files), None) if ask.entry else None
        blob = await self._store.get(BLOBS, file.key) if file else None
        if blob is None:
            raise Explain(say("import_none"))
        lines = imported(blob.data)
        kept: list[dict[str, Any]] = [_plain(line) for line in lines]
        return Reply(keep={"imported": kept}, drafts=(Draft(text=say("imported", count=len(lines)), notice=True),))


def exported(thread: Thread, lines: list[Line]) -> dict[str, Any]:
    """A Thread as plain values; `imported` reads its lines back."""
    return {
        "format": FORMAT,
        "title": thread.title,
        "members": [m.name for m in thread.present],
        "personas": [s.name for s in thread.seats],
        "entries": [_plain(line) for line in lines],
    }


def imported(body: bytes) -> list[Line]:
    """The lines of an exported file; Explain if it is not one."""
    try:
        file = msgspec.json.decode(body, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Explain(say("import_wrong")) from wrong
    if file.format != FORMAT or len(file.entries) > MOST_LINES:
        raise Explain(say("import_wrong"))
    return [Line(author=x.author, kind=x.kind, text=x.text, at=x.at) for x in file.entries]


def _plain(line: Line) -> dict[str, Any]:
    return {"author": line.author, "kind": line.kind, "at": line.at.isoformat(), "text": line.text}
