"""The workspaces we are in: the one of the settings ("main"), other apps of ours, and those that installed this one."""

from dataclasses import dataclass

import structlog

from bot.errors import CaravanError, Explain, Misconfigured, NotAllowed, Undeliverable
from bot.powers import AccountKeys
from channels.installs import Installs
from channels.slack.api import Api
from channels.texts import say

MAIN = "main"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """A workspace as we speak in it. `account`: "main", the name of another app of ours, or the team's id."""

    account: str
    token: str
    team: str
    bot_user: str
    bot_id: str
    name: str


class Workspaces:
    """Finds the workspace of an account or of a team. `given`: the tokens of the settings and of other apps of ours;
    `only`: the app can be installed nowhere else, so what is signed for it happened where its one token is good."""

    def __init__(self, api: Api, installs: Installs, token: str, only: bool) -> None:
        self._api, self.installs, self._only = api, installs, only
        self.given = {MAIN: token} if token else {}
        self._known: dict[str, Workspace] = {}

    def ours(self) -> list[str]:
        """Who we are, in each workspace that we know by now."""
        return [f"slack:{ws.bot_user}" for ws in self._known.values()]

    async def open(self) -> None:
        """Learn who we are; Misconfigured if Slack refuses the token, later if it cannot be reached."""
        try:
            for account in self.given:
                await self.of(account)
        except Undeliverable as refused:
            await self._api.close()
            raise Misconfigured(f"SLACK_BOT_TOKEN: Slack refuses it: {refused}") from refused
        except CaravanError as away:
            _log.warning("Slack does not answer yet", error=str(away))

    async def of(self, account: str) -> Workspace:
        """The workspace of an account; Undeliverable if there is none, RetryLater while Slack is away."""
        if account not in self._known:
            token = self.given.get(account) or await self.installs.token(account)
            if not token:
                raise Undeliverable("Caravan is not in that workspace", gone="account")
            self._known[account] = await self._asked(account, token)
        return self._known[account]

    async def of_team(self, team: str, account: str = MAIN) -> Workspace:
        """Where something happened that came to an account's door; Undeliverable if we are not there (any more)."""
        if account in self.given:
            ours = await self.of(account)
            if account != MAIN or team in ("", ours.team) or (self._only and not await self.installs.token(team)):
                return ours
        return await self.of(team)

    async def add(self, keys: AccountKeys) -> str:
        """Another app of ours; what it is called. NotAllowed if Slack refuses its token, which then is not taken."""
        if not keys.secrets.get("signing_secret", "").strip():
            raise Explain(say("slack_no_signing_secret"))
        try:
            found = await self._asked(keys.name, keys.secrets.get("bot_token", ""))
        except Undeliverable as refused:
            raise NotAllowed(say("slack_refused", why=str(refused))) from refused
        self.given[keys.name], self._known[keys.name] = found.token, found
        return found.name

    async def exchange(self, asked: dict[str, str], code: str, address: str) -> str:
        """A code of the install page for the token of a workspace; what to tell the person."""
        told = await self._api.call("", "oauth.v2.access", code=code, redirect_uri=address, **asked)
        team = told.get("team") or {}
        id, token = str(team.get("id") or ""), str(told.get("access_token") or "")
        if not token or not id:
            raise Undeliverable("Slack gave no token")
        await self.installs.keep(id, token)
        self._known.pop(id, None)
        return say("slack_installed", team=team.get("name", ""), bot=(await self.of(id)).name)

    async def left(self, team: str, account: str = MAIN) -> None:
        """The app was uninstalled there or its token revoked, as came to an account's door: Slack cannot be asked."""
        ours = self._known.get(account) if account in self.given else None
        await self.drop(account if account != MAIN or (ours and ours.team == team) else team)

    async def drop(self, account: str) -> None:
        """It is ours no more."""
        self._known.pop(account, None)
        if account != MAIN:
            self.given.pop(account, None)
        await self.installs.drop(account)

    async def _asked(self, account: str, token: str) -> Workspace:
        told = await self._api.call(token, "auth.test")
        team, user, bot, name = (str(told.get(k) or "") for k in ("team_id", "user_id", "bot_id", "user"))
        return Workspace(account=account, token=token, team=team, bot_user=user, bot_id=bot, name=name)
