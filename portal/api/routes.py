"""The API's table of routes."""

from portal.access import GuardedRoute

ROUTES: list[GuardedRoute] = []
