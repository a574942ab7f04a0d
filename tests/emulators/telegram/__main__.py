"""`python -m tests.emulators.telegram [PORT]`: play Telegram's people against a Caravan of your own."""

import sys

from aiohttp import web

from tests.emulators.telegram.server import TOKEN, Emulator

_HELP = """Telegram on http://127.0.0.1:{port}. Start Caravan with it:
  TELEGRAM_TOKEN={token} TELEGRAM_API_BASE=http://127.0.0.1:{port} python app.py
Then be people:
  curl -d '{{"title":"Lamu","people":["Ana","Ben"]}}' http://127.0.0.1:{port}/people/group
  curl -d '{{"chat":CHAT,"as":"Ana","text":"/ping"}}' http://127.0.0.1:{port}/people/say
  curl http://127.0.0.1:{port}/chats/CHAT
Also: start, press, edit, react, join, leave, migrate, open_topic.
"""

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8181
    print(_HELP.format(port=port, token=TOKEN))
    web.run_app(Emulator().application(), host="127.0.0.1", port=port, print=None)
