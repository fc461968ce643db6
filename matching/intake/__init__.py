"""Plans come in: from the bytes that somebody sent to typed plans, and from these to cases.

Everything up to `reading.py` is pure: an adapter for each format finds texts, `checking.py` makes a plan of them.
"""
