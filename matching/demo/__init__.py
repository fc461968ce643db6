"""Invented plans in every state, with codes that the demo can print again and nobody else can guess."""

from matching.demo.channels import add_channels
from matching.demo.codes import DemoCode, demo_codes
from matching.demo.intakes import add_intakes
from matching.demo.past import add_past_cases
from matching.demo.plans import build_plans

__all__ = ["DemoCode", "add_channels", "add_intakes", "add_past_cases", "build_plans", "demo_codes"]
