"""Does a word name a file or a database on a server, and how is it told without its password?"""

import re

_SECRETS = (
    # greedy on purpose: a password with an unescaped "@" or "/" is hidden whole
    (re.compile(r"(://[^:@/?#]*):.*@", re.DOTALL), r"\1:***@"),
    (re.compile(r"([?&][^=&]*password)=[^&]*", re.IGNORECASE | re.DOTALL), r"\1=***"),
)


def is_address(word: str) -> bool:
    """Whether the word is the address of a database, and not the path of a file.

    >>> is_address("postgresql://sales@db.example/karakoram"), is_address("my.db")
    (True, False)
    """
    return "://" in word


def shown_place(word: str) -> str:
    """The word as it may be told to anybody.

    >>> shown_place("postgresql://sales:secret@db.example:5432/karakoram?password=x&sslmode=require")
    'postgresql://sales:***@db.example:5432/karakoram?password=***&sslmode=require'
    >>> shown_place("my.db")
    'my.db'
    """
    if not is_address(word):
        return word
    for secret, told in _SECRETS:
        word = secret.sub(told, word)
    return word
