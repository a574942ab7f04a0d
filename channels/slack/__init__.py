"""Slack: events, commands and buttons over HTTP or Socket Mode, messages through the Web API."""
