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
what can you help me with
what can you help us with
what can you do for me
what can you do for us
what are you able to do
what are you good for
how can you help us
what do you do
what else can you do
list your commands
show the commands
show me how this works
how do we use you
i do not know how to use this
what should i say to you
"""
