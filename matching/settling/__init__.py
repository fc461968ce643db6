"""What a municipality owes for the courses that have ended: the basis of a settlement, and no invoice."""

from matching.settling.pricing import Price, Rule, due, in_force
from matching.settling.reading import Course, Settled, Sum, settle, sums

__all__ = ["Course", "Price", "Rule", "Settled", "Sum", "due", "in_force", "settle", "sums"]
