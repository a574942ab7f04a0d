"""Money among friends: who paid for whom, who owes whom, and settling up. No payment service takes part."""
