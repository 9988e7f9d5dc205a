"""Do ways through ROADMs, taken together, do what each does alone?"""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.engines.optics.channel_state import launched
from karakoram.network.photonic.elements import DegreeTarget, Roadm
from karakoram.network.photonic.equipment import (
    RoadmImpairment,
    RoadmPath,
    RoadmPathImpairments,
)
from karakoram.network.photonic.spectral import ChannelPowerTarget
from karakoram.planning.photonic.roadm_columns import roadm_bands, roadm_passage
from karakoram.planning.photonic.transits import Transit, transit_columns
from tests.support.photonic_mesh import LIBRARY, LIT

ROADM = Roadm(
    element_id="roadm",
    roadm_type_id="plain",
    degree_targets=(DegreeTarget(degree_id="east", target=ChannelPowerTarget(power_dbm=-15.0)),),
)
NOISY = replace(
    LIBRARY,
    roadm_types={
        "plain": replace(
            LIBRARY.roadm_types["plain"],
            impairments=(
                RoadmPathImpairments(
                    impairment_id=7,
                    path=RoadmPath.ADD,
                    bands=(RoadmImpairment(band=None, noise_figure_db=9.0, loss_db_max=5.0),),
                ),
            ),
        )
    },
)


def transit(after, way):
    return Transit(roadm=ROADM, before_id="west", after_id=after, way=way)


@pytest.mark.parametrize("library", [LIBRARY, NOISY])
def test_ways_together_are_each_alone(library):
    ways = [
        transit("east", RoadmPath.EXPRESS),
        transit("north", RoadmPath.ADD),
        transit("trx", RoadmPath.DROP),
    ]
    arriving_w = np.random.default_rng(1).uniform(2e-5, 1e-3, (3, LIT.frequency_hz.size))
    columns = transit_columns(ways, library=library, lit=LIT, arriving_w=arriving_w)
    for row, one in enumerate(ways):
        bands = roadm_bands(ROADM, library, degrees=(one.before_id, one.after_id), path=one.way)
        target = ChannelPowerTarget(power_dbm=-15.0 if one.after_id == "east" else -18.0)
        start = launched(
            arriving_w[row : row + 1], transmitter_osnr=np.full(LIT.frequency_hz.size, np.inf)
        )
        alone = roadm_passage(bands, target, LIT).after(start)
        np.testing.assert_allclose(columns.power_w[row], alone.power_w[0], rtol=1e-12)
        np.testing.assert_allclose(
            np.exp(-columns.log_noise[row]), alone.shares.signal[0], rtol=1e-12
        )
        np.testing.assert_allclose(columns.inverse_osnr[row], alone.inverse_osnr[0], rtol=1e-12)
        np.testing.assert_allclose(columns.pmd_square_s2[row], alone.pmd_s[0] ** 2, rtol=1e-12)


def test_a_target_is_met_where_every_channel_has_power_enough():
    arriving_w = np.full((2, LIT.frequency_hz.size), 1e-3)
    arriving_w[1, 3] = 1e-5
    ways = [transit("north", RoadmPath.EXPRESS)] * 2
    columns = transit_columns(ways, library=LIBRARY, lit=LIT, arriving_w=arriving_w)
    assert columns.meets_target.tolist() == [True, False]
