"""The table that readers see is made from the claims that the contract proves; channels come from an explicit table."""

from pathlib import Path

from bot.clock import SystemClock
from bot.faults import StoredFaults
from bot.ports import ChannelParts
from bot.storage.sqlite import SqliteStore
from channels import CHANNELS
from channels.limits import LIMITS
from channels.table import feature_table, networks

README = Path(__file__).parents[2] / "channels" / "simulator" / "README.md"


def test_the_readme_shows_the_table_as_it_is() -> None:
    assert feature_table() in README.read_text(encoding="utf-8")


def test_every_network_claims_at_least_what_its_platform_gives() -> None:
    own_name, private, edits, idempotent = (
        {name for name, f in networks().items() if getattr(f, claim) and name in LIMITS}
        for claim in ("own_names", "private_replies", "edits", "idempotent_sends")
    )
    assert own_name == {"slack", "discord"}
    assert private == {"slack", "discord"}
    assert edits == {"telegram", "slack", "discord"}
    assert idempotent == {"discord"}


def test_a_channel_is_built_only_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    store, clock = SqliteStore(tmp_path), SystemClock()
    for wanted in (True, False):
        parts = ChannelParts(
            store=store, clock=clock, faults=StoredFaults(store, clock), environ={}, simulated=wanted
        )  # fmt: skip
        channel = CHANNELS["simulator"](parts)
        assert (channel.name if channel else "") == ("simulator" if wanted else "")
