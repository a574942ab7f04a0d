"""A person at the simulator's page, in one browser window."""

from urllib.parse import urlencode

from playwright.async_api import BrowserContext, Locator, Page, expect

# In milliseconds: a busy machine may be slow, and nobody waits for what is there.
PATIENCE = 30_000.0


class Window:
    """What a person sees and does. `errors`: everything that the browser complained about."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    @staticmethod
    async def open(people: BrowserContext, url: str, person: str = "", place: str = "") -> "Window":
        """A new window, as somebody, in a place."""
        window = Window(await people.new_page(), url)
        given = {name: value for name, value in (("as", person), ("place", place)) if value}
        await window.page.goto(f"{url}/#{urlencode(given)}" if given else url)
        return window

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message")

    def message(self, text: str) -> Locator:
        """The message with these words."""
        words = self.page.locator(".text, .notice-text, .card", has_text=text)
        return self.page.locator(".message").filter(has=words)

    async def say(self, text: str) -> None:
        """Type it and press Enter."""
        await self.composer.fill(text)
        await self.composer.press("Enter")

    async def sees(self, text: str, *, times: int = 1) -> None:
        """Waits until a message with these words has come from the server, that often."""
        await expect(self.message(text).and_(self.page.locator(":not(.pending)"))).to_have_count(times)

    async def tool(self, text: str, name: str) -> None:
        """React, Reply, Edit or Delete on the message with these words. A window behind another one is slow to draw."""
        await self.page.bring_to_front()
        message = self.message(text)
        await message.hover()
        await message.get_by_role("button", name=name, exact=True).click()
