"""The invented registry for measuring: up to half a million sites and five million times, written within minutes."""

from providers.demo.scale.building import build_big_registry

__all__ = ["build_big_registry"]
