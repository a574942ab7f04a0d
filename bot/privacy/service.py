"""`/privacy`: what is held about the asker, as a card, as a file, or not any more."""

import asyncio
import contextlib
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.capability import Confirmed, Effect, Registry, Text, capability
from bot.consent.confirm import confirm
from bot.content import Card, Draft, File, Press
from bot.documents import Delete, Insert
from bot.errors import Conflict
from bot.floor import job_id
from bot.language import formed
from bot.model import BLOBS, PEOPLE, Blob, Entry, Job
from bot.ports import Ask, Call, Holdings, Reply, Store, Subject
from bot.privacy.archive import zipped
from bot.privacy.erasing import erase_job, is_last_admin
from bot.privacy.scrubbing import pages
from bot.privacy.subjects import Subjects
from bot.privacy.texts import say
from bot.secret import key_for

KEPT_FOR = timedelta(hours=24)
_ONCE, _TWICE = "once", "twice"


class Privacy:
    """Capabilities about one's own data. `holdings`: of every package."""

    def __init__(
        self, store: Store, registry: Registry, subjects: Subjects, holdings: Sequence[Holdings], secret: str
    ) -> None:
        self._store, self._registry, self._subjects, self._holdings = store, registry, subjects, holdings
        self._key = key_for(secret, "exports")

    @capability(
        "See, take away or erase what I hold about you", command="privacy", private=True, slow=True,
        phrases=("show my data", "what data do you hold about me", "export my data", "delete my data", "erase my data",
                 "privacy", "delete my account"),
    )  # fmt: skip
    async def privacy(self, ask: Ask, *, words: Text = "") -> Reply:
        """What is held, counted; `words`: "export" hands it out at once."""
        if words.strip().casefold() in ("export", "hamisha"):
            export: Reply = await self.export_me(ask)
            return export
        sections = await self._held(await self._subjects.of(ask.person))
        counts = [say("section", section=title, count=len(rows)) for title, rows in sections.items() if rows]
        card = Card(title=say("title"), lines=(*(counts or [say("nothing")]), say("rights")))
        return Reply(drafts=(Draft(card=card, buttons=tuple(self._buttons(ask))),))

    def _buttons(self, ask: Ask) -> list[Press]:
        calls = {"export_me": "button_export", "erase_me": "button_erase", "sharing": "button_sharing"}
        mine = {"who": (ask.person.id,)}
        return [Press(label=say(k), call=c, **mine) for c, k in calls.items() if self._registry.get(c)]  # type: ignore[arg-type]

    async def _held(self, subject: Subject) -> dict[str, list[Any]]:
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for held in self._holdings:
            for one in subject.each():
                for title, rows in (await held.export(one)).items():
                    found[title].extend(r for r in rows if r not in found[title])
        return found

    @capability("Take away everything I hold about you", private=True, slow=True, hidden=True)
    async def export_me(self, ask: Ask) -> Reply:
        """A zip, for the asker alone; removed from here after a day."""
        sections = await self._held(await self._subjects.of(ask.person))
        body = await asyncio.to_thread(zipped, sections, f"{formed(ask.now, '%d %B %Y, %H:%M')} UTC")
        key = hmac.digest(self._key, ask.key.encode(), hashlib.sha256).hex()
        blob = Blob(id=key, thread=ask.thread.id, name="my-data.zip", mime="application/zip", data=body)
        with contextlib.suppress(Conflict):  # this Job was here before
            await self._store.commit([Insert(BLOBS, blob)])
        file = File(name=blob.name, mime=blob.mime, key=key, size=len(body))
        draft = Draft(text=say("exported"), files=(file,))
        return Reply(
            drafts=(draft,), then=Call(name="export_ends", args={"file": key}), data={"sections": list(sections)}
        )

    @capability("Remove an export after a day", effect=Effect.CHANGE, hidden=True)
    async def export_ends(self, ask: Ask, *, file: Text) -> Reply:
        blob = await self._store.get(BLOBS, file)
        if blob is None or blob.thread != ask.thread.id or blob.name != "my-data.zip":
            return Reply()
        job = Job(
            id=job_id(file, "drop"), name="drop_export", thread=ask.thread.id, due_at=ask.now + KEPT_FOR,
            args={"file": file},
        )  # fmt: skip
        return Reply(jobs=(job,))

    async def drop_export(self, job: Job) -> Entry | None:
        """The Job: the file's bytes are gone."""
        blob = await self._store.get(BLOBS, str(job.args.get("file", "")))
        if blob is not None:
            await self._store.commit([Delete(BLOBS, blob)])
        return None

    @capability("Erase everything about you", private=True, effect=Effect.CHANGE, hidden=True)
    async def erase_me(self, ask: Ask, *, confirmed: Confirmed = "") -> Reply:
        """Told what must end first, asked twice, then a Job."""
        subject = await self._subjects.of(ask.person)
        blocks = [line for held in self._holdings for one in subject.each() for line in await held.blocks(one)]
        if blocks:
            return Reply(drafts=(Draft(card=Card(title=say("blocked"), lines=tuple(blocks))),))
        if confirmed == _TWICE:
            return Reply(jobs=(erase_job(ask, subject),), drafts=(Draft(text=say("erasing"), notice=True),))
        if confirmed == _ONCE:
            text, label = say("really", name=ask.person.name), say("label_really")
            return Reply(drafts=(confirm(ask, "erase_me", {}, text=text, label=label, seal=_TWICE),))
        return Reply(
            drafts=(confirm(ask, "erase_me", {}, card=await self._warned(ask), label=say("label_erase"), seal=_ONCE),)
        )

    async def _warned(self, ask: Ask) -> Card:
        lines = [say("erase_what"), say("erase_keeps"), say("erase_again")]
        if ask.person.role == "admin" and is_last_admin(ask.person, await self._admins()):
            lines.insert(0, say("erase_admin"))
        return Card(title=say("erase_title"), lines=tuple(lines))

    async def _admins(self) -> list[str]:
        return [p.id async for page in pages(self._store, PEOPLE, {}, "name") for p in page if p.role == "admin"]
