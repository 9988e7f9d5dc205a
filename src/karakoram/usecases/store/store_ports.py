"""What does looking after a store need from outside?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from karakoram.core.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCheck:
    """What is in a store, and what is wrong with it."""

    counts: Mapping[str, int]
    """Rows by table."""
    findings: tuple[Finding, ...]
    """Empty where nothing is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreBackup:
    """What a back-up holds."""

    place: str
    """Where it was written, or read from."""
    counts: Mapping[str, int]
    """Rows by table."""
    digest: str
    """SHA-256 of the content, in hexadecimal; the same for the same rows in any database."""


@runtime_checkable
class StoreKeeper(Protocol):
    """Who looks after a store."""

    def check(self) -> StoreCheck:
        """Every broken rule of the whole store.

        Raises
        ------
        NotFoundError
            If there is no store.
        """

    def back_up(self, target: str) -> StoreBackup:
        """What was written to a file that any store can be restored from: everything.

        Raises
        ------
        RefusedError
            If there is something at ``target`` already.
        """

    def restore(self, source: str) -> StoreBackup:
        """What an empty store, or a new one, was filled with from a file: all of it or nothing.

        Raises
        ------
        RefusedError
            If the store holds something, or the file is damaged or not a back-up.
        """

    def migrate(self) -> tuple[str, str]:
        """The forms of the store before and after it was brought to that of this program."""
