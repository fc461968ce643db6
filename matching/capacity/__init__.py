"""When a site has times: weekly patterns, closures and single times, with the offers right when it is committed.

Closing a time takes back the seats that are held at it, which is why this is no business of `providers` alone.
"""
