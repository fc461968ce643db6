"""Invented plans in every state, with codes that the demo can print again and nobody else can guess."""

from matching.demo.channels import add_channels
from matching.demo.codes import DemoCode, demo_codes
from matching.demo.past import add_past_cases
from matching.demo.plans import build_plans
from matching.demo.weekly_starts import add_weekly_starts

__all__ = ["DemoCode", "add_channels", "add_past_cases", "add_weekly_starts", "build_plans", "demo_codes"]
