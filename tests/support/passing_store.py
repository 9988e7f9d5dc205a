"""A store in which an E1 and an E3 pass a station on their way."""

from karakoram.sales.inventory.resources import Claim
from tests.support.memory_store import MemoryStore
from tests.support.sales_stock import joining


def passing_store():
    """Gilgit, Rawalpindi, Karachi: an E1 and an E3 that pass, one of them the other way round."""
    filled = MemoryStore()
    west = joining("STM-1/TU-12", "GIL", "RWP")
    south = joining("STM-1/TU-12", "KHI", "RWP")

    def claims(rider, west_units, south_units):
        return [
            Claim(
                claim_id=f"{rider}{hop}",
                resource_id=one.resource_id,
                units=units,
                claimant_id=rider,
                hop=hop,
            )
            for hop, (one, units) in enumerate(((west, west_units), (south, south_units)))
        ]

    def write(tx):
        tx.add_resources([west, south, joining("ODU4", "GIL", "RWP")])
        tx.add_claims(claims("E1-1", 0b1, 0b10))
        tx.add_claims(claims("E3-1", ((1 << 21) - 1) << 21, ((1 << 21) - 1) << 42))

    filled.write(write)
    return filled
