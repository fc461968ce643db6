"""The citizen is told: of what, how and when, item by item, with the codes in a letter or without."""

from matching.informing.telling import HOW, Item, inform_by_letter, inform_otherwise, revoke_seen

__all__ = ["HOW", "Item", "inform_by_letter", "inform_otherwise", "revoke_seen"]
