"""What WhatsApp through Twilio allows, as dated data with its pages; the emulator of the tests reads the same table."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.pacing import Pace
from channels.limits import LIMITS, MEGABYTE

AS_OF = "2026-08-24"
PAGES = (
    "https://www.twilio.com/docs/whatsapp/key-concepts",
    "https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages",
    "https://www.twilio.com/docs/content/twilio-quick-reply",
    "https://www.twilio.com/docs/content/twiliolist-picker",
    "https://www.twilio.com/docs/api/errors/21656",
    "https://www.twilio.com/docs/whatsapp/api/typing-indicators-resource",
    "https://developers.facebook.com/docs/whatsapp/cloud-api/overview",
)

BODY = 1600
# Words beside buttons and in an approved template; the value of one variable.
CONTENT_BODY, VARIABLE = 1024, 1600
QUICK_REPLIES, TITLE = 3, 20
LIST_ITEMS, ITEM, LIST_BUTTON, CONTROL_ID = 10, 24, 20, 200
# Our own: shapes with more lines than this are not worth a Content resource of their own.
CONTENT_LINES = 30
# The service window after a person's last message, and when we take it to be closing.
WINDOW, MARGIN = timedelta(hours=24), timedelta(minutes=2)
# How long Twilio may keep what it cannot hand on yet, in seconds: https://www.twilio.com/docs/messaging/api/message-resource
VALIDITY = 4 * 60 * 60
TYPING_SECONDS = 25.0
IMAGE, MEDIA = 5 * MEGABYTE, 16 * MEGABYTE
# How long the link to a file of ours works that Twilio fetches.
MEDIA_LINK = timedelta(hours=12)
# An answer of Twilio's takes no longer than this, in seconds.
DEADLINE = 15.0

# Content types that can be sent; another type becomes a link.
MEDIA_TYPES = frozenset(
    "image/jpeg image/png audio/ogg audio/amr audio/3gpp audio/aac audio/mpeg application/pdf application/msword"
    " application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    " application/vnd.openxmlformats-officedocument.presentationml.presentation"
    " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet video/mp4 text/vcard".split()
)


def takes(mime: str, size: int) -> bool:
    """Whether a file of that content type and of so many bytes can be sent as such."""
    kind = mime.partition(";")[0].strip()
    return kind in MEDIA_TYPES and not (kind.startswith("image/") and size > IMAGE)


# https://help.twilio.com/articles/223134027: the words by which people leave and come back, as whole messages.
STOP_WORDS = frozenset(("stop", "stopall", "unsubscribe", "optout", "opt out"))
START_WORDS = frozenset(("start", "unstop"))

# How far a message has come; it only moves forward. Delivered and failed are both an end.
STATUSES: Mapping[str, int] = {
    "accepted": 0, "scheduled": 0, "queued": 1, "sending": 2, "sent": 3, "partially_delivered": 4,
    "delivered": 5, "undelivered": 5, "failed": 5, "canceled": 5, "read": 6,
}  # fmt: skip
FAILED = frozenset(("undelivered", "failed", "canceled"))

# 80 a second from one number; to one person 45 at once, in the long run one in six seconds.
NUMBER = Pace(burst=80, per_second=80, reserve=20)
PAIR = Pace(burst=45, per_second=1 / 6, reserve=5)

FEATURES = replace(
    LIMITS["whatsapp"].direct, text_limit=BODY, buttons=LIST_ITEMS, button_label=ITEM, file_limit=MEDIA,
    looks_up_sends=True, as_of=AS_OF,
)  # fmt: skip

# What the button of a template sends back: the person wants to read what waits.
OPENING = "caravan-open"
