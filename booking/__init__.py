"""Trips, itineraries, offers, carts and bookings, and the services they come from."""
