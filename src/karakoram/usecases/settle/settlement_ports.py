"""What do the use cases of settlement need besides a store?"""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from karakoram.network.network import Network
from karakoram.settlement.exchange import ExchangeRate
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


@runtime_checkable
class TermsTarget(Protocol):
    """Where a copy of settlement terms goes."""

    def write_terms(self, terms: SettlementTerms) -> None:
        """Write the terms where nothing is yet.

        Raises
        ------
        RefusedError
            If something is there already.
        """


@runtime_checkable
class TermsKeeper(TermsSource, Protocol):
    """Where somebody keeps settlement terms of its own."""

    def write_exchange_rates(self, exchange_rates: Mapping[str, ExchangeRate]) -> None:
        """Write the exchange rates of all days; what was there is replaced.

        Raises
        ------
        RefusedError, OSError
            If the place cannot be written.
        """
