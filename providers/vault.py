"""Encryption at rest, and keyed hashes for looking up what is encrypted.

Every stored secret is sealed with the newest Fernet key and opened with any of them; a hash is made with the newest
lookup key and recognised under any of them. So both kinds of key can be rotated. Keys have names, which give nothing
of them away: a sealed value's key is found by trying, a hash begins with the name of its own.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from providers.errors import GenvejError
from providers.words import N_

NAME_LENGTH = 8
"""Hexadecimal digits of a key's name, with which every hash begins."""


class VaultKeyInvalid(GenvejError):
    code = "vault_key_invalid"
    message = N_("Krypteringsnøglen har ikke den rette form.")


class Vault:
    """`keys` are Fernet keys, newest first; `lookup_key` keys the hashes. `other_lookup_keys` are accepted beside it.

    All of them are secret.
    """

    def __init__(self, keys: Sequence[str], lookup_key: str, other_lookup_keys: Sequence[str] = ()) -> None:
        try:
            self._fernets = {_name(key): Fernet(key) for key in keys}
            self._fernet = MultiFernet(self._fernets.values())
        except ValueError as error:
            raise VaultKeyInvalid from error
        self._lookup_keys = {_name(key): key.encode() for key in (lookup_key, *other_lookup_keys)}

    @property
    def field_keys(self) -> list[str]:
        """The names of the Fernet keys, newest first."""
        return list(self._fernets)

    @property
    def lookup_keys(self) -> list[str]:
        """The names of the lookup keys, the one that makes new hashes first."""
        return list(self._lookup_keys)

    def seal(self, plain: bytes) -> bytes:
        """Encrypted and authenticated; different at every call."""
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes:
        """What was sealed; raises `cryptography.fernet.InvalidToken` for anything else."""
        return self._fernet.decrypt(sealed)

    def sealed_by(self, sealed: bytes) -> str | None:
        """The name of the key that sealed it; None when it is none of these."""
        for name, fernet in self._fernets.items():
            try:
                fernet.decrypt(sealed)
            except InvalidToken:
                continue
            return name
        return None

    def digest(self, purpose: str, text: str) -> str:
        """64 hexadecimal digits that only the key's holder can compute; equal texts give equal ones per purpose."""
        return self.digests(purpose, text)[0]

    def digests(self, purpose: str, text: str) -> list[str]:
        """The same under every key that is accepted, newest first: a stored hash may be any of these."""
        macs = self._macs(purpose, text)
        return [name + mac.hex()[: -len(name)] for name, mac in macs.items()]

    def sign(self, purpose: str, text: str) -> bytes:
        """32 bytes under the newest lookup key."""
        return next(iter(self._macs(purpose, text).values()))

    def signed_by(self, purpose: str, text: str, signature: bytes) -> str | None:
        """The name of the key that signed it; None when it is none of these."""
        macs = self._macs(purpose, text)
        return next((name for name, mac in macs.items() if hmac.compare_digest(mac, signature)), None)

    def _macs(self, purpose: str, text: str) -> dict[str, bytes]:
        message = f"{purpose}\x00{text}".encode("utf-8", "surrogatepass")
        return {name: hmac.digest(key, message, hashlib.sha256) for name, key in self._lookup_keys.items()}


def _name(key: str) -> str:
    return hmac.digest(key.encode(), b"name", hashlib.sha256).hex()[:NAME_LENGTH]
