"""The benchmarks: what the portal can do, beside something that is known to be quick, on the same machine and data.

A family is one function in a file of its own, which makes what it needs on its `Ground` and yields pairs: two ways
of doing the same, and the budget that holds between them. `measuring` lets both sides of a pair take turns.
"""
