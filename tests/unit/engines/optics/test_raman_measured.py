import numpy as np

from karakoram.engines.optics.raman_measured import measured_raman_gain_per_w_m
from karakoram.engines.optics.srs import raman_gain_per_w_m

AREA_M2 = 80e-12
WAVES_HZ = np.array([190e12, 193.1e12, 196.2e12, 205e12])


def measured(**changes):
    """What a measurement of standard fibre of this area with a pump at 206 THz would give."""
    offset_hz = np.arange(0.0, 20e12, 0.25e12)
    pump_hz = changes.get("pump_hz", 206e12)
    waves_hz = np.concatenate([[pump_hz], pump_hz - offset_hz[1:]])
    gain = raman_gain_per_w_m(reference_area_m2=AREA_M2, frequency_hz=waves_hz)[:, 0]
    return measured_raman_gain_per_w_m(
        offset_hz=offset_hz,
        measured_per_w_m=gain,
        pump_frequency_hz=pump_hz,
        reference_area_m2=changes.get("area_m2", AREA_M2),
        frequency_hz=WAVES_HZ,
    )


def test_a_measurement_of_standard_fibre_gives_its_gain_back():
    expected = raman_gain_per_w_m(reference_area_m2=AREA_M2, frequency_hz=WAVES_HZ)
    np.testing.assert_allclose(measured(), expected, rtol=2e-2, atol=1e-9)


def test_it_does_not_matter_with_which_pump_it_was_measured():
    np.testing.assert_allclose(measured(), measured(pump_hz=200e12), rtol=1e-12)


def test_what_one_wave_gives_the_other_gets():
    gain = measured()
    np.testing.assert_array_equal(gain, -gain.T)


def test_there_is_no_gain_beyond_the_measurement():
    short = measured_raman_gain_per_w_m(
        offset_hz=np.array([0.0, 1e12]),
        measured_per_w_m=np.array([0.0, 1e-4]),
        pump_frequency_hz=206e12,
        reference_area_m2=AREA_M2,
        frequency_hz=WAVES_HZ,
    )
    assert (short == 0.0).all()
