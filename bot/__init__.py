"""The conversation core: thread log, lanes, router, persona turns, delivery; it imports none of our other packages."""
