"""What the municipality does with a case: assesses it, offers a time or says that it cannot, corrects, ends."""

from matching.casework.assessing import Assessment, assess
from matching.casework.correcting import correct_days
from matching.casework.ending import stop, take_back
from matching.casework.offering import cannot_offer, offer, withdraw_offer

__all__ = [
    "Assessment",
    "assess",
    "cannot_offer",
    "correct_days",
    "offer",
    "stop",
    "take_back",
    "withdraw_offer",
]
