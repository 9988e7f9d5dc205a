"""How are secrets made, and what is kept of them?

Scrypt (RFC 7914) from the standard library: some 50 ms and 16 MB for each guess.
"""

import hmac
import os
from dataclasses import dataclass
from hashlib import scrypt
from secrets import token_urlsafe

_COST, _BLOCK, _LANES = 2**14, 8, 1
"""The cost that RFC 7914, section 2, gives for interactive log-ins."""
_SALT_BYTES, _SECRET_BYTES = 16, 32
_SECRET_CHARACTERS_MAX = 200
"""A longer word is no secret of ours, and would make each guess dearer for us."""
_NOBODY = "scrypt$00$00"


@dataclass(frozen=True, slots=True)
class ScryptSecrets:
    """Secrets of 256 bits, kept as ``scrypt$SALT$KEY`` in hexadecimal."""

    def new_secret(self) -> str:
        """A secret that nobody can guess."""
        return token_urlsafe(_SECRET_BYTES)

    def digest(self, secret: str) -> str:
        """What is kept of a secret."""
        salt = os.urandom(_SALT_BYTES)
        return f"scrypt${salt.hex()}${_key(secret, salt).hex()}"

    def is_right(self, secret: str, digest: str) -> bool:
        """Whether the digest is that of the secret."""
        _, salt, key = (digest or _NOBODY).split("$")
        made = _key(secret[:_SECRET_CHARACTERS_MAX], bytes.fromhex(salt))
        is_same = hmac.compare_digest(made.hex(), key)
        return is_same and len(secret) <= _SECRET_CHARACTERS_MAX


def _key(secret: str, salt: bytes) -> bytes:
    word = secret.encode("utf-8", "surrogatepass")
    return scrypt(word, salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=32)
