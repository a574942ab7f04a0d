"""Itineraries: planned from search results only, checked by code, changed without losing anything."""
