"""Files of a network, fetched within bounds; secrets are shown to the first address only."""

from collections.abc import Mapping
from urllib.parse import urljoin

import aiohttp

from bot.errors import Undeliverable

_REDIRECTS = 4


async def fetched(session: aiohttp.ClientSession, url: str, most: int, headers: Mapping[str, str]) -> bytes:
    """The bytes behind an address, through redirects. `headers`: with the secrets, for that address alone.

    Undeliverable if there is nothing or more than `most` bytes; OSError or ClientError if it may work later."""
    for _ in range(_REDIRECTS):
        async with session.get(url, headers=headers, allow_redirects=False) as answer:
            if answer.status in (301, 302, 303, 307, 308):
                url, headers = urljoin(url, answer.headers.get("Location", "")), {}
                continue
            if answer.status >= 500 or answer.status == 429:
                raise OSError(f"HTTP {answer.status}")
            if answer.status >= 400:
                raise Undeliverable(f"HTTP {answer.status}")
            return await _bounded(answer, most)
    raise Undeliverable("a file behind too many redirects")


async def _bounded(answer: aiohttp.ClientResponse, most: int) -> bytes:
    data = bytearray()
    async for chunk in answer.content.iter_chunked(1 << 16):
        data += chunk
        if len(data) > most:
            raise Undeliverable("it is too large")
    return bytes(data)
