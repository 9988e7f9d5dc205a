"""What leg do lines of a network make, from ROADM to ROADM?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.core.identifiers import SiteId, SpanId
from karakoram.core.units import (
    OSNR_BANDWIDTH_HZ,
    hz_from_ghz,
    hz_from_thz,
    linear_from_db,
    watt_from_dbm,
)
from karakoram.engines.optics import Comb, gsnr_from_log_noise
from karakoram.engines.optics.legs import Leg
from karakoram.network.network import REFERENCE_SLOT_GHZ, Network
from karakoram.network.sections import IN_SERVICE, Oms, multiplex_sections
from karakoram.planning.cable_ways import line_latency_ms, shortest_way
from karakoram.planning.optical_plant import OpticalPlant, line_key
from karakoram.planning.photonic.lit_channels import LitChannels

_ROLL_OFF = 0.15
"""Of the pulses; no figure of a leg depends on it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LineLeg:
    """Lines one after another as a leg, with the powers at its ends."""

    leg: Leg
    is_carried: Float[np.ndarray, " channel"]
    """1 where the repeaters of every cable on the way amplify the channel, else 0."""
    input_power_dbm: float
    """That a channel needs where the first ROADM levels it."""
    output_power_dbm: float
    """Of a channel behind the last ROADM."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_carried", read_only(self.is_carried))


def plant_channels(network: Network, plant: OpticalPlant, *, spacing_ghz: float) -> LitChannels:
    """Every slot of the network's band, lit for its fastest mode, as all planning lights it.

    Parameters
    ----------
    network, plant
        For the modes, and the comb.
    spacing_ghz
        Slot width, one that a mode of the library has.
    """
    comb = plant.by_spacing[spacing_ghz].comb
    modes = [
        mode
        for mode in network.library.transceiver_modes.values()
        if mode.spacing_ghz_min == spacing_ghz
    ]
    osnr = linear_from_db(min(mode.tx_osnr_db for mode in modes))
    count = comb.channel_count
    return LitChannels(
        frequency_hz=comb.frequency_hz,
        symbol_rate_hz=comb.symbol_rate_hz,
        slot_width_hz=np.full(count, hz_from_ghz(spacing_ghz)),
        power_w=np.full(count, watt_from_dbm(0.0)),
        transmitter_osnr=np.full(count, osnr),
        launch_offset=np.ones(count),
        roll_off=np.full(count, _ROLL_OFF),
        labels=(f"{spacing_ghz:g} GHz",) * count,
    )


def shortest_lines(network: Network, *, from_id: SiteId, to_id: SiteId) -> tuple[Oms, ...] | None:
    """The lines in service with the least glass between two ROADM sites, or ``None``.

    Light passes from one operator to another only where a hand-over in service is agreed.

    Parameters
    ----------
    network
        Lines and hand-overs.
    from_id, to_id
        Two different sites.
    """
    agreed = {
        (handover.site_id, frozenset((handover.from_operator_id, handover.to_operator_id)))
        for handover in network.handovers.values()
        if handover.status in IN_SERVICE
    }

    def is_handed_over(before: SpanId, after: SpanId, site_id: SiteId) -> bool:
        operators = frozenset(network.spans[key].operator_id for key in (before, after))
        return len(operators) == 1 or (site_id, operators) in agreed

    def is_whole(line: Oms) -> bool:
        here = line.a_site_id
        for before, after in pairwise(line.span_ids):
            here = network.spans[before].far_end(here)
            if not is_handed_over(before, after, here):
                return False
        return True

    whole = [line for line in multiplex_sections(network) if is_whole(line)]
    return shortest_way(
        [way for line in whole for way in (line, line.reversed())],
        from_id=from_id,
        to_id=to_id,
        may_follow=lambda before, after: is_handed_over(
            before.span_ids[-1], after.span_ids[0], after.a_site_id
        ),
    )


def line_leg(
    network: Network, plant: OpticalPlant, lines: Sequence[Oms], *, spacing_ghz: float
) -> LineLeg:
    """The leg over lines of a network.

    The ROADM at its beginning counts as passed, and so do those between its lines; add and drop
    belong to terminals. So two legs put together are the leg over the lines of both.

        1 + 1/GSNR = prod_lines (1 + 1/GSNR_l) prod_ROADMs (1 + R / (12.5 GHz OSNR_r))

    Parameters
    ----------
    network, plant
        What the lines are part of, and their noise.
    lines
        In the order of light, each beginning where the one before ends.
    spacing_ghz
        Slot width, one that a mode of the library has.
    """
    optics = plant.by_spacing[spacing_ghz]
    comb, found = optics.comb, [optics.by_line[line_key(line)] for line in lines]
    roadms = [plant.roadm_types[line.a_site_id] for line in lines]
    last = plant.roadm_types[lines[-1].z_site_id]
    passed = np.array([linear_from_db(kind.express_osnr_db) for kind in roadms])
    express = np.log1p(comb.symbol_rate_hz / OSNR_BANDWIDTH_HZ / passed[:, None]).sum(axis=0)
    noise = np.sum([one.log_noise for one in found], axis=0) + express
    shape = comb.frequency_hz.shape
    slot_db = 10.0 * float(np.log10(spacing_ghz / REFERENCE_SLOT_GHZ))
    return LineLeg(
        leg=Leg(
            gsnr=gsnr_from_log_noise(noise),
            dispersion_s_per_m=np.full(shape, sum(one.cd_ps_per_nm for one in found) * 1e-3),
            pmd_s=np.full(shape, sum(one.pmd_ps**2 for one in found) ** 0.5 * 1e-12),
            pdl_db=np.zeros(shape),
            latency_s=sum(line_latency_ms(network, line) for line in lines) * 1e-3,
        ),
        is_carried=np.min([_carried(network, line, comb) for line in lines], axis=0),
        input_power_dbm=roadms[0].output_power_dbm + slot_db,
        output_power_dbm=last.output_power_dbm + slot_db,
    )


def _carried(network: Network, line: Oms, comb: Comb) -> Float[np.ndarray, " channel"]:
    """1 for channels in the band of the repeaters, which lies amid that of the rules."""
    if line.submarine_cable_id is None:
        return np.ones(comb.channel_count)
    system, rules = network.submarine_systems[line.submarine_cable_id], network.rules
    centre_hz = hz_from_thz((rules.band_lower_thz.value + rules.band_upper_thz.value) / 2.0)
    spacing_hz = comb.frequency_hz[1] - comb.frequency_hz[0] if comb.channel_count > 1 else 0.0
    reach_hz = 2.0 * np.abs(comb.frequency_hz - centre_hz) + spacing_hz * (1.0 - 1e-6)
    return (reach_hz <= hz_from_thz(system.usable_bandwidth_thz)).astype(np.float64)
