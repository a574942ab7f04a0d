"""Who owes what and how it is paid: ledger, splits, mandates, gateways."""
