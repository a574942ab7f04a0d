"""What keepers of an installation can do from a chat. Every package brings its own; `/admin` only gathers them."""
