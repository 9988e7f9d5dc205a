"""Laws of light on networks: composition, load, cables, hand-over."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.engines.optics.branched_cable import branched_shares
from karakoram.engines.optics.legs import Leg, composed_leg
from karakoram.engines.optics.open_cable import designed_figures, measured_figures
from karakoram.engines.optics.shares import NoiseShares
from karakoram.engines.optics.tree_sums import tree_sums

RATIOS = st.floats(0.1, 1e6)


@st.composite
def legs(draw, count=3, channels=4):
    def leg():
        column = st.lists(RATIOS, min_size=channels, max_size=channels).map(np.array)
        return Leg(
            gsnr=draw(column),
            dispersion_s_per_m=draw(column),
            pmd_s=draw(column) * 1e-15,
            pdl_db=draw(column) * 1e-5,
            latency_s=draw(st.floats(0.0, 0.1)),
        )

    return [leg() for _ in range(count)]


@settings(max_examples=60, deadline=None)
@given(legs(), st.permutations(range(3)))
def test_no_leg_and_no_order_makes_a_path_better_than_its_worst_leg(parts, order):
    whole = composed_leg(parts)
    assert (whole.gsnr <= np.min([leg.gsnr for leg in parts], axis=0) * (1 + 1e-12)).all()
    other = composed_leg([parts[index] for index in order])
    np.testing.assert_allclose(other.gsnr, whole.gsnr, rtol=1e-9)
    np.testing.assert_allclose(other.pmd_s, whole.pmd_s, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.0, 0.4), min_size=6, max_size=6), st.integers(0, 2))
def test_a_cable_over_fewer_segments_is_never_worse(noise, left_out):
    ase, nli = np.array(noise).reshape(2, 3, 1)
    shares = NoiseShares(signal=1.0 - ase - nli, ase=ase, nli=nli)
    every = np.ones((1, 3, 1), dtype=bool)
    fewer = every.copy()
    fewer[0, left_out] = False
    assert (
        branched_shares(shares, passes=fewer).signal
        >= branched_shares(shares, passes=every).signal - 1e-15
    ).all()


@settings(max_examples=60, deadline=None)
@given(st.floats(1e-4, 0.3), st.floats(1e-4, 0.3), st.floats(5.0, 1e4))
def test_measuring_a_designed_line_gives_the_design_back(ase, nli, terminal):
    shares = NoiseShares(
        signal=np.array([1.0 - ase - nli]), ase=np.array([ase]), nli=np.array([nli])
    )
    figures = designed_figures(shares)
    measured = measured_figures(
        osnr_01nm=figures.snr_ase * 90e9 / 12.5e9,
        received_snr=1.0 / (1.0 / figures.gsnr + 1.0 / terminal),
        terminal_snr=np.array([terminal]),
        symbol_rate_hz=np.array([90e9]),
    )
    np.testing.assert_allclose(measured.gsnr, figures.gsnr, rtol=1e-8)
    np.testing.assert_allclose(measured.snr_nli, figures.snr_nli, rtol=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.0, 10.0), min_size=8, max_size=8), st.data())
def test_sums_grow_along_every_path_of_a_tree(values, data):
    depth, before = [0], [0]
    for place in range(1, 9):
        hangs_on = data.draw(st.integers(0, place - 1))
        before.append(hangs_on)
        depth.append(depth[hangs_on] + 1)
    sums = tree_sums(
        np.array(values),
        row=np.array([[-1, *range(8)]]),
        before=np.array([before]),
        depth=np.array([depth]),
    )
    assert all(sums[0, place] >= sums[0, before[place]] for place in range(1, 9))
