"""What would a price list change in a catalogue, and may it?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, errors_of
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.offerings import ProductOfferingPrice
from karakoram.sales.catalogue.validate import validate_catalogue
from karakoram.usecases.catalogue.catalogue_ports import CatalogueStore, PriceListStore
from karakoram.usecases.ports import NetworkSource


class ChangeKind(Enum):
    """What a price list does to one price."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """One price before and after."""

    kind: ChangeKind
    before: ProductOfferingPrice | None
    after: ProductOfferingPrice | None

    @property
    def price(self) -> ProductOfferingPrice:
        """The price as it will be, or as it was where it goes."""
        price = self.after or self.before
        assert price is not None, "a change has at least one side"
        return price


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListAnswer:
    """What a price list changes, what is doubtful about it, and whether it was done."""

    changes: tuple[PriceChange, ...]
    unchanged: int
    warnings: tuple[Finding, ...]
    is_written: bool


def write_price_list(
    *, catalogues: CatalogueStore, networks: NetworkSource, prices: PriceListStore
) -> int:
    """How many prices of a sound catalogue were written as a list.

    Raises
    ------
    InvalidDataError
        If the catalogue breaks a rule.
    RefusedError
        If the list cannot be written.
    """
    catalogue = catalogues.read_catalogue(networks.read_network())
    prices.write_prices(catalogue.product_offering_prices)
    return len(catalogue.product_offering_prices)


def copy_catalogue(
    *, catalogues: CatalogueStore, networks: NetworkSource, target: CatalogueStore
) -> Catalogue:
    """Copy a sound catalogue to another place.

    Raises
    ------
    InvalidDataError
        If the catalogue breaks a rule.
    RefusedError
        If something else stands there.
    """
    catalogue = catalogues.read_catalogue(networks.read_network())
    target.write_catalogue(catalogue)
    return catalogue


def change_price_list(
    *,
    prices: PriceListStore,
    catalogues: CatalogueStore,
    networks: NetworkSource,
    is_dry_run: bool,
) -> PriceListAnswer:
    """What a list changes in the place of a catalogue's prices; all of it is written or nothing.

    Parameters
    ----------
    prices
        The whole list: a price that it lacks goes.
    catalogues
        Where the catalogue comes from and goes to.
    networks
        Whose operators and sites it may name.
    is_dry_run
        Whether nothing is written, and only told what would change.

    Raises
    ------
    InvalidDataError
        If the list, or the catalogue with it, breaks a rule; carries every finding.
    RefusedError
        If the catalogue cannot be written.
    """
    network = networks.read_network()
    before = catalogues.read_catalogue(network)
    listed, findings = prices.read_prices()
    known = {(f.code, f.place.record) for f in validate_catalogue(before, network=network)}
    after = replace(before, product_offering_prices=listed)
    judged = () if errors_of(findings) else validate_catalogue(after, network=network)
    every = (*findings, *judged)
    if errors_of(every):
        raise InvalidDataError(every)
    changes = tuple(_changes(before, after))
    is_written = not is_dry_run and bool(changes)
    if is_written:
        catalogues.write_catalogue(after)
    return PriceListAnswer(
        changes=changes,
        unchanged=sum(
            before.product_offering_prices.get(key) == price for key, price in listed.items()
        ),
        warnings=tuple(f for f in every if (f.code, f.place.record) not in known),
        is_written=is_written,
    )


def _changes(before: Catalogue, after: Catalogue) -> Iterator[PriceChange]:
    """Changes in the order of the list, then what goes."""
    old, new = before.product_offering_prices, after.product_offering_prices
    for key, price in new.items():
        was = old.get(key)
        if was is None:
            yield PriceChange(kind=ChangeKind.ADDED, before=None, after=price)
        elif was != price:
            yield PriceChange(kind=ChangeKind.CHANGED, before=was, after=price)
    for key, price in old.items():
        if key not in new:
            yield PriceChange(kind=ChangeKind.REMOVED, before=price, after=None)
