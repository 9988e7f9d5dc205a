"""What do questions about the catalogue need from outside?

Every command knows the ports, and few ask for the catalogue: its records, which take longer to
import than some commands to answer, are imported by those that do.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from karakoram.core.findings import Finding
from karakoram.network.network import Network

if TYPE_CHECKING:
    from karakoram.sales.catalogue.catalogue import Catalogue
    from karakoram.sales.catalogue.identifiers import ProductOfferingPriceId
    from karakoram.sales.catalogue.offerings import ProductOfferingPrice


@runtime_checkable
class CatalogueStore(Protocol):
    """Where a catalogue comes from and goes to."""

    def read_catalogue(self, network: Network | None = None) -> "Catalogue":
        """The catalogue, judged against the sites and operators of a network.

        Raises
        ------
        InvalidDataError
            If it cannot be read or breaks a rule; carries every finding.
        """

    def read_catalogue_with_findings(
        self, network: Network | None = None
    ) -> "tuple[Catalogue | None, tuple[Finding, ...]]":
        """The catalogue, unless it has errors, and everything wrong with it."""

    def write_catalogue(self, catalogue: "Catalogue") -> None:
        """Write the catalogue; one that stands there is replaced.

        Raises
        ------
        RefusedError
            If something else stands there, or nothing can be written.
        """


@runtime_checkable
class PriceListStore(Protocol):
    """Where a price list comes from and goes to."""

    def read_prices(
        self,
    ) -> "tuple[Mapping[ProductOfferingPriceId, ProductOfferingPrice], tuple[Finding, ...]]":
        """The prices that can be read, and everything wrong with the list."""

    def write_prices(self, prices: "Mapping[ProductOfferingPriceId, ProductOfferingPrice]") -> None:
        """Write the prices, in their order.

        Raises
        ------
        RefusedError
            If its format is not known, or cannot be written here.
        """
