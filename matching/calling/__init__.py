"""Ring me: a citizen who found no time asks a site to call them by a certain day."""

from matching.calling.asking import ask_for_call, call_of, withdraw_call
from matching.calling.places import Place, places_to_ask
from matching.calling.working import WaitingCall, calls_waiting, close_call, count_waiting

__all__ = [
    "Place",
    "WaitingCall",
    "ask_for_call",
    "call_of",
    "calls_waiting",
    "close_call",
    "count_waiting",
    "places_to_ask",
    "withdraw_call",
]
