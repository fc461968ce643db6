"""Who runs a command, for the look-up log."""

import getpass
import os

from providers.actors import Actor


def operator() -> Actor:
    """Whoever is signed in on this machine."""
    try:
        return Actor(getpass.getuser(), "operator")
    except (KeyError, OSError):
        return Actor(f"user {os.getuid()}", "operator")
