"""A small but real recipient of reports, as a municipality's own system would have one.

It stands outside the portal: it shares nothing with it but the secret and the Standard Webhooks rules.
"""

from portal.receiver.app import create_receiver
from portal.receiver.running import run_receiver
from portal.receiver.trouble import Trouble

__all__ = ["Trouble", "create_receiver", "run_receiver"]
