"""What can go wrong with the private PostgreSQL, in one sentence for the person at the terminal."""


class EmbeddedError(RuntimeError):
    """The private PostgreSQL cannot be made, started or erased; the message says why and what to do."""
