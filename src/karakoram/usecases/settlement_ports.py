"""What do the use cases of settlement need from outside?"""

from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

from karakoram.network.network import Network
from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.ledger_ports import LedgerReader, LedgerWriter
from karakoram.usecases.sales_ports import SalesReader, SalesWriter

AnswerT = TypeVar("AnswerT")


@runtime_checkable
class SettlementReader(SalesReader, LedgerReader, Protocol):
    """What was sold and what was booked, at one moment."""


@runtime_checkable
class SettlementWriter(SalesWriter, LedgerWriter, Protocol):
    """A transaction over sales and ledger: everything written in it counts, or nothing."""


@runtime_checkable
class SettlementStore(Protocol):
    """Where sales and ledger are kept together."""

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable.

        The action may be run again where two writers met, so it must not do anything outside.
        """


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
