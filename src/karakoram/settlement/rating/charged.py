"""From when to when is each charge of a product asked, and at which price?

A product is charged from its activation to its end, at the prices it was sold at until a change
of price, and not while it is suspended. A change that is told late is given with the moment from
which it holds, and the period is rated again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import PartyId, ProductId
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import Charge
from karakoram.sales.products import Product

FOREVER = datetime.max.replace(tzinfo=UTC)
"""Stands for an end that nobody knows yet."""

Stretch = tuple[datetime, datetime]
"""A half-open interval of moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedInterval:
    """A stretch of time in which one charge is asked at one price."""

    product_id: ProductId
    payer_id: PartyId
    line: str
    """Which charge of the product, the same before and after a change of its price; the tiers of
    one usage are one line."""
    charge: Charge
    starts_at: datetime
    """In UTC; what is asked once falls on its day."""
    ends_at: datetime | None = None
    """First moment after, in UTC; ``None`` until further notice."""

    def __post_init__(self) -> None:
        if self.ends_at is not None and self.ends_at < self.starts_at:
            raise ValueError(
                f"ChargedInterval.ends_at must not be before {self.starts_at}, got {self.ends_at}"
            )

    @property
    def since(self) -> str:
        """``starts_at`` as a word, to tell intervals apart that begin on the same day."""
        return f"{self.starts_at:%Y%m%dT%H%M%S.%fZ}"

    @property
    def end(self) -> datetime:
        """``ends_at``, or the end of all time."""
        return FOREVER if self.ends_at is None else self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A stretch of time in which a product is not to be used, and not charged."""

    product_id: ProductId
    starts_at: datetime
    ends_at: datetime | None = None
    """``None`` while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """The charges of a product from a moment on, in the place of those before."""

    product_id: ProductId
    starts_at: datetime
    """In UTC; may lie before the day on which the change is told."""
    charges: tuple[Charge, ...]
    """All of them; what is asked once among them falls on the day of ``starts_at``."""


OfProductT = TypeVar("OfProductT", Suspension, PriceChange)


def charged_intervals(
    products: Iterable[Product],
    *,
    suspensions: Iterable[Suspension] = (),
    changes: Iterable[PriceChange] = (),
) -> tuple[ChargedInterval, ...]:
    """When each charge of the products is asked; a product that never became active has none.

    Parameters
    ----------
    products
        With the charges that they were sold at.
    suspensions
        In any order; they may overlap.
    changes
        In any order; of two from the same moment the later one given counts.

    Raises
    ------
    InvalidDataError
        With a finding for every suspension and change of a product that is not among them.
    """
    active = {product.product_id: product for product in products}
    pauses = _by_product(suspensions)
    priced = _by_product(changes)
    unknown = [_unknown(one, active) for one in (*pauses, *priced) if one not in active]
    if unknown:
        raise InvalidDataError(tuple(unknown))
    return tuple(
        interval
        for product_id, product in active.items()
        for interval in _of_product(
            product, pauses=pauses.get(product_id, ()), changes=priced.get(product_id, ())
        )
    )


def _of_product(
    product: Product, *, pauses: Iterable[Suspension], changes: Iterable[PriceChange]
) -> Iterator[ChargedInterval]:
    if product.active_from is None:
        return
    until = FOREVER if product.active_until is None else product.active_until
    ordered = sorted(changes, key=lambda change: change.starts_at)
    prices = [
        (product.active_from, product.plan.charges),
        *((max(one.starts_at, product.active_from), one.charges) for one in ordered),
    ]
    ends = [*(starts for starts, _ in prices[1:]), until]
    for (starts, charges), ends_at in zip(prices, ends, strict=True):
        if starts < min(ends_at, until):
            stretch = (starts, min(ends_at, until))
            yield from _at_prices(product, charges, stretch=stretch, pauses=tuple(pauses))


def _at_prices(
    product: Product,
    charges: tuple[Charge, ...],
    *,
    stretch: Stretch,
    pauses: tuple[Suspension, ...],
) -> Iterator[ChargedInterval]:
    """The intervals between two changes of price."""
    in_service = tuple(_without(stretch, pauses))
    for line, charge in zip(lines_of(charges), charges, strict=True):
        once = charge.kind is PriceType.ONE_TIME
        for starts, ends in [stretch] if once else in_service:
            yield ChargedInterval(
                product_id=product.product_id,
                payer_id=product.payer_id,
                line=line,
                charge=charge,
                starts_at=starts,
                ends_at=None if ends == FOREVER else ends,
            )


def lines_of(charges: Iterable[Charge]) -> Iterator[str]:
    """What each charge is called within its product: kind, owner, name, and its number of a kind.

    Tiers of one usage are called the same; two charges alike in everything else are counted.
    """
    seen: Counter[str] = Counter()
    for charge in charges:
        name = f"{charge.kind.value}/{charge.operator_id}/{charge.name}"
        seen[name] += 1
        repeated = seen[name] > 1 and charge.kind is not PriceType.USAGE
        yield f"{name}#{seen[name]}" if repeated else name


def _without(stretch: Stretch, pauses: Iterable[Suspension]) -> Iterator[Stretch]:
    """What is left of a stretch between the pauses."""
    begin, end = stretch
    for pause in sorted(pauses, key=lambda one: one.starts_at):
        if begin < min(pause.starts_at, end):
            yield begin, min(pause.starts_at, end)
        begin = max(begin, FOREVER if pause.ends_at is None else pause.ends_at)
    if begin < end:
        yield begin, end


def _by_product(given: Iterable[OfProductT]) -> dict[ProductId, list[OfProductT]]:
    found: dict[ProductId, list[OfProductT]] = {}
    for one in given:
        found.setdefault(one.product_id, []).append(one)
    return found


def _unknown(product_id: ProductId, known: Mapping[ProductId, Product]) -> Finding:
    place = Place(table="charges", record=product_id, field="product_id")
    message = f"{product_id!r} is none of the {len(known)} products; leave it out or add it"
    return Finding(code="unknown-product", place=place, message=message)
