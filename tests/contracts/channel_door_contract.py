"""The part of the channel contract about its webhook: garbage, forgeries, oversize; and opening and closing."""

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.capability import Registry, capabilities_of, capability
from bot.ports import RawRequest

if TYPE_CHECKING:
    from tests.contracts.channel_contract import NetworkSide

TEXTS = st.text(max_size=40)
ODD = [b"", b"{}", b"[]", b"null", b'{"a":' * 2000, b"[" * 5000, b"%ff=%00&x", b'"\\ud800"', b"\xef\xbb\xbf{}"]
BODIES = st.one_of(st.binary(max_size=200), st.sampled_from(ODD))
# The suite runs once for each network.
ALLOWED = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]


class Helper:
    @capability("Show what I can do", command="help")
    async def help(self, ask: object) -> None: ...


class ChannelDoorContract:
    @settings(max_examples=40, deadline=None, suppress_health_check=ALLOWED)
    @given(BODIES, st.dictionaries(TEXTS, TEXTS, max_size=4), st.dictionaries(TEXTS, TEXTS, max_size=4))
    async def test_no_garbage_raises_or_becomes_an_entry(
        self, network: "NetworkSide", body: bytes, headers: dict[str, str], query: dict[str, str]
    ) -> None:
        path = f"/hooks/{network.channel.name}"
        for method in ("POST", "GET"):
            request = RawRequest(method=method, path=path, query=query, headers=headers, body=body)
            receipt = await network.channel.receive(request)
            assert receipt.entries == () and 400 <= receipt.status < 500

    async def test_ten_megabytes_are_refused(self, network: "NetworkSide") -> None:
        path = f"/hooks/{network.channel.name}"
        request = RawRequest(method="POST", path=path, query={}, headers={}, body=b"a" * 10_000_000)
        receipt = await network.channel.receive(request)
        assert receipt.entries == () and 400 <= receipt.status < 500

    async def test_a_forged_request_is_refused(self, network: "NetworkSide") -> None:
        forged = network.forged()
        if forged is None:
            forged = RawRequest(method="POST", path="/hooks", query={}, headers={}, body=b"{}")
            assert (await network.channel.receive(forged)).status == 404
            return
        receipt = await network.channel.receive(forged)
        assert receipt.entries == () and receipt.status in (401, 403)

    async def test_commands_can_be_published_again(self, network: "NetworkSide") -> None:
        commands = list(Registry(capabilities_of(Helper())))
        for offered in (commands, commands, [], commands):
            await network.channel.publish_commands(offered)

    async def test_closing_twice_is_closing(self, network: "NetworkSide") -> None:
        await network.channel.close()
        await network.channel.close()
