"""Extra powers of a Channel: small Protocols that a network's adapter adopts where the network can do it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bot.ports import Outgoing


@runtime_checkable
class Reacts(Protocol):
    """Extra power of a Channel on which our Account can put a reaction under a message (Features.reactions)."""

    async def react(self, outgoing: Outgoing) -> None:
        """Show a reaction that somebody gave elsewhere. `what`: react or unreact; `content.text`: the emoji; `parts`:
        the message in this Place, by its network's id or `{place}:message:{native id}`. Again is no error; an emoji
        that the network does not have is Undeliverable. Errors as of `Channel.send`."""
        ...


@runtime_checkable
class Types(Protocol):
    """Extra power of a Channel that can show that we are writing (Features.typing)."""

    async def typing(self, place: str) -> float:
        """Show it in a Place; seconds until it has to be shown again, 0 if never. May raise the errors of
        `Channel.send`: then nothing is shown, and nothing else happens."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKeys:
    """One Account of ours on a channel, with its secrets in the clear: never stored or logged so.

    `name`: as in the ids of its Places. `owner`: a Person id. `display`: what it is called. `secrets`: by the names
    that the channel asks for."""

    name: str
    owner: str = ""
    display: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@runtime_checkable
class HasAccounts(Protocol):
    """Extra power of a Channel that runs several Accounts beside the one of the settings ("main"), told of while it

    runs and, for those already there, after `open`. Each call may come twice and must then change nothing."""

    account_secrets: tuple[str, ...]
    """The names of the secrets an Account needs, in the order in which they are typed: ("token",)."""

    async def account_added(self, keys: AccountKeys) -> str:
        """Listen and speak through it; returns what the network calls it. NotAllowed: the network refuses the
        secrets; Explain: something else is wrong with them; RetryLater or Unknown: to be tried again."""
        ...

    async def account_rotated(self, keys: AccountKeys) -> str:
        """As `account_added`, with new secrets in place of the old ones; if they are refused the old ones stay."""
        ...

    async def account_removed(self, name: str) -> None:
        """Neither listen nor speak through it any more; what is sent through it is Undeliverable from now on."""
        ...


@runtime_checkable
class Converses(Protocol):
    """Extra power of a Channel on which several of our Accounts can be in one conversation."""

    def conversation(self, place: str) -> str:
        """A key that is the same for every Place that is one group of the network seen through another Account, and
        for no other; "" for a direct conversation. Of these Places one listens, the others only speak."""
        ...


@runtime_checkable
class KnowsItself(Protocol):
    """Extra power of a Channel that can say who our Accounts are on its network."""

    def ours(self) -> Collection[str]:
        """The identity keys of all our Accounts there, known once it is open: nothing they say is ever inbound."""
        ...


@runtime_checkable
class Invites(Protocol):
    """Extra power of a Channel whose people can be invited by a link that has a code in it."""

    def invite(self, code: str) -> str:
        """What opens a direct conversation with us with the words "join <code>" ready to send; "" if there is none."""
        ...
