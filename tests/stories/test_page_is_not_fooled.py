"""Hostile names, titles, texts, links and files are words on the page and nothing more."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.stories.caravan import Caravan
from tests.stories.window import Window

HOSTILE = (
    "<img src=x onerror=window.fooled=1>",
    "<script>window.fooled=1</script>",
    "<svg/onload=window.fooled=1>",
    '"><iframe srcdoc="<script>parent.fooled=1</script>">',
    "{{constructor.constructor('window.fooled=1')()}}",
)
LINKS = (
    "[free trip](javascript:window.fooled=1)",
    "[free trip](data:text/html,<script>window.fooled=1</script>)",
    "[free trip](  JaVaScRiPt:window.fooled=1)",
    "<javascript:window.fooled=1>",
)
MARKDOWN = {
    "**bold** and *slanted* and `a < b`": "<p><strong>bold</strong> and <em>slanted</em> and <code>a &lt; b</code></p>",
    "one\ntwo\n\nthree": "<p>one<br>two</p><p>three</p>",
    "- a\n- b\n  1. c\n- d": '<ul><li>a</li><li>b<ol start="1"><li>c</li></ol></li><li>d</li></ul>',
    "2 * 3 * 4 and snake_case_name": "<p>2 * 3 * 4 and snake_case_name</p>",
    "**open and `never closed": "<p>**open and `never closed</p>",
    "```\n<b>*x*</b>\n```": "<pre><code>&lt;b&gt;*x*&lt;/b&gt;</code></pre>",
    "> said\n> twice": "<blockquote><p>said<br>twice</p></blockquote>",
    "# Title": '<p class="heading level-1">Title</p>',
    "&lt;b&gt; &amp;": "<p>&amp;lt;b&amp;gt; &amp;amp;</p>",
    "\\*not slanted\\*": "<p>*not slanted*</p>",
}

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_hostile_names_titles_texts_and_file_names_are_shown_as_they_were_written(
    caravan: Caravan, people: BrowserContext
) -> None:
    villain = HOSTILE[0]
    place = await caravan.place(HOSTILE[1], "Ana", villain)
    for text in (*HOSTILE, *LINKS):
        await caravan.post("say", place=place, as_=villain, text=text)
    svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIG9ubG9hZD0icGFyZW50LmZvb2xlZD0xIi8+"
    await caravan.post(
        "say",
        place=place,
        as_=villain,
        text="look",
        files=[{"name": HOSTILE[2], "mime": "image/svg+xml", "base64": svg}],
    )
    ana = await Window.open(people, caravan.url, "Ana", place)
    await expect(ana.page.get_by_role("heading", name=HOSTILE[1])).to_be_visible()
    for text in HOSTILE[:3]:
        await expect(ana.page.locator(".text", has_text=text)).to_have_text(text)
    await expect(ana.page.locator(".who .name", has_text=villain).first).to_have_text(villain)
    await expect(ana.page.locator(".file-name, .picture")).to_have_count(1)
    await ana.page.get_by_role("button", name="People and personas in this thread").click()
    await ana.page.get_by_role("button", name="Speak as", exact=True).click()
    await nothing_ran(ana.page)
    assert await ana.page.locator("#talk a[href^='javascript'], #talk a[href^='data']").count() == 0


async def test_markdown_becomes_the_nodes_it_means(caravan: Caravan, people: BrowserContext) -> None:
    ana = await Window.open(people, caravan.url)
    script = """async (texts) => {
        const { markdown } = await import("/page/markdown.js");
        const html = (text) => {
            const box = document.createElement("div");
            box.append(...markdown(text));
            return box.innerHTML;
        };
        return texts.map(html);
    }"""
    assert dict(zip(MARKDOWN, await ana.page.evaluate(script, list(MARKDOWN)), strict=True)) == MARKDOWN


async def test_very_long_and_very_marked_up_texts_do_not_stop_the_page(
    caravan: Caravan, people: BrowserContext
) -> None:
    place = await caravan.place("Long", "Ana", "Ben")
    for text in (
        "**" * 9_000,
        "[" * 19_000,
        "- " * 5_000,
        "> " * 9_000,
        "*_" * 4_000 + "x" + "_*" * 4_000,
        "a|b\n--|--\n" * 900,
    ):
        await caravan.post("say", place=place, as_="Ben", text=text)
    await caravan.post("say", place=place, as_="Ben", text="the end")
    ana = await Window.open(people, caravan.url, "Ana", place)
    await ana.sees("the end")
    assert ana.errors == []


async def test_the_page_needs_no_inline_script_or_style_and_the_server_forbids_them(
    caravan: Caravan, people: BrowserContext
) -> None:
    page = await people.new_page()
    answer = await page.goto(caravan.url)
    assert answer
    policy = (await answer.all_headers())["content-security-policy"]
    assert "unsafe" not in policy
    assert await page.locator("[style], [onclick], script:not([src]), style").count() == 0


async def nothing_ran(page: Page) -> None:
    """No script from a text ran, and none of its elements exists."""
    assert await page.evaluate("window.fooled") is None
    assert await page.locator("iframe, #app script, #app svg[onload], img[onerror], img[src='x']").count() == 0
