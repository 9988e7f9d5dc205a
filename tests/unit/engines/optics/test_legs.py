"""Do legs compose as the lines they stand for?"""

import numpy as np
import pytest

from karakoram.engines.optics import composed_gsnr
from karakoram.engines.optics.legs import Leg, composed_leg


def random_leg(rng):
    return Leg(
        gsnr=rng.uniform(20.0, 500.0, 6),
        dispersion_s_per_m=rng.uniform(0.0, 40.0, 6),
        pmd_s=rng.uniform(0.0, 1e-12, 6),
        pdl_db=rng.uniform(0.0, 1.0, 6),
        latency_s=float(rng.uniform(0.0, 0.01)),
    )


def test_legs_compose_in_any_order_and_grouping():
    rng = np.random.default_rng(1)
    legs = [random_leg(rng) for _ in range(4)]
    whole = composed_leg(legs)
    np.testing.assert_allclose(whole.gsnr, composed_gsnr(np.stack([leg.gsnr for leg in legs])))
    other = composed_leg([composed_leg(legs[2:]), legs[1], legs[0]])
    for name in ("gsnr", "dispersion_s_per_m", "pmd_s", "pdl_db"):
        np.testing.assert_allclose(getattr(other, name), getattr(whole, name), rtol=1e-12)
    assert other.latency_s == pytest.approx(whole.latency_s)
    assert whole.latency_s == pytest.approx(sum(leg.latency_s for leg in legs))
    np.testing.assert_allclose(whole.pmd_s**2, sum(leg.pmd_s**2 for leg in legs))
    assert (whole.gsnr < np.min([leg.gsnr for leg in legs], axis=0)).all()


def test_a_leg_without_noise_changes_nothing():
    leg = random_leg(np.random.default_rng(2))
    nothing = np.zeros(6)
    clean = Leg(
        gsnr=np.full(6, np.inf),
        dispersion_s_per_m=nothing,
        pmd_s=nothing,
        pdl_db=nothing,
        latency_s=0.0,
    )
    np.testing.assert_allclose(composed_leg([leg, clean]).gsnr, leg.gsnr, rtol=1e-12)
