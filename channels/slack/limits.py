"""What Slack allows, as dated data: methods with tiers and scopes, sizes, times. The emulator reads it too."""

from collections.abc import Mapping
from dataclasses import dataclass

AS_OF = "2026-08-24"
PAGES = (
    "https://docs.slack.dev/apis/web-api/rate-limits/",
    "https://docs.slack.dev/apis/events-api/",
    "https://docs.slack.dev/reference/block-kit/blocks/",
    "https://docs.slack.dev/reference/methods/chat.postMessage/",
    "https://docs.slack.dev/reference/methods/chat.startStream/",
    "https://docs.slack.dev/reference/methods/views.open/",
    "https://docs.slack.dev/interactivity/handling-user-interaction/",
    "https://docs.slack.dev/authentication/verifying-requests-from-slack/",
)

# Seconds a signed request stays good; seconds Slack waits for an answer; when it delivers again (seconds later).
SIGNATURE_AGE = 300
ACKNOWLEDGE_WITHIN = 3.0
DELIVERED_AGAIN = (0.0, 60.0, 300.0)
TRIGGER_LASTS = 3.0
RESPONSE_URL_USES, RESPONSE_URL_LASTS = 5, 30 * 60

TEXT_CUT, TEXT_ADVISED, MARKDOWN_TEXT = 40_000, 4_000, 12_000
BLOCKS, MODAL_BLOCKS, SECTION, ACTIONS = 50, 100, 3_000, 25
LABEL, BUTTON_VALUE, BLOCK_ID, ACTION_ID = 75, 2_000, 255, 255
OPTIONS, OPTION_VALUE, MODAL_TITLE, PRIVATE_METADATA = 100, 150, 24, 3_000
USERNAME = 80
COMMANDS, COMMAND_NAME, COMMAND_ABOUT = 50, 32, 2_000
STREAM_LASTS = 300.0

# Slack's own commands: an app cannot have these names.
TAKEN_COMMANDS = frozenset(
    "active apps archive away call canvas collapse dm expand feed feedback help huddle invite join kick leave me msg"
    " mute open prefs remind remove rename search shortcuts shrug star status topic who".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A Web API method. `per_minute` for a workspace; `per_second` for a channel; `needs`: any of these scopes.

    `repeats`: calling it again with the same arguments changes nothing more."""

    needs: tuple[str, ...] = ()
    per_minute: int = 50
    per_second: float = 0.0
    repeats: bool = True


_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
METHODS: Mapping[str, Method] = {
    "auth.test": Method(per_minute=100),
    "apps.connections.open": Method(per_minute=1, needs=("connections:write",)),
    "chat.postMessage": Method(needs=("chat:write",), per_minute=300, per_second=1.0, repeats=False),
    "chat.postEphemeral": Method(needs=("chat:write",), per_minute=100, repeats=False),
    "chat.update": Method(needs=("chat:write",), per_minute=50),
    "chat.delete": Method(needs=("chat:write",), per_minute=50),
    "chat.startStream": Method(needs=("chat:write",), per_minute=20, repeats=False),
    "chat.appendStream": Method(needs=("chat:write",), per_minute=100, repeats=False),
    "chat.stopStream": Method(needs=("chat:write",), per_minute=20, repeats=False),
    "conversations.history": Method(needs=_HISTORY, per_minute=50),
    "conversations.replies": Method(needs=_HISTORY, per_minute=50),
    "conversations.info": Method(needs=_READ, per_minute=50),
    "users.info": Method(needs=("users:read",), per_minute=100),
    "views.open": Method(per_minute=100, repeats=False),
    "reactions.add": Method(needs=("reactions:write",), per_minute=50),
    "reactions.remove": Method(needs=("reactions:write",), per_minute=50),
    "files.getUploadURLExternal": Method(needs=("files:write",), per_minute=100),
    "files.completeUploadExternal": Method(needs=("files:write",), per_minute=100, repeats=False),
    "files.info": Method(needs=("files:read",), per_minute=100),
    "oauth.v2.access": Method(per_minute=600, repeats=False),
}

# What the app asks for when it is installed, and why.
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "hear when somebody names Caravan",
    "channels:history": "hear what is said in public channels it was invited to, and look up whether a message arrived",
    "channels:read": "know a public channel's name and who joins or leaves it",
    "chat:write": "speak, correct and take back its own messages, stream, answer one person alone",
    "chat:write.customize": "let each persona speak under its own name and icon",
    "commands": "offer slash commands",
    "files:read": "read files that people share with the group",
    "files:write": "send itineraries, vouchers and calendars",
    "groups:history": "the same as channels:history in private channels it was invited to",
    "groups:read": "the same as channels:read in private channels",
    "im:history": "hear what a person writes to it alone",
    "im:read": "know its direct conversations",
    "mpim:history": "hear what is said in group direct messages it is part of",
    "mpim:read": "know its group direct messages",
    "reactions:read": "learn from a 👍 or 👎 under a proposal",
    "reactions:write": "show reactions that were given on another network",
    "users:read": "call people by the name they chose",
}
EVENTS = (
    "app_mention app_uninstalled channel_archive channel_deleted channel_left channel_rename channel_unarchive"
    " group_archive group_deleted group_left group_rename group_unarchive member_joined_channel member_left_channel"
    " message.channels message.groups message.im message.mpim reaction_added reaction_removed tokens_revoked"
    " user_change"
).split()
