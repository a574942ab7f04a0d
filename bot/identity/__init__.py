"""One Person with several Identities: linked by a code that both sides confirm, merged, and parted again."""
