"""An invented registry on real geography: nobody in it exists, and every name in it says so."""

from providers.demo.progress import Progress, unseen
from providers.demo.registry import build_registry
from providers.demo.rolling import roll_slots_forward

__all__ = ["Progress", "build_registry", "roll_slots_forward", "unseen"]
