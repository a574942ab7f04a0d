"""The bytes of files: stored as Blobs, or still with the network that they came by, which is asked for them."""

from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.content import File
from bot.documents import Insert
from bot.errors import CaravanError, Conflict, Undeliverable
from bot.model import BLOBS, PLACES, Blob
from bot.places import own_thread, where_to
from bot.ports import Store

_log = structlog.get_logger()
Fetch = Callable[[str], Awaitable[bytes]]


class Files:
    """Finds a file's bytes by its key. `fetchers`: channel -> what gets a key `"{channel}:..."` from that network,

    raising RetryLater or Undeliverable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.fetchers: dict[str, Fetch] = {}

    async def read(self, file: File, *, keep_in: str = "") -> bytes:
        """The bytes; Undeliverable if nobody has them, RetryLater if their network is away.

        `keep_in`: the Place that the file came by, whose Thread keeps it from now on."""
        blob = await self._store.get(BLOBS, file.key)
        if blob is not None:
            return blob.data
        fetch = self.fetchers.get(file.key.partition(":")[0])
        if fetch is None:
            raise Undeliverable(f"the file {file.name} is not there any more")
        data = await fetch(file.key)
        if keep_in:
            await self._keep(file, data, keep_in)
        return data

    async def keep_all(self, files: Sequence[File], place: str) -> None:
        """Keep what came by a Place, so that it is here when its network has forgotten it; never raises an error of
        ours."""
        for file in files:
            try:
                await self.read(file, keep_in=place)
            except CaravanError as error:
                _log.warning("a file is not fetched yet", place=place, error=type(error).__name__)

    async def _keep(self, file: File, data: bytes, place: str) -> None:
        known = await self._store.get(PLACES, place)
        thread = where_to(known) if known else own_thread(place)
        try:
            blob = Blob(id=file.key, thread=thread, name=file.name, mime=file.mime, data=data)
            await self._store.commit([Insert(BLOBS, blob)])
        except Conflict:  # somebody has kept it meanwhile
            return
