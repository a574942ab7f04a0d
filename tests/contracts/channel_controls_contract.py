"""The part of the channel contract about buttons, choices, forms, files, cards and reactions."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.content import Button, Card, Content, Fact, Field, File
from bot.ports import Features
from tests.contracts import channel_contract as contract

if TYPE_CHECKING:
    from tests.contracts.channel_contract import NetworkSide

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def buttons(count: int) -> tuple[Button, ...]:
    """So many buttons with short labels of their own."""
    return tuple(Button(id=f"token{i}", label=f"Take {i}") for i in range(count))


class ChannelControlsContract:
    async def test_buttons_up_to_the_limit_are_the_networks_own(
        self, network: "NetworkSide", features: Features
    ) -> None:
        count = min(features.buttons, 20)
        [message] = await network.channel.send(contract.outgoing(network, Content(text="?", buttons=buttons(count))))
        [seen] = await network.seen()
        assert seen.buttons == tuple(b.label for b in buttons(count))
        if count:
            await network.presses(self.presser, message, seen.buttons[-1])
            _is_press(network, f"token{count - 1}", "answer1", self.presser)

    async def test_more_buttons_than_that_are_numbered_and_typed(
        self, network: "NetworkSide", features: Features
    ) -> None:
        many = buttons(features.buttons + 1)
        await network.channel.send(contract.outgoing(network, Content(text="?", buttons=many)))
        seen = await network.seen()
        lines = "\n".join(s.text for s in seen).split("\n")
        assert all(not s.buttons for s in seen)
        assert all(f"{i}. {b.label}" in lines for i, b in enumerate(many, 1))
        if self.types_choices:
            await network.says(self.presser, str(len(many)))
            _is_press(network, many[-1].id, "answer1", self.presser)

    types_choices = True
    presser = "Ben"

    async def test_a_label_that_is_too_long_is_not_cut(self, network: "NetworkSide", features: Features) -> None:
        label = "x" * (features.button_label + 1)
        await network.channel.send(
            contract.outgoing(network, Content(text="?", buttons=(Button(id="t", label=label),)))
        )
        [seen] = await network.seen()
        assert (seen.buttons, label in seen.text) == ((), True)

    async def test_a_link(self, network: "NetworkSide", features: Features) -> None:
        link = Button(id="l", label="Pay", url="https://example.com/pay")
        await network.channel.send(contract.outgoing(network, Content(text="?", buttons=(link,))))
        [seen] = await network.seen()
        if features.links_in_buttons and features.buttons:
            assert (seen.buttons, link.url in seen.text) == (("Pay",), False)
        else:
            assert (seen.buttons, link.url in seen.text) == ((), True)

    async def test_a_form(self, network: "NetworkSide", features: Features) -> None:
        form = (Field(name="nights", type="count"), Field(name="style", type="choice", options=("beach", "safari")))
        await network.channel.send(contract.outgoing(network, Content(text="Your trip", form=form)))
        [seen] = await network.seen()
        assert seen.form == (("nights", "style") if features.forms else ())
        assert ("Nights" in seen.text and "beach" in seen.text) == (not features.forms)

    async def test_a_card_keeps_its_facts_and_sources(self, network: "NetworkSide") -> None:
        fact = Fact(label="Price", value="KES 4,500", source="Coast Air", ref="f1", fetched_at=NOON)
        card = Card(title="To Lamu", lines=("Every day",), facts=(fact,))
        await network.channel.send(contract.outgoing(network, Content(kind="card", card=card)))
        text = "\n".join(s.text for s in await network.seen())
        assert all(words in text for words in ("To Lamu", "Every day", "Price", "KES 4,500", "Coast Air"))

    @pytest.mark.parametrize("too_large", [False, True])
    async def test_a_file(self, network: "NetworkSide", features: Features, too_large: bool) -> None:
        file = File(name="plan.pdf", mime="application/pdf", key="k", size=features.file_limit + too_large)
        await network.channel.send(contract.outgoing(network, Content(text="Look", files=(file,))))
        seen = await network.seen()
        files, text = tuple(f for s in seen for f in s.files), "\n".join(s.text for s in seen)
        arrives = features.files and not too_large
        assert (files, "plan.pdf" in text, "Look" in text) == (
            (("plan.pdf",), False, True) if arrives else ((), True, True)
        )

    async def test_a_reaction_names_the_message(self, network: "NetworkSide", features: Features) -> None:
        [message] = await network.channel.send(contract.outgoing(network, "Lamu?"))
        if not features.reactions:
            return
        await network.reacts("Ben", message, "👍")
        [entry] = network.heard
        assert (entry.what, entry.text, entry.object, entry.name) == ("react", "👍", "answer1", "Ben")


def _is_press(network: "NetworkSide", token: str, message: str, presser: str) -> None:
    entry = network.heard[-1]
    assert (entry.what, entry.value["token"], entry.object, entry.name) == ("press", token, message, presser)
