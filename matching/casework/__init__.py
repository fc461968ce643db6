"""What the municipality does with a case: assesses it, offers a time or cannot, corrects, ends, hands on."""

from matching.casework.assessing import Assessment, assess
from matching.casework.correcting import correct_days
from matching.casework.ending import stop, take_back
from matching.casework.handing_on import hand_on
from matching.casework.offering import cannot_offer, offer, withdraw_offer

__all__ = [
    "Assessment",
    "assess",
    "cannot_offer",
    "correct_days",
    "hand_on",
    "offer",
    "stop",
    "take_back",
    "withdraw_offer",
]
