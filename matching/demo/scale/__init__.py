"""Invented cases for measuring: up to a million, with their codes, bookings, events and reports."""

from matching.demo.scale.building import build_many_cases

__all__ = ["build_many_cases"]
