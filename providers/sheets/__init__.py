"""Sites, approvals and times in spreadsheets: what each kind of file holds, and how one is read line by line.

A file is taken in whole or not at all, and again it changes nothing. Everything that is wrong is said at once, each
with the number of its line. Who takes in what: `providers/sites/importing.py`, `providers/approving/importing.py`
and `matching/capacity/importing.py`.
"""
