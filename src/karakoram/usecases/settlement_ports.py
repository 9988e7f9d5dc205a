"""What do the use cases of settlement need besides a store?"""

from typing import Protocol, runtime_checkable

from karakoram.network.network import Network
from karakoram.settlement.terms import SettlementTerms


@runtime_checkable
class TermsSource(Protocol):
    """Where the terms of settlement stand."""

    def read_terms(self, network: Network | None = None) -> SettlementTerms:
        """The terms.

        Raises
        ------
        InvalidDataError
            If they break a rule; carries every finding.
        """
