"""What must each operator do to light a wavelength, after whom, and in how many days?"""

from collections.abc import Iterable

from karakoram.planning.offers import Leg, ServicePath
from karakoram.sales.feasibility.operator_legs import SoldBetween, assumed_lead_time, with_test
from karakoram.sales.plans import PlannedLeg

LIGHT_DAYS = 20
"""To patch and light one operator's part of a way on line systems that stand."""
REGENERATOR_DAYS = 15
"""More, where transponders are put back to back on the way."""
TEST_DAYS = 5
"""To test from end to end, once every part is lit (ITU-T M.2401 asks for 24 h at the least)."""

LEAD_TIMES = assumed_lead_time(
    f"{LIGHT_DAYS} days a leg, {REGENERATOR_DAYS} more to regenerate, {TEST_DAYS} to test"
)


def wave_legs(paths: Iterable[ServicePath], sold: SoldBetween) -> tuple[PlannedLeg, ...]:
    """One leg for each run of an operator's spans on each path, then the seller's test of all."""
    parts: list[PlannedLeg] = []
    for path in paths:
        for leg in path.legs:
            parts.append(_part(path, leg, taken={each.name for each in parts}))
    return with_test(parts, sold, work="test from end to end and hand over", lead_days=TEST_DAYS)


def _part(path: ServicePath, leg: Leg, *, taken: set[str]) -> PlannedLeg:
    regenerators = [site for site in path.regenerator_site_ids if site in _sites_of(path, leg)]
    name = f"{leg.operator_id} {path.role.value}"
    if name in taken:
        name = f"{name} {leg.a_site_id}-{leg.z_site_id}"
    work = f"light {leg.a_site_id}-{leg.z_site_id}"
    return PlannedLeg(
        name=name,
        operator_id=leg.operator_id,
        a_site_id=leg.a_site_id,
        z_site_id=leg.z_site_id,
        side=path.role,
        work=f"{work}, regenerate at {', '.join(regenerators)}" if regenerators else work,
        lead_days=LIGHT_DAYS + (REGENERATOR_DAYS if regenerators else 0),
    )


def _sites_of(path: ServicePath, leg: Leg) -> tuple[str, ...]:
    """Where the leg houses what stands on the path: its sites but the first."""
    first, last = path.site_ids.index(leg.a_site_id), path.site_ids.index(leg.z_site_id)
    return path.site_ids[first + 1 : last + 1]
