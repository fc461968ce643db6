"""Encryption at rest, and keyed hashes for looking up what is encrypted.

Every stored secret is sealed with the newest Fernet key and opened with any of them, so keys can be rotated.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet

from providers.errors import GenvejError
from providers.words import N_


class VaultKeyInvalid(GenvejError):
    code = "vault_key_invalid"
    message = N_("Krypteringsnøglen har ikke den rette form.")


class Vault:
    """`keys` are Fernet keys, newest first; `lookup_key` keys the hashes. Both are secret."""

    def __init__(self, keys: Sequence[str], lookup_key: str) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise VaultKeyInvalid from error
        self._lookup_key = lookup_key.encode()

    def seal(self, plain: bytes) -> bytes:
        """Encrypted and authenticated; different at every call."""
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed; raises `cryptography.fernet.InvalidToken` for anything else."""
        return self._fernet.decrypt(sealed)

    def digest(self, purpose: str, text: str) -> str:
        """64 hexadecimal digits that only the key's holder can compute; equal texts give equal ones per purpose."""
        return hmac.digest(
            self._lookup_key, f"{purpose}\x00{text}".encode("utf-8", "surrogatepass"), hashlib.sha256
        ).hex()
