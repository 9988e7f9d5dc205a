"""Of which offering was a product on which days?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from karakoram.core.identifiers import PartyId, ProductId
from karakoram.core.time import Validity
from karakoram.sales.catalogue.identifiers import ProductOfferingId


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedDays:
    """The days on which a product was of one offering, before and after changes to another."""

    product_id: ProductId
    payer_id: PartyId
    product_offering_id: ProductOfferingId
    validity: Validity
    """Open at the ends; it says nothing of when the product was in service."""


def offering_on(offered: Iterable[OfferedDays], day: date) -> ProductOfferingId:
    """The offering that a product was of on a day.

    >>> days = OfferedDays(
    ...     product_id="P", payer_id="CT", product_offering_id="WAVE-100G", validity=Validity()
    ... )
    >>> offering_on([days], date(2026, 12, 1))
    'WAVE-100G'

    Parameters
    ----------
    offered
        All days of one product.
    day
        In the zone of its seller.
    """
    return next(each.product_offering_id for each in offered if each.validity.holds_on(day))
