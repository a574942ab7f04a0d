"""What Telegram allows, as dated data; the emulator of the tests reads the same table.

https://core.telegram.org/bots/api, https://core.telegram.org/bots/faq, https://core.telegram.org/api/entities"""

from dataclasses import replace

from bot.pacing import Pace, Paces
from channels.limits import LIMITS, MEGABYTE

AS_OF = "2026-08-24"
TEXT = 4096
CAPTION = 1024
ALERT = 200
CALLBACK_DATA = 64
ENTITIES = 100
KEYBOARD_ROW = 8
COMMANDS = 100
DESCRIPTION = 256
DOWNLOAD = 20 * MEGABYTE
UPLOAD = 50 * MEGABYTE
PHOTO = 10 * MEGABYTE
DELETE_HOURS = 48
TYPING_SECONDS = 5.0
# Between two edits of a stream, in seconds: in a direct conversation and in a group.
EDIT_FLOOR, GROUP_EDIT_FLOOR = 1.1, 3.1
SECRET = r"[A-Za-z0-9_-]{1,256}"

FEATURES = replace(LIMITS["telegram"].group, private_note=ALERT, text_limit=TEXT, file_limit=UPLOAD, as_of=AS_OF)
# "Bursts tolerated" has no figure: 20 is ours. 30 a second are meant for news sent to many; answers only count.
PACES = Paces(
    bot=Pace(burst=30, per_second=30, reserve=10, patient=True),
    chat=Pace(burst=20, per_second=1),
    group=Pace(burst=20, per_second=20 / 60),
)
