"""The budget: example phrases, written by hand; holes are parameter names."""

PHRASES = """
show the budget
what is our budget
what is the budget for the trip
how much have we spent
how much did we spend
how much did we spend so far
what did we spend
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
how much money do we have left
how much can we still spend
what have we spent
what have we spent so far
what is the total so far
what is the total cost of the trip
how much does everything cost
how much will it cost in total
is the trip still within budget
are we still on budget
set our budget at {amount}
change the budget to {amount}
raise the budget to {amount}
increase the budget to {amount}
reduce the budget to {amount}
cut the budget to {amount}
make the budget {amount}
our budget is {amount}
the budget is {amount}
what is the total
what are we at in total
are we over budget yet
how much have we got left
how much have we got left to spend
how much has the trip cost
how much has it cost so far
how much is it per person
how much is it for each of us
how much is that each
what does it come to each
what does it cost per head
how much does each of us pay
"""
