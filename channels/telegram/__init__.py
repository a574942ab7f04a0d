"""Telegram, by its Bot API and python-telegram-bot."""
