"""Card numbers are found however they are written, and other numbers stay."""

import pytest

from bot.redact import redact


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111 12/27 123",
        "card no.4111111111111111",
        "1: 4111111111111111",
        "nr 7 4111 1111 1111 1111",
        "4111  1111  1111  1111",
        "4111\n1111\n1111\n1111",
        "4111/1111/1111/1111",
        "4111_1111_1111_1111",
        "4111–1111–1111–1111",
        "4111\u200b1111\u200b1111\u200b1111",
        "４１１１１１１１１１１１１１１１",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "amex 378282246310005 cvc 1234",
        "3782 822463 10005",
        "it is4111111111111111ok",
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    digits = "".join(c for c in redact(text) if c.isdigit())
    assert "411111111111" not in digits
    assert "37828224631" not in digits
    assert "[card number removed]" in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        " ".join("4111111111111111" * 20),
        "ref 35666979460406 123",
        "call +254 712 345 678 or 0712 345 679",
        "from 2026-12-01 to 2026-12-08 for 60000 KES",
        "12.12.2026 14:30 - 20.12.2026 16:45",
        "IBAN DE89 3704 0044 0532 0130 00",
        "1234567890123456",
        "call 0712345678, 0722345678 or 0733345678",
        "-1.286389, 36.817223",
        "between 10:30 and 12:45 on 2026-12-24, 4 people, 60,000 shillings",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("4111 1111 1111 1111 12/27 123", "[card number removed] 12/27 [security code removed]"),
        ("4111111111111111 123", "[card number removed] [security code removed]"),
        ("4111111111111111, exp 12/2027, 1234", "[card number removed], exp 12/2027, [security code removed]"),
        ("cvv 123", "cvv [security code removed]"),
        ("my CVC is 123, thanks", "my CVC is [security code removed], thanks"),
        ("the security code: 1234", "the security code: [security code removed]"),
        ("4111111111111111 in Room 204", "[card number removed] in Room 204"),
        ("room 123, code 4567", "room 123, code 4567"),
        ("csc 2027 and 12345", "csc [security code removed] and 12345"),
    ],
)
def test_security_codes_beside_cards_are_not_kept(text: str, kept: str) -> None:
    assert redact(text) == kept
