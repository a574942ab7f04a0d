"""Buying: cart, checkout, orders, bookings, cancellations; who pays what, and what it came to."""
