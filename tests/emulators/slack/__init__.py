"""Slack on loopback: the Web API, events and presses, Socket Mode and the install pages, as strict as the real one.

Requests are held against the published schemas where they are at hand, and always against the dated tables of
`channels/slack/limits.py` and the pages it names; what only those pages say is not machine-checked."""
