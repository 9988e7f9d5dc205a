"""Which token stands for a risk, so that operators can compare risks without telling them?

A token is a keyed hash of the risk's identifier. Operators that share the key get the same token
for the same risk; who lacks the key can neither read a token nor try guesses on it. Who has the
key can: docs/theory/legs.md says what that means.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field

from karakoram.core.identifiers import RiskToken

KEY_BYTES_MIN = 32
"""As long as the hash (RFC 2104, section 3): a shorter key is what guessing would begin with."""

TOKEN_DIGITS = 32
"""Hexadecimal digits of a token: half of SHA-256, the least that RFC 2104, section 5, keeps. Among
a million risks two have the same token with a probability of 1.5e-27."""

FINGERPRINT_DIGITS = 16
"""Enough to tell keys apart by accident; it is no secret."""

_TOKEN = re.compile(rf"[0-9a-f]{{{TOKEN_DIGITS}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskKey:
    """The secret that operators share who want to compare risks; never shown, never sold."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < KEY_BYTES_MIN:
            raise ValueError(
                f"the key has {len(self.secret)} bytes; it needs at least {KEY_BYTES_MIN}"
            )

    @property
    def fingerprint(self) -> str:
        """What tells this key from another without telling it."""
        return self._digest("fingerprint", "")[:FINGERPRINT_DIGITS]

    def token(self, risk_id: str) -> RiskToken:
        """The token of a risk; the same risk must have the same identifier everywhere.

        Parameters
        ----------
        risk_id
            With its sort, e.g. ``span:CHL-BBS``, ``group:PK-KAGHAN`` or ``site:RWP``.

        Examples
        --------
        >>> RiskKey(secret=bytes(32)).token("site:RWP")
        'f3d541b0e16b34ed945d2813cedf6105'
        """
        return RiskToken(self._digest("risk", risk_id)[:TOKEN_DIGITS])

    def padding(self, text: str, number: int) -> RiskToken:
        """A token that stands for nothing: the ``number``-th for the leg that ``text`` tells of."""
        return RiskToken(self._digest("padding", f"{number} {text}")[:TOKEN_DIGITS])

    def drawn(self, text: str, number: int, *, below: int) -> int:
        """A number from 0 to ``below`` - 1 that nobody without the key can foretell."""
        return int(self._digest("drawn", f"{number} {text}"), 16) % below

    def _digest(self, purpose: str, text: str) -> str:
        """HMAC-SHA-256 (RFC 2104, FIPS 180-4); no two purposes ever hash the same message."""
        message = f"karakoram 1 {purpose}\0{text}".encode()
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()


def is_token(text: str) -> bool:
    """Whether a text has the form of a token.

    >>> is_token("0" * 32), is_token("span:CHL-BBS")
    (True, False)
    """
    return _TOKEN.fullmatch(text) is not None
