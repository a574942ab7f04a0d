"""The budget: example phrases, written by hand; holes are parameter names."""

PHRASES = """
show the budget
show our budget
what is our budget
what is the budget for the trip
how much have we spent
how much have we spent so far
how much is left
how much money is left in the budget
how much is left in the budget
are we over budget
are we within budget
what does the trip cost so far
what does the whole trip cost
break down the costs
show the costs of the trip
set the budget to {amount}
"""
