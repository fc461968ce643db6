"""The citizen's room: from the code in the letter to a booked first contact, and back out of it."""

from portal.access import GuardedRoute

ROUTES: list[GuardedRoute] = []
