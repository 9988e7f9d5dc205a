"""What would the noise of a network's lines be at their best launch powers?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from karakoram.engines.optics import NoiseShares, log_noise
from karakoram.network.network import Network
from karakoram.network.sections import Oms
from karakoram.planning.optical_plant import GSNR_LOST, CombOptics, LineKey, OpticalPlant
from karakoram.planning.section_launch import BandPlan, LaunchAim, section_batch, section_launch


def best_launch_plant(
    plant: OpticalPlant, network: Network, keys: Iterable[LineKey]
) -> OpticalPlant:
    """The plant with the lines of ``keys``, both ways, at launch powers for the best worst channel.

    Submarine lines stay as they are, and so does power along the lines, which is for drawings.

    Parameters
    ----------
    plant, network
        Noise at the power rule, and the network it is of.
    keys
        Lines to launch better; those that are not named keep the power rule.
    """
    named = {key: plant.lines[key] for key in keys if plant.lines[key].submarine_cable_id is None}
    ways = {
        **named,
        **{(line.z_site_id, line.span_ids[::-1]): line.reversed() for line in named.values()},
    }
    if not ways:
        return plant
    return replace(
        plant,
        by_spacing={
            spacing_ghz: _launched(optics, network, ways=ways)
            for spacing_ghz, optics in plant.by_spacing.items()
        },
    )


def _launched(optics: CombOptics, network: Network, *, ways: Mapping[LineKey, Oms]) -> CombOptics:
    batch = section_batch(
        network, tuple(ways.values()), band=BandPlan.C, spacing_ghz=optics.spacing_ghz
    )
    plan = section_launch(batch, aim=LaunchAim.MARGIN).plan
    end = batch.launched.noise(plan.launch_power_w).end
    noise = log_noise(np.fmax(plan.gsnr, GSNR_LOST))
    better = {
        key: replace(
            optics.by_line[key],
            log_noise=noise[row],
            shares=NoiseShares(signal=end.signal[row], ase=end.ase[row], nli=end.nli[row]),
        )
        for row, key in enumerate(ways)
    }
    return replace(optics, by_line={**optics.by_line, **better})
