"""A provider's places and people: what a citizen must know of them, kept by the provider itself."""
