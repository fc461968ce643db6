"""The citizen's choice: hold a seat, book it, move it, cancel it, wait, or ask the municipality."""

from matching.booking.choosing import book, cancel, move
from matching.booking.handing import ask_municipality
from matching.booking.holding import drop_expired_holds, held_seat, hold, release
from matching.booking.waiting import stop_waiting, wait

__all__ = [
    "ask_municipality",
    "book",
    "cancel",
    "drop_expired_holds",
    "held_seat",
    "hold",
    "move",
    "release",
    "stop_waiting",
    "wait",
]
