"""A person's own data: what is held, taking it away as a file, erasing it. Every package answers for its own kinds."""
