"""Any other messenger, joined by two signed webhooks: the sample of docs/how-to/add-a-channel.md."""
