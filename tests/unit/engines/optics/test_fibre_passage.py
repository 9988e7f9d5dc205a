import dataclasses

import numpy as np
import pytest

from karakoram.engines.optics import (
    AnalyticGn,
    GeneralisedGn,
    PropagationMethod,
    RamanModel,
    SeparatedGeneralisedGn,
)
from karakoram.engines.optics.channel_state import launched
from karakoram.engines.optics.fibre_passage import (
    FibrePiece,
    FibrePumps,
    PumpedFibrePassage,
    fibre_passage,
    prepared_fibre,
    raman_gain_per_w_m_of,
)
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.power_profile import LumpedLosses
from karakoram.engines.optics.raman_boundary import RamanCollocation
from karakoram.engines.optics.spectrum import Comb

COMB = Comb(
    frequency_hz=192e12 + 100e9 * np.arange(12),
    symbol_rate_hz=np.full(12, 64e9),
    launch_power_w=np.full(12, 1e-3),
)
GLASS = FibreType(
    attenuation_per_m=np.array([4.6e-5]),
    dispersion_ref_s_per_m2=17e-6,
    dispersion_slope_s_per_m3=np.nan,
    reference_area_m2=80e-12,
)
MODELS = (AnalyticGn(), GeneralisedGn(), SeparatedGeneralisedGn())
NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)


def piece(**changes):
    return FibrePiece(
        **{
            "length_m": 80e3,
            "input_loss": 1.2,
            "output_loss": 1.1,
            "lumped": None,
            "dispersion_s_per_m": np.full(12, 1.36),
            "pmd_s": 1e-12,
            "latency_s": 4e-4,
            **changes,
        }
    )


def begin(power_w=1e-3, rows=1):
    return launched(np.full((rows, 12), power_w), transmitter_osnr=np.full(12, np.inf))


def through(method=NO_RAMAN, power_w=1e-3, **changes):
    passage = fibre_passage(prepared_fibre(GLASS, COMB, method), piece(**changes))
    return passage.after(begin(power_w))


def test_without_scattering_power_falls_by_the_loss_of_fibre_and_connectors():
    after = through()
    np.testing.assert_allclose(after.power_w, 1e-3 / 1.2 * np.exp(-3.68) / 1.1)
    np.testing.assert_allclose(after.shares.nli + after.shares.signal, 1.0)
    assert (after.shares.nli > 0.0).all()


def test_dispersion_pmd_and_time_accumulate():
    after = through()
    np.testing.assert_allclose(after.dispersion_s_per_m, 1.36)
    np.testing.assert_allclose(after.pmd_s, 1e-12)
    np.testing.assert_allclose(after.latency_s, 4e-4)


SPLICES = LumpedLosses(position_m=np.array([[20e3, 50e3]]), loss=np.array([[1.3, 1.5]]))


@pytest.mark.parametrize("model", MODELS)
def test_splices_take_power_and_in_models_that_ask_interference_too(model):
    method = dataclasses.replace(NO_RAMAN, nonlinear=model)
    whole, spliced = through(method), through(method, lumped=SPLICES)
    np.testing.assert_allclose(spliced.power_w, whole.power_w / 1.95)
    less = (spliced.shares.nli / whole.shares.nli).ravel()
    assert (less < 1.0).all() if model.needs_profile else (less == 1.0).all()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lumped", [None, SPLICES])
def test_scattering_moves_power_from_high_to_low_frequencies_and_keeps_the_sum(model, lumped):
    method = PropagationMethod(nonlinear=model)
    plain = through(dataclasses.replace(method, raman=RamanModel.NONE), 5e-3, lumped=lumped)
    moved = through(method, 5e-3, lumped=lumped)
    ratio = (moved.power_w / plain.power_w)[0]
    assert ratio[0] > 1.0 > ratio[-1]
    assert moved.power_w.sum() == pytest.approx(plain.power_w.sum(), rel=1e-6)


def test_loss_may_differ_from_channel_to_channel():
    uneven = dataclasses.replace(GLASS, attenuation_per_m=np.linspace(4.5e-5, 4.7e-5, 12))
    for method in (NO_RAMAN, PropagationMethod()):
        passage = fibre_passage(prepared_fibre(uneven, COMB, method), piece())
        after = passage.after(begin(1e-6))
        expected = 1e-6 / 1.2 / 1.1 * np.exp(-np.linspace(4.5e-5, 4.7e-5, 12) * 80e3)
        np.testing.assert_allclose(after.power_w[0], expected, rtol=1e-4)


def pumped(power_w, *, model=AnalyticGn(), **changes):  # noqa: B008
    pump_hz = np.array([205e12, 201e12])
    fibre = prepared_fibre(GLASS, COMB, PropagationMethod(nonlinear=model))
    return PumpedFibrePassage(
        fibre=fibre,
        piece=piece(**changes),
        comb=COMB,
        pumps=FibrePumps(
            frequency_hz=pump_hz,
            is_counter=np.array([True, False]),
            power_w=np.full(2, power_w),
            attenuation_per_m=np.full(2, 5.5e-5),
            temperature_k=290.0,
            gain_per_w_m=raman_gain_per_w_m_of(GLASS, np.concatenate([COMB.frequency_hz, pump_hz])),
        ),
        solver=RamanCollocation(),
    )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("lumped", [None, SPLICES])
def test_pumps_without_power_leave_a_fibre_as_it_is(model, lumped):
    dark = pumped(0.0, model=model, lumped=lumped).after(begin())
    plain = through(PropagationMethod(nonlinear=model), lumped=lumped)
    np.testing.assert_allclose(dark.power_w, plain.power_w, rtol=1e-4)
    np.testing.assert_allclose(dark.shares.nli, plain.shares.nli, rtol=2e-3)
    np.testing.assert_allclose(dark.shares.ase, 0.0, atol=1e-12)


def test_pumps_amplify_and_add_noise_row_by_row():
    states = pumped(0.2).after(begin(rows=2))
    plain = through(PropagationMethod())
    assert (states.power_w > 2.0 * plain.power_w).all()
    assert (states.shares.ase > 0.0).all()
    np.testing.assert_allclose(states.power_w[0], states.power_w[1])


def test_equations_that_are_not_solved_are_told():
    passage = dataclasses.replace(pumped(0.5), solver=RamanCollocation(iterations_max=1))
    with pytest.raises(ArithmeticError, match="not solved"):
        passage.after(begin())
