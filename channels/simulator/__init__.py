"""The simulated network: people and Caravan in one browser page, driven over HTTP, kept in the Store."""
