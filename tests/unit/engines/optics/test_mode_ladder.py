"""Launch powers carry most where some channels take a faster mode than others."""

import numpy as np
import pytest

from karakoram.core.units import linear_from_db, per_m_from_db_per_km, watt_from_dbm
from karakoram.engines.optics.fibre import FibreColumns, line_columns
from karakoram.engines.optics.launch_goals import LeastMargin
from karakoram.engines.optics.launch_power import optimal_launch_power
from karakoram.engines.optics.launched_lines import launched_lines
from karakoram.engines.optics.mode_ladder import ModeLadder, mode_launch
from karakoram.engines.optics.spectrum import full_comb
from tests.support.optics_lines import loss_matched_amplifiers
from tests.support.watched import types_unchecked

COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=192.8e12,
    spacing_hz=150e9,
    symbol_rate_hz=131e9,
    psd_w_per_hz=watt_from_dbm(5.0) / 131e9,
)
ONES = np.ones(4)
LINES = line_columns(
    [
        FibreColumns(
            length_m=80e3 * ONES,
            attenuation_per_m=per_m_from_db_per_km(0.22 * ONES),
            input_loss=1.12 * ONES,
            output_loss=1.12 * ONES,
            dispersion_s_per_m2=16.7e-6 * ONES,
            dispersion_slope_s_per_m3=58.0 * ONES,
            effective_area_m2=83e-12 * ONES,
            pmd_s_per_sqrt_m=1e-15 * ONES,
        )
    ]
)
LINE = launched_lines(
    LINES,
    COMB,
    loss_matched_amplifiers(LINES, booster_gain=126.0, noise_factor=3.5, output_power_max_w=1.0),
)
EVEN_DB = optimal_launch_power(LINE, LeastMargin(), start_w=COMB.launch_power_w[None]).score[0]


def found_with(*required_db):
    ladder = ModeLadder(
        required_gsnr=linear_from_db(np.array(required_db)),
        bit_rate_bit_per_s=4e11 * np.arange(1, len(required_db) + 1),
    )
    return mode_launch(
        LINE, ladder, symbol_rate_hz=COMB.symbol_rate_hz, start_w=COMB.launch_power_w[None]
    )


@pytest.mark.parametrize(("above_db", "steps"), [(-0.05, 10), (3.0, 0)])
@types_unchecked()
def test_all_channels_take_a_mode_that_all_can_have_and_none_one_far_off(above_db, steps):
    found = found_with(EVEN_DB - 3.0, EVEN_DB + above_db)
    assert found.mode_index.sum() == steps
    assert found.bit_rate_bit_per_s == pytest.approx(4e11 * (10 + steps))


@types_unchecked()
def test_some_take_a_mode_that_all_cannot_have():
    required_db = np.array([EVEN_DB - 3.0, EVEN_DB + 0.3])
    found = found_with(*required_db)
    assert 0 < found.mode_index.sum() < 10
    gsnr_db = 10.0 * np.log10(found.plan.gsnr[0])
    assert (gsnr_db >= required_db[found.mode_index] - 1e-9).all()


def test_a_line_too_noisy_for_the_slowest_mode_carries_nothing():
    assert found_with(EVEN_DB + 1.0) is None


def test_modes_stand_from_slow_to_fast():
    with pytest.raises(AssertionError, match="required_gsnr ascends"):
        found_with(15.0, 12.0)
