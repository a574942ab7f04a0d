"""What the Capabilities of payments say of themselves in Swahili; keys as in bot/declared_sw.py."""

DECLARED = {
    "my_shares": "Onyesha unacholipa hapa, pamoja na viungo vyako",
    "who_has_paid": "Onyesha nani amelipa",
    "stand_in": "Dhamini, hadi kiasi fulani, malipo ya kikundi yakishindikana baada ya nafasi kuwekwa",
    "my_mandates": "Onyesha na uondoe ulichokubali kudhamini",
    "note_expense": "Andika ulicholipia kikundi, na kwa ajili ya nani",
    "balances": "Onyesha nani anadaiwa na nani",
    "settle": "Maliza deni na mtu",
    "admin_payments": "Makusanyo na waliolipa",
    "admin_refunds": "Marejesho yaliyo njiani, na yaliyoshindikana",
    "admin_ledger": "Daftari la akaunti, mtu au safari",
    "parameter:what": "nini", "parameter:most": "kiasi cha juu zaidi", "parameter:amount": "kiasi",
}  # fmt: skip
