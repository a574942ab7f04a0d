"""The simulator's page and the files people sent, served so that nothing in them can run in our name."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.model import Blob

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
PAGE = Path(__file__).parent / "page"
_TYPES = {
    ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml",
    ".png": "image/png", ".webmanifest": "application/manifest+json",
}  # fmt: skip
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SHOWN_AS_THEY_ARE = ("image/png", "image/jpeg", "image/gif", "image/webp")


def page_routes(guarded: Callable[[Handler], Handler]) -> list[web.RouteDef]:
    """The page at /, its parts under /page/; `guarded` turns away whom we do not answer."""
    return [web.get("/", guarded(_index)), web.get("/page/{name}", guarded(_part))]


async def _index(request: web.Request) -> web.StreamResponse:
    return _page_file("index.html")


async def _part(request: web.Request) -> web.StreamResponse:
    return _page_file(request.match_info["name"])


def _page_file(name: str) -> web.Response:
    path = PAGE / name
    if Path(name).name != name or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound(text="There is no such page.")
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=headers)


def file_answer(blob: Blob) -> web.Response:
    """A file as a download; pictures may be shown. It is never run, whatever its type says."""
    shown = blob.mime in _SHOWN_AS_THEY_ARE
    headers = {
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(blob.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    kind = blob.mime if shown else "application/octet-stream"
    return web.Response(body=blob.data, content_type=kind, headers=headers)
