"""What do the use cases need from outside?"""

from datetime import date, tzinfo
from typing import Protocol, TypeVar, runtime_checkable

from karakoram.core.findings import Finding
from karakoram.network.network import Network
from karakoram.planning.offers import Infeasible, ServiceDesign

PaperT_contra = TypeVar("PaperT_contra", contravariant=True)


@runtime_checkable
class NetworkSource(Protocol):
    """Where a network comes from."""

    def read_network(self) -> Network:
        """The network.

        Raises
        ------
        InvalidDataError
            If it cannot be read or breaks a rule; carries every finding.
        """

    def read_network_with_findings(self) -> tuple[Network | None, tuple[Finding, ...]]:
        """The network, unless it cannot be read at all, and everything wrong with it."""


@runtime_checkable
class NetworkTarget(Protocol):
    """Where a new network goes."""

    def write_network(self, network: Network) -> None:
        """Write the network where nothing is yet.

        Raises
        ------
        RefusedError
            If something is there already.
        """


@runtime_checkable
class ReportWriter(Protocol):
    """Who turns an answer into something to hand on."""

    def write_report(self, *, network: Network, design: ServiceDesign | Infeasible) -> None:
        """Write the report of ``design`` on ``network``."""


@runtime_checkable
class PaperPrinter(Protocol[PaperT_contra]):
    """Who makes papers of one kind."""

    def check(self) -> None:
        """Refuse a paper that could not be made.

        Raises
        ------
        RefusedError
            If what makes it is not installed.
        OSError
            If the place cannot be written.
        """

    def write_paper(self, paper: PaperT_contra) -> tuple[Finding, ...]:
        """Warnings of what the reader of the paper would miss, such as letters that no font has.

        The same record gives the same paper, whenever it is written.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """


@runtime_checkable
class Clock(Protocol):
    """Who knows the day."""

    def today(self) -> date:
        """Today's date in UTC."""


@runtime_checkable
class ZoneSource(Protocol):
    """Who knows the time zones."""

    def zone(self, name: str) -> tzinfo:
        """The zone of a name of the IANA database.

        Raises
        ------
        ValueError
            If there is none; proposes those most like it.
        """


@runtime_checkable
class Progress(Protocol):
    """Who is told what happens while a person waits."""

    def __call__(self, step: str) -> None:
        """Say that ``step`` begins."""


def silent(step: str) -> None:
    """Tell nobody."""
