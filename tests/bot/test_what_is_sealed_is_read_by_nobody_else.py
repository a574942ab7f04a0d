"""Sealed texts are not readable without the secret, and nothing that was changed is opened."""

from bot.sealed import Sealer


def test_a_sealed_text_shows_nothing_and_comes_back_whole() -> None:
    sealer = Sealer("a secret of this house")
    sealed = sealer.seal("Wanjiru Kamau, née Ødegård")
    assert "Wanjiru" not in sealed and sealed != sealer.seal("Wanjiru Kamau, née Ødegård")
    assert Sealer("a secret of this house").open(sealed) == "Wanjiru Kamau, née Ødegård"


def test_another_secret_or_a_changed_text_opens_nothing() -> None:
    sealed = Sealer("a secret of this house").seal("Ana Njeri")
    assert Sealer("another secret altogether").open(sealed) is None
    assert Sealer("a secret of this house").open(sealed[:-4] + "AAAA") is None
    assert Sealer("a secret of this house").open("no seal at all") is None
