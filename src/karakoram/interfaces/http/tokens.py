"""How does a client prove that it has logged in, without its secret?

A token says who and until when, and is signed (HMAC-SHA-256) with a key that the server keeps. It
says nothing that is secret, and who changes a letter of it has no token any more.
"""

import base64
import hmac
import json
import math
from binascii import Error as BinasciiError
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from karakoram.core.identifiers import ApiClientId

TOKEN_LIFE_S = 3_600
"""An hour, as most authorisation servers give; RFC 6749 leaves it open."""
KEY_BYTES_MIN = 32
"""As long as the digest, as RFC 2104, section 3, asks."""
TOKEN_CHARACTERS_MAX = 1_000
TOKENS_KEPT = 1_024
"""Tokens whose signature was looked at lately; a client sends the same one for an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Makes tokens, and reads those that it has made."""

    key: bytes
    life_s: int = TOKEN_LIFE_S

    def __post_init__(self) -> None:
        if len(self.key) < KEY_BYTES_MIN:
            raise ValueError(f"the key of tokens needs {KEY_BYTES_MIN} bytes or more")

    def new_token(self, client_id: ApiClientId, now: datetime) -> str:
        """A token for the client, which ends after its life."""
        until = int((now + timedelta(seconds=self.life_s)).timestamp())
        said = json.dumps([client_id, until], separators=(",", ":")).encode()
        return f"{_word(said)}.{_word(_signature(said, self.key))}"

    def bearer(self, token: str, now: datetime) -> ApiClientId | None:
        """Whose token it is; ``None`` where it was not made here or has ended."""
        if len(token) > TOKEN_CHARACTERS_MAX or not token.isascii():
            return None
        client_id, until = _said(token, self.key)
        return ApiClientId(client_id) if now.timestamp() < until else None


@lru_cache(maxsize=TOKENS_KEPT)
def _said(token: str, key: bytes) -> tuple[str, float]:
    """Whose token it is, and until when [s since 1970]; one that was not made here has ended."""
    first, _, second = token.partition(".")
    said, signature = _bytes(first), _bytes(second)
    if not hmac.compare_digest(_signature(said, key), signature):
        return "", -math.inf
    client_id, until = json.loads(said)
    return client_id, float(until)


def _signature(said: bytes, key: bytes) -> bytes:
    return hmac.digest(key, said, sha256)


def _word(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(word: str) -> bytes:
    try:
        return base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
    except (BinasciiError, ValueError):
        return b""
