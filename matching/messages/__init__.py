"""What people are to be told: the outbox of words, its occasions, the citizen's contact, and what staff may do.

A room that has something to tell adds a kind to `telling.py`, or queues a `Draft` of its own in the transaction of
the change; how a template is worded, and by which way it goes, the portal knows (`portal/messages/`).
"""

from matching.messages.contacts import Addresses, contact_of, set_contact, stop, stoppable
from matching.messages.queue import Draft, queue_message

__all__ = ["Addresses", "Draft", "contact_of", "queue_message", "set_contact", "stop", "stoppable"]
