"""What we send to Discord: voices, cards, pings, files, limits, and what happens when sending goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import Button, Card, Content, File
from bot.documents import Insert
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.model import BLOBS, Blob
from channels.discord.limits import FILE_LIMITS, NONCE_LASTS, TYPING_LASTS
from tests.channels.discord.stage import DiscordSide, made, staged
from tests.contracts.channel_contract import outgoing
from tests.emulators.discord.door import Fault
from tests.emulators.discord.strictness import BUCKETS

SEND = "POST /channels/{channel_id}/messages"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path) as side:
        yield side


def zuri(side: DiscordSide, text: str, **more: object) -> object:
    """Words of a persona."""
    return outgoing(side, text, name="Zuri", kind="persona", **more)


def shown(side: DiscordSide, person: str = "Ana") -> list[str]:
    return [m["content"] for m in side.people.seen(side.room, person)]


async def test_personas_share_one_webhook_with_a_name_and_a_picture_each(side: DiscordSide) -> None:
    for n, name in enumerate(("Zuri", "Kito", "Zuri")):
        await side.channel.send(outgoing(side, "Karibu", name=name, kind="persona", shown=f"a{n}"))
    said = side.people.seen(side.room, "Ana")
    assert [m["author"]["username"] for m in said] == ["Zuri", "Kito", "Zuri"] and len(
        side.emulator.world.webhooks
    ) == 1
    assert said[0]["avatar_url"] == said[2]["avatar_url"] and said[0]["avatar_url"].startswith(
        "https://cdn.discordapp.com/"
    )
    again = made(side.store, side.emulator)
    await again.open(side.inbox)
    await again.send(outgoing(side, "Back", name="Zuri", kind="persona", shown="a4"))
    await again.close()
    assert len(side.emulator.world.webhooks) == 1


async def test_a_carried_message_shows_its_author_and_their_picture(side: DiscordSide) -> None:
    carried = outgoing(side, "Hello from Telegram", name="Chi", kind="person", avatar="https://example.com/chi.png")
    await side.channel.send(carried)
    [said] = side.people.seen(side.room, "Ana")
    assert (said["author"]["username"], said["avatar_url"]) == ("Chi", "https://example.com/chi.png")


@pytest.mark.parametrize("name", ["Discord", "Clyde the dog", "everyone", "a:b"])
async def test_a_name_that_discord_refuses_stands_before_the_words(side: DiscordSide, name: str) -> None:
    await side.channel.send(outgoing(side, "Karibu", name=name, kind="persona"))
    [said] = await side.seen()
    assert (said.author, said.text) == ("Caravan", f"{name}: Karibu")


async def test_without_the_right_to_webhooks_the_name_stands_before_the_words(side: DiscordSide) -> None:
    side.emulator.world.denied[side.room] = {"MANAGE_WEBHOOKS"}
    parts = await side.channel.send(zuri(side, "Karibu"))  # type: ignore[arg-type]
    edit = zuri(side, "Karibuni", id="d2", what="edit", parts=parts)
    assert await side.channel.send(edit) == parts  # type: ignore[arg-type]
    assert shown(side) == ["**Zuri:** Karibuni"]


async def test_a_webhook_that_somebody_deleted_is_made_anew(side: DiscordSide) -> None:
    await side.channel.send(zuri(side, "one"))  # type: ignore[arg-type]
    side.emulator.world.webhooks.clear()
    second = zuri(side, "two", shown="a2")
    with pytest.raises(RetryLater):
        await side.channel.send(second)  # type: ignore[arg-type]
    await side.channel.send(second)  # type: ignore[arg-type]
    assert shown(side) == ["one", "two"] and len(side.emulator.world.webhooks) == 1


async def test_nobody_pings_everyone_through_us_but_a_friend_can_be_named(side: DiscordSide) -> None:
    await side.says("Ben", "hello")
    await side.channel.send(outgoing(side, "@everyone @here look, @Ben <@&1234567> <@999999999>"))
    [said] = [m for m in side.people.seen(side.room, "Ana") if m["author"]["username"] == "Caravan"]
    assert side.emulator.world.pings == [(said["id"], side.emulator.world.person("Ben"))]
    assert "\\<@&1234567>" in said["content"] and "\\<@999999999>" in said["content"]


async def test_a_card_is_an_embed_and_one_that_is_too_long_is_text(side: DiscordSide) -> None:
    short = Content(kind="card", card=Card(title="Lamu", lines=("Day 1", "Day 2")), text="Your plan")
    await side.channel.send(outgoing(side, short))
    long = Content(kind="card", card=Card(title="Lamu", lines=tuple(f"Day {n} at the beach" for n in range(400))))
    await side.channel.send(outgoing(side, long, shown="a2"))
    first, *rest = side.people.seen(side.room, "Ana")
    assert (first["content"], first["embeds"]) == ("Your plan", [{"title": "Lamu", "description": "Day 1\nDay 2"}])
    told = "\n".join(m["content"] for m in rest)
    assert len(rest) > 2 and all(f"Day {n} at the beach" in told for n in range(400))


async def test_links_that_no_button_takes_stand_in_the_text(side: DiscordSide) -> None:
    long = "https://example.com/" + "x" * 600
    await side.channel.send(outgoing(side, Content(text="Pay", buttons=(Button(id="l", label="Here", url=long),))))
    [said] = await side.seen()
    assert (said.buttons, long in said.text) == ((), True)


async def test_files_come_along_and_the_limit_is_the_servers(side: DiscordSide) -> None:
    world = side.emulator.world
    assert side.channel.features(side.place).file_limit == FILE_LIMITS[0]
    world.guilds[world.guild]["premium_tier"] = 2
    await side.emulator.gateway.dispatch("GUILD_CREATE", side.emulator.gateway.guild(world.guild))
    await side.says("Ana", "boosted")
    assert side.channel.features(side.place).file_limit == FILE_LIMITS[2]
    world.guilds[world.guild]["premium_tier"] = 0
    large = b"x" * (FILE_LIMITS[0] + 1)
    await side.store.commit([Insert(BLOBS, Blob(id="big", thread="t", name="film.mp4", mime="video/mp4", data=large))])
    content = Content(text="Look", files=(File(name="film.mp4", mime="video/mp4", key="big", size=len(large)),))
    await side.channel.send(outgoing(side, content))
    said = side.people.seen(side.room, "Ana")[-1]
    assert said["attachments"] == [] and "Look" in said["content"] and "film.mp4" in said["content"]


async def test_a_stream_ends_with_its_file(side: DiscordSide) -> None:
    parts = await side.channel.send(outgoing(side, "Thinking", partial=True))
    done = Content(text="Here", files=(File(name="plan.pdf", mime="application/pdf", key="k", size=4),))
    assert await side.channel.send(outgoing(side, done, id="d2", what="edit", parts=parts)) == parts
    [said] = await side.seen()
    assert (said.text, said.files) == ("Here", ("plan.pdf",))


async def test_an_edit_may_need_more_parts_or_fewer(side: DiscordSide) -> None:
    parts = await side.channel.send(zuri(side, "short"))  # type: ignore[arg-type]
    long = " ".join(f"word{n}" for n in range(600))
    more = await side.channel.send(zuri(side, long, id="d2", what="edit", parts=parts))  # type: ignore[arg-type]
    assert len(more) > 1 and more[0] == parts[0] and " ".join(shown(side)).split() == long.split()
    less = await side.channel.send(zuri(side, "short", id="d3", what="edit", parts=more))  # type: ignore[arg-type]
    assert (less, shown(side)) == (parts, ["short"])
    await side.channel.send(zuri(side, "", id="d4", what="delete", parts=less))  # type: ignore[arg-type]
    assert shown(side) == []
    await side.channel.send(zuri(side, "", id="d4", what="delete", parts=less))  # type: ignore[arg-type]


async def test_a_used_up_route_waits_without_asking_and_other_channels_do_not(tmp_path: Path) -> None:
    async with staged(tmp_path, buckets=True) as side:
        other = f"discord:main:{side.emulator.world.add_channel('other')}"
        for n in range(BUCKETS[SEND][0]):
            await side.channel.send(outgoing(side, f"{n}", shown=f"a{n}"))
        asked = len(side.emulator.api.requests)
        with pytest.raises(RetryLater) as busy:
            await side.channel.send(outgoing(side, "more", shown="more"))
        assert 0 < busy.value.after <= BUCKETS[SEND][1] and len(side.emulator.api.requests) == asked
        await side.channel.send(outgoing(side, "elsewhere", place=other, shown="b1"))


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_429_is_waited_for_where_it_counts(side: DiscordSide, everywhere: bool) -> None:
    other = f"discord:main:{side.emulator.world.add_channel('other')}"
    body = {"message": "You are being rate limited.", "retry_after": 0.7, "global": everywhere}
    side.emulator.api.faults = [Fault(match=f"POST .*{side.room}/messages", status=429, body=body)]
    with pytest.raises(RetryLater) as busy:
        await side.channel.send(outgoing(side, "now"))
    assert busy.value.after == 0.7
    elsewhere = outgoing(side, "elsewhere", place=other, shown="b1")
    if everywhere:
        with pytest.raises(RetryLater):
            await side.channel.send(elsewhere)
    else:
        assert await side.channel.send(elsewhere)


async def test_a_send_without_an_answer_is_unknown_and_repeated_is_one_message(side: DiscordSide) -> None:
    side.emulator.api.faults = [Fault(match=f"POST .*{side.room}/messages", lost=True)]
    delivery = outgoing(side, "Once")
    with pytest.raises(Unknown):
        await side.channel.send(delivery)
    await side.channel.send(delivery)
    assert shown(side) == ["Once"]


@pytest.mark.parametrize("persona", [False, True])
async def test_a_send_without_an_answer_is_found_later_even_after_a_restart(side: DiscordSide, persona: bool) -> None:
    delivery = outgoing(side, "Once", **({"name": "Zuri", "kind": "persona"} if persona else {}))
    earlier = replace(delivery, id="e", shown="earlier")
    first = await side.channel.send(earlier)
    side.emulator.api.faults = [Fault(match=r"POST .*/(messages|webhooks/\d+/hook-\d+)$", lost=True)]
    with pytest.raises(Unknown):
        await side.channel.send(delivery)
    await side.channel._shown.close()
    again = made(side.store, side.emulator)
    await again.open(side.inbox)
    side.emulator.world.ahead = NONCE_LASTS + 1
    found = await again.look_up(delivery)
    await again.close()
    assert found is not None and found != first and len(shown(side)) == 2


async def test_what_grew_by_a_correction_stands_there_once_and_in_its_last_words(side: DiscordSide) -> None:
    words, zuri = [f"word{n}" for n in range(900)], {"name": "Zuri", "kind": "persona"}
    parts = await side.channel.send(outgoing(side, "short", **zuri))
    grown = outgoing(side, " ".join(words), id="d2", what="edit", parts=parts, **zuri)
    limited = Fault(match=r"POST .*/webhooks/", status=429, body={"retry_after": 0.1}, after=1)
    side.emulator.api.faults = [limited]
    with pytest.raises(RetryLater):
        await side.channel.send(grown)
    await asyncio.sleep(0.15)
    await side.channel.send(replace(grown, content=Content(text=" ".join(words).replace("w", "W"))))
    assert limited.times == 0 and " ".join(shown(side)).split() == [word.replace("w", "W") for word in words]


async def test_an_edit_that_fails_for_the_moment_is_repeated(side: DiscordSide) -> None:
    parts = await side.channel.send(outgoing(side, "7:10"))
    side.emulator.api.faults = [Fault(match="PATCH", status=502)]
    edit = outgoing(side, "8:20", id="d2", what="edit", parts=parts)
    with pytest.raises(RetryLater):
        await side.channel.send(edit)
    assert await side.channel.send(edit) == parts and shown(side) == ["8:20"]


async def test_where_we_may_not_speak_is_said_to_be_closed(side: DiscordSide) -> None:
    for right in ("SEND_MESSAGES", "VIEW_CHANNEL"):
        side.emulator.world.denied[side.room] = {right}
        with pytest.raises(Undeliverable) as closed:
            await side.channel.send(outgoing(side, "Hi"))
        assert closed.value.gone == "place"
    side.emulator.world.token = "rotated"
    with pytest.raises(Undeliverable) as revoked:
        await side.channel.send(outgoing(side, "Hi"))
    assert revoked.value.gone == "account"


async def test_who_does_not_take_direct_messages_is_unreachable_but_nothing_else_is(side: DiscordSide) -> None:
    side.emulator.world.closed.add(side.emulator.world.person("Ben"))
    with pytest.raises(Undeliverable) as closed:
        await side.channel.send(outgoing(side, "You owe 500", reader=(side.reader("Ben"),)))
    assert closed.value.gone == ""
    await side.channel.send(outgoing(side, "You owe 300", reader=(side.reader("Ana"),), shown="a2"))


async def test_reactions_and_typing_are_shown(side: DiscordSide) -> None:
    message = await side.says("Ana", "Lamu?")
    react = outgoing(side, "👍", what="react", parts=(f"{side.place}:message:{message}",), kind="person")
    await side.channel.react(react)
    assert side.emulator.world.reactions[message] == {"👍": {side.emulator.world.me}}
    await side.channel.react(replace(react, what="unreact"))
    assert side.emulator.world.reactions[message] == {"👍": set()}
    with pytest.raises(Undeliverable):
        await side.channel.react(outgoing(side, ":kaka:", what="react", parts=(message,)))
    assert 0 < await side.channel.typing(side.place) < TYPING_LASTS and side.emulator.world.typed == [side.room]
    assert [e for e in side.heard if e.what == "react"] == []


@pytest.mark.parametrize("pressed", [False, True])
async def test_what_is_for_one_alone_stays_so_when_it_grows(side: DiscordSide, pressed: bool) -> None:
    if pressed:
        button = Content(text="?", buttons=(Button(id="t", label="Mine"),))
        [message] = await side.channel.send(outgoing(side, button, shown="a0"))
        await side.presses("Ben", message, "Mine")
    mine = {"reader": (side.reader("Ben"),), "shown": "a1"}
    parts = await side.channel.send(outgoing(side, "short", **mine))
    long = " ".join(f"secret{n}" for n in range(600))
    more = await side.channel.send(outgoing(side, long, id="d2", what="edit", parts=parts, **mine))
    told = " ".join(s.text for s in await side.seen("Ben"))
    assert len(more) > 1 and all(f"secret{n}" in told for n in range(600))
    assert not any("secret" in s.text for s in await side.seen("Ana"))
