"""`python -m tests.emulators.twilio [PORT]`: play people on WhatsApp against a Caravan of your own."""

import sys
from datetime import UTC, datetime

from aiohttp import web

from tests.emulators.twilio.server import Emulator
from tests.emulators.twilio.world import FROM, SID, TOKEN

_HELP = """Twilio on http://127.0.0.1:{port}. Start Caravan with it:
  TWILIO_ACCOUNT_SID={sid} TWILIO_AUTH_TOKEN={token} TWILIO_WHATSAPP_FROM={number} \\
  TWILIO_API_BASE=http://127.0.0.1:{port} PUBLIC_URL=http://127.0.0.1:8080 python app.py
Then be people:
  curl -d '{{"as":"Ana","text":"/ping"}}' http://127.0.0.1:{port}/people/say
  curl -d '{{"as":"Ana","message":"SM...","label":"Yes"}}' http://127.0.0.1:{port}/people/press
  curl http://127.0.0.1:{port}/people/Ana
"""

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8184
    emulator = Emulator()
    emulator.url = f"http://127.0.0.1:{port}"
    emulator.people.webhook = "http://127.0.0.1:8080/hooks/whatsapp"
    emulator.world.now = datetime.now(UTC)
    print(_HELP.format(port=port, sid=SID, token=TOKEN, number=FROM.removeprefix("whatsapp:")))
    web.run_app(emulator.application(), host="127.0.0.1", port=port, print=None)
