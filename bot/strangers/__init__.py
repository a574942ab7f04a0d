"""Strangers kept in bounds: how fast one may speak, who does not want to hear whom, and what is reported to keepers."""
