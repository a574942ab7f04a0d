"""Files behind signed addresses that end by themselves: for networks that fetch a file, or do not take it at all."""

import re
from datetime import timedelta
from urllib.parse import quote

from aiohttp import web

from bot.clock import Clock
from bot.content import File
from bot.errors import NotAllowed, RetryLater, Undeliverable
from bot.files import Files
from bot.links import Links

PURPOSE = "files"
OPEN_FOR = timedelta(days=7)
# As in RFC 6838, section 4.2; aiohttp takes none that speaks of a charset.
_TYPE = re.compile(r"(?!.*charset)[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
}


class FileLinks:
    """Makes the addresses and opens them. Nothing is shown in the browser: every file is saved."""

    def __init__(self, files: Files, links: Links, clock: Clock) -> None:
        self._files, self._links, self._clock = files, links, clock

    def link(self, file: File, lasts: timedelta = OPEN_FOR) -> str:
        """An address that opens this file that long for whoever has it."""
        about = {"key": file.key, "name": file.name, "mime": file.mime, "size": str(file.size)}
        return self._links.make(PURPOSE, about, self._clock.now() + lasts)

    def routes(self) -> list[web.RouteDef]:
        return [web.get(f"/{PURPOSE}/{{token}}", self.save)]

    async def save(self, request: web.Request) -> web.Response:
        """403 for an address that is forged or over, 404 for a file that is gone, 503 while its network is away."""
        try:
            about = self._links.read(PURPOSE, request.match_info["token"])
            file = File(name=about["name"], mime=about["mime"], key=about["key"], size=int(about["size"]))
            data = await self._files.read(file)
        except NotAllowed as no:
            return web.Response(status=403, text=str(no))
        except Undeliverable as gone:
            return web.Response(status=404, text=str(gone))
        except RetryLater:
            return web.Response(status=503, text="not now", headers={"Retry-After": "5"})
        saved = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='', errors='replace')}"}
        return web.Response(body=data, content_type=_plain(file.mime), headers={**_HEADERS, **saved})


def _plain(mime: str) -> str:
    """A content type without its parameters; what a browser would run, and what is no type, has none of its own."""
    kind = mime.partition(";")[0].strip().casefold()
    if not _TYPE.fullmatch(kind) or kind in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"):
        return "application/octet-stream"
    return kind
