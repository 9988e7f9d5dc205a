"""Which frequency slots does a lightpath get, on the spectrum that is free now?

First fit: the lowest slots that are free on every multiplex section from transceiver to
transceiver (continuity), in one piece for each wavelength (contiguity).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from math import ceil
from operator import and_

from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.core.identifiers import ResourceId
from karakoram.planning.offers import Lightpath, ServicePath
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.path_plan import lines_of
from karakoram.planning.prepare import PreparedNetwork
from karakoram.sales.inventory.plant_resources import oms_id
from karakoram.sales.inventory.resources import PlannedClaim
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import first_run, starts_of_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class NoCommonSlot:
    """That on a stretch of a path no slot is free all along."""

    fullest: ResourceId
    """The multiplex section with the fewest places left for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LitStretch:
    """One lightpath with the slots of each of its wavelengths, the same on every section."""

    oms_ids: tuple[ResourceId, ...]
    slots: tuple[int, ...]
    """One set of adjacent units for each wavelength."""


def _slots_of_wavelength(lightpath: Lightpath) -> int:
    """Slots of 12.5 GHz that one wavelength takes."""
    return ceil(lightpath.spacing_ghz / WIDTH_STEP_GHZ)


def lit_path(
    prepared: PreparedNetwork, path: ServicePath, stock: Stock
) -> tuple[LitStretch, ...] | NoCommonSlot:
    """The slots of every lightpath of a path, or where there are none."""
    found: list[LitStretch] = []
    for lightpath, lines in _stretches(prepared, path):
        oms = tuple(oms_id(prepared.plant.lines[key]) for key in lines)
        free = reduce(and_, (stock.resources[each].free for each in oms))
        width = _slots_of_wavelength(lightpath)
        slots: list[int] = []
        for _ in range(lightpath.wavelengths):
            run = first_run(free, width)
            if run is None:
                return _no_slot(lightpath, oms, stock)
            slots.append(run)
            free &= ~run
        found.append(LitStretch(oms_ids=oms, slots=tuple(slots)))
    return tuple(found)


def spectrum_claims(
    stretches: Sequence[LitStretch], *, wave_id: ResourceId
) -> tuple[PlannedClaim, ...]:
    """What a wave claims of the multiplex sections, in travel order."""
    hops = [(each, oms) for each in stretches for oms in each.oms_ids]
    return tuple(
        PlannedClaim(resource_id=oms, units=sum(each.slots), claimant_id=wave_id, hop=hop)
        for hop, (each, oms) in enumerate(hops)
    )


def _no_slot(lightpath: Lightpath, oms: Sequence[ResourceId], stock: Stock) -> NoCommonSlot:
    width = _slots_of_wavelength(lightpath)
    return NoCommonSlot(
        fullest=min(
            oms,
            key=lambda each: (starts_of_runs(stock.resources[each].free, width).bit_count(), each),
        ),
    )


def _stretches(
    prepared: PreparedNetwork, path: ServicePath
) -> Iterator[tuple[Lightpath, tuple[LineKey, ...]]]:
    """Each lightpath with the lines that it crosses."""
    lines = list(lines_of(prepared, path.span_ids, start=path.site_ids[0]) or ())
    for lightpath in path.lightpaths:
        crossed: list[LineKey] = []
        here = lightpath.a_site_id
        while here != lightpath.z_site_id:
            key = lines.pop(0)
            crossed.append(key)
            here = prepared.plant.lines[key].z_site_id
        yield lightpath, tuple(crossed)
