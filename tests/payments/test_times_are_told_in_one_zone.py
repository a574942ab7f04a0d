"""Times about a payment are told in the zone of what it is for, which is named; one zone in one conversation."""

from datetime import UTC, datetime

from payments.cards import live_card, reminder, share_card, when
from tests.payments.single import NOW, collection, share

AT = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)


def test_a_time_names_its_zone_and_may_be_the_next_day_there() -> None:
    assert when(AT, "Africa/Nairobi") == "21 Nov 01:30 EAT"
    assert when(AT, "America/New_York") == "20 Nov 17:30 EST"
    assert when(AT, "") == "20 Nov 22:30 UTC"


def test_everybodys_card_and_ones_own_tell_the_same_hour() -> None:
    c = collection(share(1, "ana", state="link_sent", url="https://pay"), state="collecting", zone="Africa/Nairobi")
    for draft in (live_card(c, NOW), share_card(c, c.shares[0], NOW)):
        assert draft.card is not None and "20 Nov 16:00 EAT" in "\n".join(draft.card.lines)
    told = [draft.text + str(draft.card) for draft in (live_card(c, NOW), share_card(c, c.shares[0], NOW))]
    assert not any("UTC)" in text or "13:00" in text for text in (*told, reminder(c, c.shares[0]).text))
