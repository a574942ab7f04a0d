"""WhatsApp through Twilio's API."""
