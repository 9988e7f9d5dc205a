"""What do questions about legs need from outside?"""

from typing import Protocol, runtime_checkable

from karakoram.core.findings import Finding
from karakoram.network.legs import OfferedLeg, PlacedLeg
from karakoram.network.risk_tokens import RiskKey


@runtime_checkable
class LegFile(Protocol):
    """Where legs of operators come from and go to."""

    def read_legs(self) -> tuple[tuple[PlacedLeg, ...], tuple[Finding, ...]]:
        """The legs that can be read, and everything that is wrong."""

    def write_legs(self, legs: tuple[OfferedLeg, ...]) -> None:
        """Write the legs, in their order."""


@runtime_checkable
class KeySource(Protocol):
    """Who keeps a secret key."""

    def read_key(self) -> RiskKey:
        """The key.

        Raises
        ------
        InvalidDataError
            If there is none.
        """
