"""Serving: listen, wait for the end, close in order within five seconds."""

import asyncio
import errno
import gc
import signal
import socket
import sys
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.errors import Misconfigured

# So many new objects before the collector looks at them.
_YOUNG = 20_000
_GRACE = 1.5


async def serve(app: web.Application, host: str, port: int, ending: Callable[[], Awaitable[None]]) -> None:
    """Serve until SIGINT or SIGTERM; `ending` runs before open requests are waited for.

    Misconfigured names HOST or PORT when they cannot be listened on."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE)
    await runner.setup()
    _settle_memory()
    try:
        await _listen(runner, host, port)
        await stop.wait()
        await ending()
    finally:
        await runner.cleanup()


def _settle_memory() -> None:
    """What was made for the start stays for good: the collector need not walk it while people wait.

    Nearly all that a message leaves goes without it, so it looks rarely: about a twentieth of a message's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    site = web.TCPSite(runner, host, port, backlog=1024)
    try:
        await site.start()
    except OSError as cause:
        unknown = isinstance(cause, socket.gaierror) or cause.errno == errno.EADDRNOTAVAIL
        name = "HOST" if unknown or not port else "PORT"
        raise Misconfigured(f"{name}: cannot listen on {host}:{port} ({cause.strerror or cause})") from cause
    real = runner.addresses[0][1]
    print(f"Caravan is open on http://{host}:{real}", file=sys.stderr, flush=True)
