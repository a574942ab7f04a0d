"""Public, signed links to our files that end by themselves: for networks and people that fetch a file from us."""

from datetime import timedelta
from urllib.parse import quote

from aiohttp import web

from bot.clock import Clock
from bot.content import File
from bot.errors import NotAllowed, RetryLater, Undeliverable
from bot.files import Files
from bot.links import Links

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}


class MediaLinks:
    """Makes the links and serves what they lead to: `GET /media/{token}`."""

    def __init__(self, links: Links, files: Files, clock: Clock) -> None:
        self._links, self._files, self._clock = links, files, clock

    def link(self, file: File, lasts: timedelta) -> str:
        """An address that gives a file's bytes to whoever has it, until then."""
        about = {"key": file.key, "name": file.name, "mime": file.mime}
        return self._links.make("media", about, self._clock.now() + lasts)

    def routes(self) -> list[web.RouteDef]:
        """Its one door."""
        return [web.get("/media/{token}", self.serve)]

    async def serve(self, request: web.Request) -> web.Response:
        """The bytes under their own content type; 404 for a link that is forged, over or whose file is gone."""
        try:
            about = self._links.read("media", request.match_info["token"])
            file = File(name=about["name"], mime=about["mime"], key=about["key"], size=0)
            data = await self._files.read(file)
        except (NotAllowed, Undeliverable, KeyError) as gone:
            raise web.HTTPNotFound(text="there is no such file") from gone
        except RetryLater as away:
            raise web.HTTPServiceUnavailable(text="not now", headers={"Retry-After": "5"}) from away
        named = f"inline; filename*=UTF-8''{quote(file.name)}"
        return web.Response(
            body=data, content_type=_plain(file.mime), headers=_HEADERS | {"Content-Disposition": named}
        )


def _plain(mime: str) -> str:
    """A content type without its parameters; what a browser would run becomes a download."""
    kind = mime.partition(";")[0].strip().casefold()
    if "/" not in kind or kind in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"):
        return "application/octet-stream"
    return kind
