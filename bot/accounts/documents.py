"""What is kept of an Account. Its secrets are sealed; nobody reads them but the channel that needs them."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One bot identity of ours; id `"{channel}:{account}"`. `owner`: Person id of who added it.

    `state`: active, refused (the network does not take its keys, `why` says so) or removed. `sealed`: its secrets as
    JSON, sealed (bot/sealed.py), "" once removed. `before`: the sealed secrets that worked until new ones were tried.
    """

    id: str
    channel: str
    name: str
    owner: str
    sealed: str
    since: datetime
    display: str = ""
    state: str = "active"
    why: str = ""
    before: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation of a network in which several Accounts of ours are. id: as the channel names it.

    `place`: of the Account that listens; `others`: Places of those that only speak."""

    id: str
    place: str
    others: tuple[str, ...] = ()
    version: int = 0


ACCOUNTS = Kind("accounts", Account, (Index(("channel", "name")),))
CONVERSATIONS = Kind("conversations", Conversation, (Index(("place",)),))
