"""Accounts of the simulated network, as strict as a real one: keys have a shape, revoked ones are refused."""

import re

from bot.errors import NotAllowed, Undeliverable
from bot.powers import AccountKeys

_TOKEN = re.compile(r"sim-[A-Za-z0-9-]{8,}")


class SimulatedAccounts:
    """Which Accounts may speak. Those that nobody added here may: places name them as they like."""

    def __init__(self) -> None:
        self._tokens: dict[str, str] = {}
        self._removed: set[str] = set()

    def put(self, keys: AccountKeys) -> str:
        """Let an Account in, or give it new keys; NotAllowed for keys that are not of this network or revoked."""
        token = keys.secrets.get("token", "")
        if not _TOKEN.fullmatch(token) or "revoked" in token:
            raise NotAllowed("the token is not valid")
        self._tokens[keys.name] = token
        self._removed.discard(keys.name)
        return f"{keys.name} (simulated)"

    def remove(self, name: str) -> None:
        """It may no longer speak."""
        self._tokens.pop(name, None)
        self._removed.add(name)

    def check(self, place: str) -> None:
        """Undeliverable if the Account of a place was removed."""
        if place.split(":")[1] in self._removed:
            raise Undeliverable("this account was removed", gone="account")
