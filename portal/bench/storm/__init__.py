"""The long test of reporting: every change must reach its municipality, whatever breaks meanwhile.

The receivers of 98 municipalities are a process of their own. Most are well; the others are slow, hang, are down, come
and go, answer errors, pages for people or the acknowledgement of another message. While changes are written, the worker
is killed and the database restarted. Afterwards the receivers' own ledger is held against the cases.
"""
