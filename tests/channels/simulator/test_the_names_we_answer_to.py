"""A request under another name than ours comes from a site that had it point at this machine: it is turned away."""

import pytest

from channels.simulator.hosts import Hosts
from channels.simulator.refusals import Refusal
from tests.channels.simulator.stage import Stage

OURS = ("localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:9", "[::1]", "[::1]:8080", "localhost.:80")
NOT_OURS = (
    "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example",
    "", "[", "[::1", "0.0.0.0", "192.168.1.5", "caravan.example",
)  # fmt: skip


def answers(hosts: Hosts, said: str) -> bool:
    try:
        hosts.check({"Host": said})
    except Refusal as no:
        assert (no.status, no.code) == (403, "other_host")
        return False
    return True


@pytest.mark.parametrize("said", OURS)
@pytest.mark.parametrize("bound", ["127.0.0.1", "localhost", "::1", "0.0.0.0"])
def test_this_machine_is_called_by_its_own_names(bound: str, said: str) -> None:
    assert answers(Hosts(bound), said)


@pytest.mark.parametrize("said", NOT_OURS)
def test_on_loopback_no_other_name_is_answered(said: str) -> None:
    assert not answers(Hosts("127.0.0.1"), said)


def test_the_public_address_is_answered_wherever_we_listen() -> None:
    for bound in ("127.0.0.1", "0.0.0.0"):
        hosts = Hosts(bound, "https://Caravan.example/trips")
        assert answers(hosts, "caravan.example") and answers(hosts, "caravan.example:8443")
        assert not answers(hosts, "evil.example")


def test_bound_beyond_loopback_addresses_of_digits_are_answered_and_names_are_not() -> None:
    hosts = Hosts("0.0.0.0")
    assert answers(hosts, "192.168.1.5:8080") and answers(hosts, "[fe80::1]:8080")
    assert not answers(hosts, "evil.example")
    assert answers(Hosts("caravan.lan"), "caravan.lan:8080")


async def test_page_and_interface_turn_others_away_with_the_way_out(stage: Stage) -> None:
    for address in ("/", "/page/app.js", "/simulator/places", "/simulator/transcript?place=x", "/simulator/nothing"):
        async with stage.client.get(address, headers={"Host": "evil.example"}) as answer:
            found = await answer.json()
            assert answer.status == 403 and found["error"] == "other_host"
            assert "'evil.example'" in found["message"] and "PUBLIC_URL" in found["message"]
    async with stage.client.post("/simulator/places", json={"people": ["Ana"]}, headers={"Host": "evil.example"}) as no:
        assert no.status == 403
    assert (await stage.get("people"))["people"] == []
    async with stage.client.get("/", headers={"Host": "localhost:1"}) as page:
        assert page.status == 200
