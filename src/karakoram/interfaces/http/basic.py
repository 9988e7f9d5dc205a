"""Which name and secret does a header of the scheme Basic hold (RFC 7617)?"""

import base64
from binascii import Error as BinasciiError
from urllib.parse import unquote_plus


def credentials_from_word(word: str) -> tuple[str, str] | None:
    """Name and secret; ``None`` where the word holds none.

    Both are decoded as forms are, as RFC 6749, section 2.3.1, says.

    >>> credentials_from_word("Q1Q6c2VjcmV0")
    ('CT', 'secret')
    """
    try:
        text = base64.b64decode(word, validate=True).decode()
    except (BinasciiError, ValueError):
        return None
    name, colon, secret = text.partition(":")
    return (unquote_plus(name), unquote_plus(secret)) if colon else None
