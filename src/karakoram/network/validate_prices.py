"""Which prices contradict each other, and which are missing?"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import OperatorId
from karakoram.network.network import Network
from karakoram.network.prices import TERMINAL_UNITS, PriceItem, PriceUnit


def price_findings(network: Network) -> Iterator[Finding]:
    """A finding for each price that contradicts another, and for each that is silently nothing."""
    yield from _overlaps(network)
    yield from _missing_terminal_prices(network)


def _overlaps(network: Network) -> Iterator[Finding]:
    """Each price that holds on the same day as an earlier one for the same thing."""
    by_subject: dict[tuple[object, ...], list[PriceItem]] = defaultdict(list)
    for price in network.prices.values():
        subject = (price.operator_id, price.unit, price.period, price.bit_rate_gbps)
        by_subject[subject].append(price)
    for prices in by_subject.values():
        for earlier, later in combinations(prices, 2):
            if earlier.validity.overlaps(later.validity):
                yield Finding(
                    code="price-overlap",
                    place=Place(table="prices", record=later.price_id, field="valid_from"),
                    message=f"holds on days on which {earlier.price_id} holds too; "
                    "end one before the other begins",
                )


def _missing_terminal_prices(network: Network) -> Iterator[Finding]:
    """Each operator over whose fibre a bit rate is sold, but whose transceivers have no price."""
    asked: dict[tuple[OperatorId, bool], list[PriceItem]] = defaultdict(list)
    for price in network.prices.values():
        asked[price.operator_id, price.unit in TERMINAL_UNITS].append(price)
    owners: dict[OperatorId, dict[OperatorId, None]] = defaultdict(dict)
    for span in network.spans.values():
        owners[span.operator_id][span.owner_id] = None
    for operator_id, its_owners in owners.items():
        sold = [price for owner_id in its_owners for price in asked[owner_id, False]]
        for unit in TERMINAL_UNITS:
            prices = [price for price in asked[operator_id, True] if price.unit is unit]
            lacking = [price for price in sold if not _is_accompanied(price, prices)]
            if lacking:
                yield _price_missing(operator_id, unit, lacking)


def _is_accompanied(sold: PriceItem, prices: list[PriceItem]) -> bool:
    """Whether one of the prices is for the bit rate sold or more, on some of the same days."""
    return any(
        price.bit_rate_gbps >= sold.bit_rate_gbps and price.validity.overlaps(sold.validity)
        for price in prices
    )


def _price_missing(operator_id: OperatorId, unit: PriceUnit, lacking: list[PriceItem]) -> Finding:
    rates = ", ".join(f"{rate:g}" for rate in sorted({price.bit_rate_gbps for price in lacking}))
    return Finding(
        code="price-missing",
        place=Place(table="prices", record=lacking[0].price_id, field="unit"),
        message=f"fibre of {operator_id} is sold at {rates} Gb/s, but its {unit.value}s have no "
        f"price there and count as 0; add rows of {operator_id} with unit {unit.value}; "
        "a price of 0 must be written as 0",
        severity=Severity.WARNING,
    )
