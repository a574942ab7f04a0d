"""Every kind of document that the conversation core stores."""

from typing import Any

from bot.accounts.documents import ACCOUNTS, CONVERSATIONS
from bot.audit import KINDS as AUDIT_KINDS
from bot.consent.ballots import POLLS
from bot.documents import Kind
from bot.identity.documents import GUESSES, LINKINGS
from bot.model import KINDS as MODEL_KINDS
from bot.pauses import PAUSES
from bot.people import INSTALLATION
from bot.shown import SHOWN_PARTS
from bot.strangers.documents import BLOCKS, LOCKOUTS, REPORTS
from bot.troubles import TROUBLES

KINDS: tuple[Kind[Any], ...] = (
    *MODEL_KINDS,
    INSTALLATION,
    PAUSES,
    POLLS,
    SHOWN_PARTS,
    TROUBLES,
    LINKINGS,
    GUESSES,
    LOCKOUTS,
    BLOCKS,
    REPORTS,
    ACCOUNTS,
    CONVERSATIONS,
    *AUDIT_KINDS,
)
