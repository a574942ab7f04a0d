"""Help: example phrases, written by hand; holes are parameter names."""

PHRASES = """
help
show help
what can you do
what can you help with
what can i do here
how does this work
how do i use this
what commands are there
list the commands
show me the commands
show me what you can do
"""
