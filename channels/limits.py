"""What the networks allow, as dated data with the page it was read from; never as constants spread in code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.ports import Features

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A network's limits: in a group, in a direct conversation, and the vendor's pages they come from."""

    group: Features
    direct: Features
    pages: tuple[str, ...]


# 4096 UTF-16 units after parsing; callback answers are private but short, so no private replies in a group;
# one bot cannot change its name. The number of buttons is not documented: 100 is what the server takes.
_TELEGRAM = Features(
    text_limit=4096, text_unit="utf16", markup="html", buttons=100, button_label=64, links_in_buttons=True,
    edits=True, deletes=True, reactions=True, replies=True, streams=True, typing=True, files=True,
    file_limit=50 * MEGABYTE, as_of="2026-08-24",
)  # fmt: skip
# 40,000 is where Slack cuts, 4,000 what it advises; 25 buttons stand in a row, up to 100 choices in a menu. A reply to
# a message in a channel would open a thread, which is a conversation of its own, so answers stand in the channel.
_SLACK = Features(
    text_limit=4000, text_unit="chars", markup="mrkdwn", buttons=100, button_label=75, links_in_buttons=True,
    edits=True, deletes=True, reactions=True, private_replies=True, own_names=True, streams=True, forms=True,
    files=True, file_limit=1024 * MEGABYTE, looks_up_sends=True, as_of="2026-08-24",
)  # fmt: skip
# Names per message come from a webhook, which direct messages do not have and which cannot reply; five rows of five
# buttons.
_DISCORD = Features(
    text_limit=2000, text_unit="utf16", markup="markdown", buttons=25, button_label=80, links_in_buttons=True,
    edits=True, deletes=True, reactions=True, replies=True, named_replies=False, private_replies=True, own_names=True,
    streams=True, typing=True, forms=True, files=True, file_limit=10 * MEGABYTE, idempotent_sends=True,
    looks_up_sends=True, as_of="2026-08-24",
)  # fmt: skip
# Three quick replies of 20 characters in a session; nothing can be edited, deleted or streamed; one name.
_WHATSAPP = Features(
    text_limit=1600, text_unit="utf16", markup="whatsapp", buttons=3, button_label=20, groups=False,
    typing=True, files=True, file_limit=16 * MEGABYTE, as_of="2026-08-24",
)  # fmt: skip

LIMITS: Mapping[str, Limits] = {
    "telegram": Limits(
        group=_TELEGRAM,
        direct=_TELEGRAM,
        pages=("https://core.telegram.org/bots/api", "https://core.telegram.org/bots/faq"),
    ),
    "slack": Limits(
        group=_SLACK,
        direct=_SLACK,
        pages=(
            "https://docs.slack.dev/reference/methods/chat.postMessage/",
            "https://docs.slack.dev/reference/block-kit/blocks/",
        ),
    ),
    "discord": Limits(
        group=_DISCORD,
        direct=replace(_DISCORD, own_names=False),
        pages=(
            "https://docs.discord.com/developers/resources/message",
            "https://docs.discord.com/developers/resources/webhook",
        ),
    ),
    "whatsapp": Limits(
        group=_WHATSAPP,
        direct=_WHATSAPP,
        pages=(
            "https://www.twilio.com/docs/whatsapp/key-concepts",
            "https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages",
            "https://www.twilio.com/docs/content",
        ),
    ),
}
