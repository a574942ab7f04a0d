"""Discord: messages over the gateway, interactions over HTTP or the gateway, sends through the REST API."""
