"""Which prices contradict each other?"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from karakoram.core.findings import Finding, Place
from karakoram.network.network import Network
from karakoram.network.prices import PriceItem


def price_findings(network: Network) -> Iterator[Finding]:
    """A finding for each price that holds on the same day as an earlier one for the same thing."""
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
