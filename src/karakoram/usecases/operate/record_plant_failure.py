"""Which products did a failure of plant take, which switched, and what would buyers get back?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from karakoram.core.identifiers import OperatorId, OutageId, ProductId, ResourceId
from karakoram.core.money import Money, total
from karakoram.operations.outages import Outage
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.settlement.rating.periods import BillingPeriod, day_of, month_of
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.operate.trace_words import plant_meant, riders_on
from karakoram.usecases.ports import NetworkSource
from karakoram.usecases.settle.credit_outages import month_credit, product_of_month
from karakoram.usecases.settle.ledger_ports import SettlementReader
from karakoram.usecases.settle.settling import Settling


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantFailure:
    """When plant failed, in whose part, and why; each product's outage is named after it."""

    failure_id: str
    """E.g. a ticket."""
    plant: str
    """What failed, as :func:`karakoram.usecases.operate.trace_words.plant_meant` takes it."""
    starts_at: datetime
    """UTC."""
    ends_at: datetime
    """UTC; the first moment at which it worked again."""
    at_fault_id: OperatorId
    where: str
    cause: str
    is_excused: bool = False
    source: str

    def __post_init__(self) -> None:
        if self.ends_at <= self.starts_at:
            raise ValueError(
                f"PlantFailure.ends_at must be after starts_at {self.starts_at}, got {self.ends_at}"
            )

    def outage_of(self, product_id: ProductId) -> Outage:
        """The time in which the product did not work.

        Raises
        ------
        ValueError
            If a word of it is blank.
        """
        return Outage(
            outage_id=OutageId(f"{self.failure_id}/{product_id}"),
            product_id=product_id,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            at_fault_id=self.at_fault_id,
            where=self.where,
            cause=self.cause,
            is_excused=self.is_excused,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCredit:
    """What would be given back for a month, if it were billed as it was sold."""

    month: BillingPeriod
    amount: Money
    """Taxes not included."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckProduct:
    """A product that rides on plant which failed."""

    product: Product
    outage: Outage | None
    """The time without service; ``None`` where a way of it was left, so that it switched."""
    credits: tuple[MonthCredit, ...] = ()


def struck_products(
    failure: PlantFailure, *, settling: Settling, networks: NetworkSource
) -> tuple[StruckProduct, ...]:
    """Every product in service that rides on the plant, and what its buyer would get back.

    One is down where each of its ways is hit; what carries it is taken to have no protection of
    its own. Nothing is recorded.

    Parameters
    ----------
    failure
        What happened to which plant.
    settling
        The parts of the outside.
    networks
        Where a word that is no resource is looked up.

    Raises
    ------
    NotFoundError
        If the word means nothing, or the terms have no book of the operator at fault.
    """
    settling.terms.book_of(failure.at_fault_id)
    plant = plant_meant(failure.plant, store=settling.store, networks=networks)
    riders = riders_on(plant, store=settling.store)
    hit = {*plant, *(ResourceId(each.rider_id) for each in riders)}

    def read(tx: SettlementReader) -> tuple[StruckProduct, ...]:
        found = (tx.find(Product, each.rider_id) for each in riders if each.kind is None)
        alive = [each for each in found if each is not None and _is_alive(each, failure)]
        return tuple(_struck(tx, each, failure, hit=hit, settling=settling) for each in alive)

    return settling.store.read(read)


def record_plant_failure(
    struck: Iterable[StruckProduct], *, deed: Deed, settling: Settling
) -> tuple[Outage, ...]:
    """The outage of each product that is down, recorded; those recorded just so stay as they are.

    Raises
    ------
    RefusedError
        As of :func:`karakoram.usecases.operate.record_outage.record_outage`.
    """
    outages = [each.outage for each in struck if each.outage is not None]
    return tuple(record_outage(each, deed=deed, settling=settling) for each in outages)


def _is_alive(product: Product, failure: PlantFailure) -> bool:
    began, ended = product.active_from, product.active_until
    return (
        began is not None
        and began < failure.ends_at
        and (ended is None or ended > failure.starts_at)
    )


def _struck(
    tx: SettlementReader,
    product: Product,
    failure: PlantFailure,
    *,
    hit: set[ResourceId],
    settling: Settling,
) -> StruckProduct:
    claims = tx.claims_of([product.product_id])
    sides = {claim.side for claim in claims}
    if {claim.side for claim in claims if claim.resource_id in hit} != sides:
        return StruckProduct(product=product, outage=None)
    outage = failure.outage_of(product.product_id)
    every = (*_known(tx, outage), outage)
    return StruckProduct(
        product=product,
        outage=outage,
        credits=tuple(_credits(tx, product, outage, every=every, settling=settling)),
    )


def _known(tx: SettlementReader, new: Outage) -> list[Outage]:
    """The other outages of the same product."""
    return [
        each
        for each in tx.find_all(Outage)
        if each.product_id == new.product_id and each.outage_id != new.outage_id
    ]


def _credits(
    tx: SettlementReader,
    product: Product,
    outage: Outage,
    *,
    every: Iterable[Outage],
    settling: Settling,
) -> Iterable[MonthCredit]:
    """What each month that the outage touches would give back."""
    zone = settling.zone_of(product.seller_id)
    last = month_of(day_of(outage.ends_at - timedelta.resolution, zone))
    month = month_of(day_of(outage.starts_at, zone))
    monthly = [each.amount for each in product.plan.charges if each.kind is PriceType.RECURRING]
    if not monthly:
        return
    charge = total(monthly, monthly[0].currency)
    outages = tuple(every)
    while month.from_day <= last.from_day:
        then = product_of_month(tx, product, month, settling=settling)
        credit = month_credit(then, outages, month, charge=charge, settling=settling)
        if credit is not None:
            yield MonthCredit(month=month, amount=credit.amount, reason=credit.reason)
        month = month_of(month.to_day)
