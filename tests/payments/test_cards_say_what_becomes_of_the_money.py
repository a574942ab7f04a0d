"""A payer's card says what becomes of the money it asks for: held for the price, taken at once for a debt."""

from payments.cards import share_card
from payments.texts import say
from tests.payments.single import NOW, collection, share


def test_a_card_says_what_becomes_of_the_money_it_asks_for() -> None:
    told = {}
    for role in ("own", "debt", "backstop"):
        one = share(1, "ana", role=role, state="link_sent", url="https://pay")
        card = share_card(collection(one, state="committed"), one, NOW).card
        assert card is not None
        told[role] = card.lines[-1]
    assert told == {"own": say("share_held"), "debt": say("debt_held"), "backstop": say("backstop_held")}
