"""What does knowing the clients of the platform need from outside?"""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Secrets(Protocol):
    """Who makes secrets, and tells whether one is right."""

    def new_secret(self) -> str:
        """A secret that nobody can guess."""

    def digest(self, secret: str) -> str:
        """What is kept of a secret: salted, and slow to compute."""

    def is_right(self, secret: str, digest: str) -> bool:
        """Whether the digest is that of the secret; takes as long for a wrong one.

        An empty digest, that of nobody, is compared for as long too, and is never right.
        """
