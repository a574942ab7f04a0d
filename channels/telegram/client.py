"""One of our bots: python-telegram-bot's Bot on our own transport; what costs most in it is left out."""

import asyncio
import warnings
from collections.abc import Callable
from typing import Any

from aiohttp import ClientSession
from telegram import Bot, InputFile
from telegram.error import TelegramError
from telegram.warnings import PTBUserWarning

from bot.content import File
from bot.errors import Undeliverable
from bot.files import Files
from channels.telegram.failures import reaction
from channels.telegram.inbound import Me
from channels.telegram.limits import DOWNLOAD
from channels.telegram.outbound import Request
from channels.telegram.transport import TIMEOUT, Transport

# Its own methods make a Message of every answer, at twice the cost of the rest, and it is thrown away.
warnings.filterwarnings("ignore", message=r"Please use 'Bot\.|Deprecated since version v22\.2", category=PTBUserWarning)


class Client:
    """A bot by its token. `me` is known once `begin` has returned; `polling`: what asks for its updates, if it is asked

    for them."""

    def __init__(self, account: str, token: str, base: str, session: Callable[[], ClientSession], files: Files) -> None:
        self.me, self.token = Me(account=account), token
        self.polling: asyncio.Task[None] | None = None
        self._files = files
        base = (base or "https://api.telegram.org").rstrip("/")
        self._transport = way = Transport(session)
        self._bot = Bot(
            token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=way, get_updates_request=way
        )  # fmt: skip

    @property
    def name(self) -> str:
        """What people call it."""
        return f"@{self.me.username}"

    async def begin(self) -> None:
        """Ask who we are; TelegramError if that is not to be known now."""
        await self._bot.initialize()
        self.me = Me(account=self.me.account, id=self._bot.id, username=self._bot.username)

    async def ask(self, method: str, params: dict[str, Any], patience: float = TIMEOUT) -> Any:
        """A method of the Bot API with its result as JSON; raises TelegramError."""
        return await self._transport.call(f"{self._bot.base_url}/{method}", params, patience)

    async def send(self, request: Request) -> Any:
        """The same with the file that goes along, by its id where Telegram has it; RetryLater, Undeliverable."""
        if request.file is None:
            return await self.ask(request.method, request.params)
        params = request.params | {request.slot: await self._input(request.file)}
        return await self._bot.do_api_request(request.method, params, read_timeout=120.0)

    async def fetch(self, file_id: str) -> bytes:
        """A file that people sent; Undeliverable if it is too large or gone."""
        try:
            found = await self.ask("getFile", {"file_id": file_id})
            if int(found.get("file_size") or 0) > DOWNLOAD or "file_path" not in found:
                raise Undeliverable("the file is too large to be fetched")
            address = f"{self._bot.base_file_url}/{found['file_path']}"
            return await self._bot.request.retrieve(address, read_timeout=120.0)
        except TelegramError as error:
            raise reaction(error) from error

    async def _input(self, file: File) -> str | InputFile:
        ours = f"telegram:{self.me.account}:"
        if file.key.startswith(ours):
            return file.key.removeprefix(ours)
        return InputFile(await self._files.read(file), filename=file.name)
