"""Papers of a trip: vouchers and the programme as PDF, the calendar, the picture of the route."""
