"""A payer's card says what becomes of the money it asks for: held for the price, taken at once for a debt."""

from payments.cards import live_card, share_card
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


def test_after_a_rise_nothing_is_said_to_be_held_once_it_is_taken_or_given_back() -> None:
    parts = (share(1, "ana", state="captured"), share(2, "ana", role="top_up", weight=0, of="c:1", state="captured"))
    told = {}
    for state in ("collecting", "committed", "released"):
        card = live_card(collection(*parts, state=state), NOW).card
        assert card is not None
        told[state] = say("card_paid_again", paid=1, of=1) in card.lines
    assert told == {"collecting": True, "committed": False, "released": False}
