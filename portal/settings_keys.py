"""Whether keys are fit to protect people. Every sentence says which one is not, why, and what to do; none shows a key.

That a key is random cannot be seen from it. What can be seen is what people type instead: something short, something
that repeats itself, the same thing twice, or the demo's.
"""

from base64 import urlsafe_b64decode
from collections.abc import Iterator, Sequence

from cryptography.fernet import Fernet

DEMO = "demo-"
"""Every key that a demo makes for itself begins so; nobody else's does."""

SHORTEST = 32
_FEWEST_SIGNS = 10
RECIPE = "Make one with: openssl rand -base64 32 | tr +/ -_"


def faults_of_keys(keys: dict[str, str], field_keys: Sequence[str]) -> Iterator[str]:
    """Sentences about `keys` by their settings' names, and about the Fernet keys of GENVEJ_FIELD_KEYS."""
    if not field_keys:
        yield f"GENVEJ_FIELD_KEYS holds no key. {RECIPE}"
    for number, key in enumerate(field_keys, 1):
        if why := _fault_of_fernet(key):
            yield f"GENVEJ_FIELD_KEYS, key {number}, {why}. {RECIPE}"
    for name, key in keys.items():
        if why := _fault(key):
            yield f"{name} {why}. {RECIPE}"
    every = [*keys.values(), *field_keys]
    if len(set(every)) < len(every):
        yield f"{' and '.join([*keys, 'GENVEJ_FIELD_KEYS'])} hold the same key twice. Each needs its own. {RECIPE}"


def demo_keys(keys: dict[str, str], field_keys: Sequence[str]) -> list[str]:
    """The names of the settings that hold a demo's key."""
    named = [name for name, key in keys.items() if key.startswith(DEMO)]
    return named + (["GENVEJ_FIELD_KEYS"] if any(key.startswith(DEMO) for key in field_keys) else [])


def _fault(key: str | bytes) -> str | None:
    if len(key) < SHORTEST:
        return f"is too short: it needs {SHORTEST} characters or more"
    if len(set(key)) < _FEWEST_SIGNS:
        return "is too simple: it has hardly any different characters"
    # Text that repeats itself is found inside its own double, beside the two ends.
    return "is too simple: it repeats itself" if key in (key + key)[1:-1] else None  # type: ignore[operator]


def _fault_of_fernet(key: str) -> str | None:
    try:
        Fernet(key)
    except ValueError:
        return "is not a Fernet key"
    return _fault(urlsafe_b64decode(key))
