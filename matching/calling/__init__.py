"""Whom a site rings by a certain day: who found no time and asked for it, and who chose a week without an hour."""

from matching.calling.asking import ask_for_call, call_of, withdraw_call
from matching.calling.sites import SiteToAsk, sites_to_ask
from matching.calling.weeks import WaitingWeek, ring_by, weeks_waiting
from matching.calling.working import WaitingCall, calls_waiting, close_call, count_waiting

__all__ = [
    "SiteToAsk",
    "WaitingCall",
    "WaitingWeek",
    "ask_for_call",
    "call_of",
    "calls_waiting",
    "close_call",
    "count_waiting",
    "ring_by",
    "sites_to_ask",
    "weeks_waiting",
    "withdraw_call",
]
