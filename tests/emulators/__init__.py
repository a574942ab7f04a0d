"""Vendors as servers on loopback, as strict as the real ones: what our adapters are tested against."""
