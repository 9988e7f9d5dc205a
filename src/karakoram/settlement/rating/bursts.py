"""Which usage is a month of bandwidth above what was committed?"""

from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
from jaxtyping import Float

from karakoram.core.identifiers import ProductId
from karakoram.engines.rating import nearest_rank
from karakoram.sales.catalogue.words import UnitOfMeasure, UsageKind
from karakoram.settlement.rating.usage import UsageId, UsageRecord

_STEP = Decimal("0.001")
"""A thousandth of a Mbit/s: counters of octets over five minutes are no finer."""


def percentile_mbps(samples_mbps: Float[np.ndarray, " sample"]) -> Decimal:
    """The nearest-rank 95th percentile [Mbit/s], to a thousandth."""
    return Decimal(repr(nearest_rank(samples_mbps))).quantize(_STEP)


def burst_usage(
    product_id: ProductId,
    *,
    ingress_mbps: Float[np.ndarray, " sample"],
    egress_mbps: Float[np.ndarray, " sample"],
    committed_mbps: Decimal,
    at: datetime,
) -> UsageRecord:
    """The usage of a month: the larger 95th percentile of the two directions, above the commitment.

    The percentile is the nearest rank of each direction by itself (``engines.rating``), rounded to
    a thousandth of a Mbit/s; nothing is used where it stays within the commitment.

    Parameters
    ----------
    product_id
        Whose port was measured.
    ingress_mbps, egress_mbps
        Five-minute means of the month [Mbit/s]; missing ones are left out.
    committed_mbps
        What is paid for whether used or not [Mbit/s].
    at
        A moment of the month, in the zone whose days make it; the last one by custom.
    """
    above = max(percentile_mbps(ingress_mbps), percentile_mbps(egress_mbps)) - committed_mbps
    return UsageRecord(
        usage_id=UsageId(f"{product_id}/{UsageKind.BANDWIDTH_MBPS.value}/{at:%Y-%m}"),
        product_id=product_id,
        at=at.astimezone(UTC),
        kind=UsageKind.BANDWIDTH_MBPS,
        unit=UnitOfMeasure.MBPS,
        quantity=max(Decimal(0), above),
    )
