"""Files that people send: kept as Blobs under the hash of what they are, served under that key."""

import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence

from bot.content import File
from bot.documents import Insert, Op
from bot.model import BLOBS, Blob
from bot.ports import Store
from channels.simulator.channel import FILE_LIMIT
from channels.simulator.refusals import too_large
from channels.simulator.requests import Upload

ThreadOf = Callable[[str], Awaitable[str]]
_PLAIN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class Uploads:
    """Takes files in. `thread_of` tells the Thread of a place."""

    def __init__(self, store: Store, thread_of: ThreadOf) -> None:
        self._store = store
        self._thread_of = thread_of

    async def take(self, place: str, uploads: Sequence[Upload]) -> tuple[tuple[File, ...], tuple[Op, ...]]:
        """The files, and what to store of them; refused with 413 above the limit, with 400 if not base64."""
        if not uploads:
            return (), ()
        thread = await self._thread_of(place)
        blobs = {b.id: b for b in (_blob(thread, upload) for upload in uploads)}
        files = tuple(File(name=b.name, mime=b.mime, key=b.id, size=len(b.data)) for b in blobs.values())
        new = [b for b in blobs.values() if await self._store.get(BLOBS, b.id) is None]
        return files, tuple(Insert(BLOBS, b) for b in new)

    async def get(self, key: str) -> Blob | None:
        """A file by its key, or None."""
        return await self._store.get(BLOBS, key)


def object_id(request: str) -> str:
    """The network's own id of what a request does: the request's id where it is plain, else made from it."""
    if not request:
        return secrets.token_hex(8)
    return request if _PLAIN_ID.fullmatch(request) else hashlib.blake2b(request.encode(), digest_size=12).hexdigest()


def _blob(thread: str, upload: Upload) -> Blob:
    content = upload.data()
    if len(content) > FILE_LIMIT:
        raise too_large(f"{upload.name} is too large: {FILE_LIMIT // 2**20} MB is the most")
    about = "\0".join((thread, upload.name, upload.mime)).encode()
    key = hashlib.blake2b(content, key=hashlib.blake2b(about).digest(), digest_size=20).hexdigest()
    return Blob(id=key, thread=thread, name=upload.name, mime=upload.mime, data=content)
