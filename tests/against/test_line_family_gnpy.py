"""One family of random lines against GNPy 3.0.1, channel by channel, for each nonlinear model.

1 to 60 spans; four types of fibre, splices, loss and dispersion by frequency, slopes; eight types
of amplifier; two or three symbol rates, powers, offsets and roll-offs side by side; C band, L band,
both. Stimulated Raman scattering is on. What the generalised models cost GNPy allows few channels
and long steps along the fibre, which both programs take; on short lines every channel is computed,
on long ones the first and the last, and the others are interpolated.
"""

import numpy as np
import pytest

from tests.against.gnpy_lines import equipment_file, generator, line_file, spectrum_file
from tests.against.gnpy_paths import differences_db, gnpy_run, our_run
from tests.against.test_propagation_gnpy import MODELS, settings_file

AGREEMENT_DB = 0.01
BANDS_HZ = {"C": (191.4e12, 195.9e12), "L": (186.5e12, 190.4e12), "C and L": (186.5e12, 195.9e12)}
LINES = [(1, "C"), (2, "C and L"), (5, "L"), (13, "C"), (60, "C and L")]
LONG = 10
"""More spans than this, and only two channels are computed, the others interpolated."""
LIT = 6
"""Channels in the generalised models, in groups all over the band; 6 are whole groups of 2 or 3."""


def family_settings(method, *, spans):
    computed, step_m = list(range(1, LIT + 1)), 50e3
    if spans > LONG:
        computed, step_m = [1, LIT], 200e3
    return {
        "raman_params": {
            "flag": True,
            "method": "perturbative",
            "order": 4,
            "result_spatial_resolution": step_m,
            "solver_spatial_resolution": 2e3,
        },
        "nli_params": {
            "method": method,
            # Together they make GNPy's steps in frequency the same for any step along the fibre.
            "dispersion_tolerance": 10,
            "phase_shift_tolerance": (3.5e-5 if spans > 2 * LONG else 2e-5) * step_m,
            "computed_channels": None if method == MODELS[0] else computed,
        },
    }


@pytest.mark.parametrize("method", MODELS)
@pytest.mark.parametrize(("spans", "band"), LINES)
def test_every_channel_of_a_random_line_agrees(tmp_path, method, spans, band):
    rng = generator(1000 + spans)
    first_hz, last_hz = BANDS_HZ[band]
    equipment = equipment_file(tmp_path, band_hz=(186e12, 197e12))
    network = line_file(tmp_path, rng, spans=spans, lumped=True)
    lit = None if method == MODELS[0] else LIT
    spectrum = spectrum_file(tmp_path, rng, first_hz=first_hz, last_hz=last_hz, channels=lit)
    settings = family_settings(method, spans=spans)
    data = {"ends": ("A", "Z"), "spectrum": spectrum}
    theirs = gnpy_run(tmp_path, network, equipment, sim_params=settings, **data)
    ours = our_run(
        theirs,
        equipment,
        sim_params=settings_file(tmp_path, settings),
        scatters=True,
        **data,
    )
    assert np.ptp(ours.frequency_thz) > 0.5 * (last_hz - first_hz) / 1e12
    found = differences_db(theirs, ours)
    assert max(found.values()) < AGREEMENT_DB
