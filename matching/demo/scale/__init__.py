"""Invented cases for measuring: up to a million, with their codes, bookings, events and reports."""

from matching.demo.scale.building import add_open_cases, build_many_cases

__all__ = ["add_open_cases", "build_many_cases"]
