"""Professionals and what they sell: listings, plans, reviews, consultations."""
