"""Another messenger that speaks with Caravan by two signed webhooks, as strict as docs/how-to/add-a-channel.md says."""
