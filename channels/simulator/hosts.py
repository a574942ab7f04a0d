"""The names the simulator answers to, so that no other site can pass itself off as it (DNS rebinding)."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from channels.simulator.refusals import Refusal

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


class Hosts:
    """`bound`: the HOST that is listened on; `public_url`: where people find us, "" if nowhere.

    Bound to loopback, only its own names are answered; bound elsewhere, every address of digits too: a rebinding
    attack needs a name."""

    def __init__(self, bound: str = "127.0.0.1", public_url: str = "") -> None:
        public = urlsplit(public_url).hostname if public_url else None
        self._names = LOOPBACK | {name.casefold() for name in (bound, public) if name}
        self._addresses = bound.casefold() not in LOOPBACK

    def check(self, headers: Mapping[str, str]) -> None:
        """Refusal 403 unless the Host header is one of ours; the port may be any."""
        said = headers.get("Host", "")
        name = _hostname(said)
        if name in self._names or (self._addresses and _is_address(name)):
            return
        raise Refusal(
            403, "other_host",
            f"I am not {said[:100]!r}: use localhost, or set PUBLIC_URL to the address people use.",
        )  # fmt: skip


def _hostname(said: str) -> str:
    """The name without its port, "" if there is none."""
    try:
        return (urlsplit(f"//{said}").hostname or "").removesuffix(".") if "@" not in said else ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
