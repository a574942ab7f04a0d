"""Mutation tests on the money code: small bugs are put in one at a time, and the fast tests must see each."""
