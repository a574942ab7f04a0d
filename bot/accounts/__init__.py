"""Several Accounts of ours on a channel, each with its own keys: added, given new keys and removed while we run."""
