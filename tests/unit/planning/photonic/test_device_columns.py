"""Amplifiers, ROADMs, channels and models brought to the units of the engines."""

import numpy as np
import pytest

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.core.findings import Severity
from karakoram.engines.optics.analytic_gn import AnalyticGn
from karakoram.engines.optics.dual_stage import DualStageNoiseFigure
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from karakoram.engines.optics.generalised_gn_separated import SeparatedGeneralisedGn
from karakoram.engines.optics.isrs_gn import IsrsGn
from karakoram.engines.optics.method import RamanModel
from karakoram.engines.optics.noise_figure import (
    FixedNoiseFigure,
    NoiselessAmplifier,
    OperatingPoint,
)
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.polynomial_noise_figure import PolynomialNoiseFigure
from karakoram.engines.optics.roadm import (
    ConstantPower,
    ConstantSignalDensity,
    ConstantSlotDensity,
)
from karakoram.engines.optics.stepped_gn import SteppedGn
from karakoram.engines.optics.two_coil import TwoCoilNoiseFigure
from karakoram.network.photonic.amplifiers import (
    AmplifierType,
    DualStageNoise,
    FixedNoise,
    OpenRoadmBoosterNoise,
    OpenRoadmLineNoise,
    OpenRoadmPreamplifierNoise,
    PolynomialNoise,
    TwoCoilNoise,
)
from karakoram.network.photonic.elements import DegreeImpairment, Roadm
from karakoram.network.photonic.equipment import (
    PhotonicLibrary,
    RoadmImpairment,
    RoadmPath,
    RoadmPathImpairments,
    RoadmType,
)
from karakoram.network.photonic.simulation import (
    InterferenceSettings,
    NonlinearMethod,
    ScatteringMethod,
    ScatteringSettings,
    SimulationSettings,
)
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    FrequencyBand,
    SlotDensityTarget,
    SymbolDensityTarget,
)
from karakoram.planning.photonic.amplifier_columns import amplifier_type, noise_model
from karakoram.planning.photonic.lit_channels import channels_of_comb
from karakoram.planning.photonic.methods import (
    chosen_nonlinear,
    interpolation_findings,
    propagation_method,
)
from karakoram.planning.photonic.roadm_columns import equalisation, roadm_bands
from tests.support.light_files import equipment, line, write_files

BAND = FrequencyBand(lower_thz=191.0, upper_thz=196.0)


def kind(noise, **changes):
    return AmplifierType(
        **{
            "amplifier_type_id": "one",
            "noise": noise,
            "band": BAND,
            "gain_flatmax_db": 25.0,
            "gain_min_db": 15.0,
            "output_power_dbm_max": 21.0,
            **changes,
        }
    )


def library(**parts):
    empty = {key: {} for key in PhotonicLibrary.__slots__}
    return PhotonicLibrary(**{**empty, **parts})


@pytest.mark.parametrize(
    ("noise", "model"),
    [
        (FixedNoise(noise_figure_db=5.0), FixedNoiseFigure),
        (TwoCoilNoise(noise_figure_db_min=6.0, noise_figure_db_max=10.0), TwoCoilNoiseFigure),
        (PolynomialNoise(coefficients=(0.0, 6.0)), PolynomialNoiseFigure),
        (OpenRoadmLineNoise(coefficients=(1.0, 33.0)), OpenRoadmInline),
        (OpenRoadmPreamplifierNoise(), OpenRoadmPreamplifier),
        (OpenRoadmBoosterNoise(), NoiselessAmplifier),
    ],
)
def test_each_noise_record_has_its_model(noise, model):
    assert isinstance(noise_model(kind(noise), library()), model)


def test_a_dual_stage_splits_at_the_flat_gain_of_its_first_stage():
    stages = {
        "first": kind(FixedNoise(noise_figure_db=-1.0), gain_flatmax_db=12.0, gain_min_db=12.0),
        "second": kind(FixedNoise(noise_figure_db=7.0)),
    }
    both = kind(DualStageNoise(preamplifier_type_id="first", booster_type_id="second"))
    model = noise_model(both, library(amplifier_types=stages))
    assert isinstance(model, DualStageNoiseFigure)
    point = OperatingPoint(
        gain=np.array([10**3.0]), input_power_w=np.array([1e-3]), slot_width_total_hz=1e12
    )
    expected = 10**-0.1 + 10**0.7 / 10**1.2
    np.testing.assert_allclose(model.noise_factor(point), expected)


def test_ripples_stand_where_the_type_says():
    noise = FixedNoise(noise_figure_db=5.0)
    even = amplifier_type(kind(noise, gain_ripple_db=(0.0, 1.0, 0.0)), library())
    np.testing.assert_allclose(even.ripple, [1.0, 10**0.1, 1.0])
    uneven = amplifier_type(
        kind(
            noise,
            gain_ripple_db=(0.0, 1.0, 0.0),
            ripple_frequencies_thz=(191.0, 192.0, 196.0),
        ),
        library(),
    )
    at = np.linspace(191.0, 196.0, uneven.ripple.size)
    peak = at[uneven.ripple.argmax()]
    assert peak == pytest.approx(192.0, abs=0.01)


def test_what_a_type_does_not_state_is_flat():
    found = amplifier_type(kind(FixedNoise(noise_figure_db=5.0)), library())
    assert found.ripple.tolist() == found.noise_ripple.tolist() == [1.0]
    assert np.ptp(found.tilt_response) < 0.01


def test_targets_become_rules_in_watt():
    assert equalisation(ChannelPowerTarget(power_dbm=-20.0)) == ConstantPower(power_w=1e-5)
    density = {"density_mw_per_ghz": 2.0}
    assert equalisation(SymbolDensityTarget(**density)) == ConstantSignalDensity(
        density_w_per_hz=2e-12
    )
    assert equalisation(SlotDensityTarget(**density)) == ConstantSlotDensity(density_w_per_hz=2e-12)


def roadm(*impairments, **changes):
    roadm_type = RoadmType(
        roadm_type_id="type",
        target=ChannelPowerTarget(power_dbm=-20.0),
        add_drop_osnr_db=38.0,
        pmd_ps=3.0,
        pdl_db=0.5,
        impairments=impairments,
    )
    element = Roadm(element_id="roadm", roadm_type_id="type", **changes)
    return element, library(roadm_types={"type": roadm_type})


def bands(element, equipped, path, degrees=("from", "to")):
    return roadm_bands(element, equipped, degrees=degrees, path=path)


def test_the_plain_figures_of_a_roadm_count_where_no_impairments_are_stated():
    found = {path: bands(*roadm(), path)[0] for path in RoadmPath}
    assert found[RoadmPath.EXPRESS].osnr is None
    assert found[RoadmPath.ADD].osnr == pytest.approx(2 * 10**3.8)
    assert found[RoadmPath.DROP].pmd_s == pytest.approx(3e-12)


def impairments(number, path, **stated):
    return RoadmPathImpairments(
        impairment_id=number, path=path, bands=(RoadmImpairment(band=BAND, **stated),)
    )


def test_the_first_impairments_of_a_way_count_unless_a_degree_names_others():
    named = DegreeImpairment(from_degree_id="from", to_degree_id="to", impairment_id=7)
    of_type = (
        impairments(1, RoadmPath.EXPRESS, loss_db_max=10.0),
        impairments(2, RoadmPath.EXPRESS, loss_db_max=11.0),
        impairments(7, RoadmPath.EXPRESS, loss_db_max=16.0),
    )
    element, equipped = roadm(*of_type, degree_impairments=(named,))
    assert bands(element, equipped, RoadmPath.EXPRESS)[0].insertion_loss == pytest.approx(10**1.6)
    elsewhere = bands(element, equipped, RoadmPath.EXPRESS, ("from", "elsewhere"))
    assert elsewhere[0].insertion_loss == pytest.approx(10.0)
    assert elsewhere[0].f_min_hz == pytest.approx(191e12)


def test_a_noise_figure_counts_only_where_no_osnr_says_the_same():
    only = impairments(1, RoadmPath.ADD, noise_figure_db=20.0, cd_ps_per_nm=5.0)
    found = bands(*roadm(only), RoadmPath.ADD)[0]
    assert found.noise_factor == pytest.approx(100.0)
    assert found.dispersion_s_per_m == pytest.approx(5e-3)
    both = impairments(1, RoadmPath.ADD, noise_figure_db=20.0, osnr_db=41.0)
    assert bands(*roadm(both), RoadmPath.ADD)[0].noise_factor is None


def test_a_transmitter_may_have_its_own_power(tmp_path):
    files = write_files(tmp_path, network=line("T"), library=equipment(tx_power_dbm=3.0))
    given = GnpyFiles(network=files[0], equipment=files[1]).read_photonics()
    lit = channels_of_comb(given.library.spectra["default"])
    np.testing.assert_allclose(lit.power_w, 10**0.3 * 1e-3)


def simulation(method, *, is_on=True, **asked):
    return SimulationSettings(
        scattering=ScatteringSettings(
            is_on=is_on,
            method=ScatteringMethod.NUMERICAL,
            order=2,
            result_step_km=10.0,
            solver_step_km=10.0,
        ),
        interference=InterferenceSettings(
            method=method, dispersion_tolerance=4.0, phase_shift_tolerance=0.1, **asked
        ),
    )


@pytest.mark.parametrize(
    ("method", "model"),
    [
        (NonlinearMethod.GN_ANALYTIC, AnalyticGn()),
        (NonlinearMethod.GENERALISED_GN_APPROXIMATE, GeneralisedGn()),
        (NonlinearMethod.GENERALISED_GN_SEPARATED, SeparatedGeneralisedGn()),
        (NonlinearMethod.ISRS_GN_CLOSED_FORM, IsrsGn(coherent=False)),
    ],
)
def test_settings_choose_the_model(method, model):
    found = propagation_method(simulation(method), scatters=True)
    assert found.nonlinear == model
    assert found.raman is RamanModel.STIMULATED


def test_scattering_is_on_unless_settings_or_the_user_leave_it_out():
    off = simulation(NonlinearMethod.GN_ANALYTIC, is_on=False)
    cases = [(None, True), (None, False), (off, True), (simulation(off.interference.method), False)]
    found = [propagation_method(s, scatters=on).raman for s, on in cases]
    assert found == [RamanModel.STIMULATED, *[RamanModel.NONE] * 3]


def test_what_is_asked_for_goes_before_the_settings():
    settings = simulation(NonlinearMethod.GENERALISED_GN_APPROXIMATE, is_on=False)
    closed = NonlinearMethod.ISRS_GN_CLOSED_FORM
    found = propagation_method(settings, scatters=True, nonlinear=closed)
    # Scattering is left out by the settings, and so it is inside the closed form.
    assert found.nonlinear == IsrsGn(raman_slope_per_w_m_hz=0.0, coherent=False)
    assert found.raman is RamanModel.NONE
    assert chosen_nonlinear(settings) is NonlinearMethod.GENERALISED_GN_APPROXIMATE
    assert chosen_nonlinear(None, closed) is closed


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ({"channels": (1, 40)}, {"computed": (0, 39)}),
        ({"channel_count": 5}, {"computed_count": 5}),
    ],
)
@pytest.mark.parametrize("is_on", [True, False])
def test_settings_with_computed_channels_are_taken_with_the_steps_of_the_file(asked, taken, is_on):
    settings = simulation(NonlinearMethod.GENERALISED_GN_SEPARATED, is_on=is_on, **asked)
    found = propagation_method(settings, scatters=True).nonlinear
    step_m = 10e3 if is_on else None
    assert found == SteppedGn(model=SeparatedGeneralisedGn(), profile_step_m=step_m, **taken)
    instead = NonlinearMethod.GN_ANALYTIC
    assert propagation_method(settings, scatters=True, nonlinear=instead).nonlinear == AnalyticGn()


def test_interpolated_channels_are_told_and_channels_that_are_not_there_refused():
    method = NonlinearMethod.GENERALISED_GN_APPROXIMATE

    def findings(count, *, by=method, **asked):
        settings = simulation(method, **asked)
        return interpolation_findings(settings, method=by, channel_count=count)

    (warning,) = findings(96, channels=(1, 40))
    assert warning.code == "interference-interpolated"
    assert warning.severity is Severity.WARNING
    assert "2 of 96 channels" in warning.message
    (error,) = findings(39, channels=(1, 40))
    assert error.code == "no-such-channel"
    assert error.severity is Severity.ERROR
    assert findings(2, channels=(1, 2)) == findings(3, channel_count=5) == findings(96) == ()
    assert findings(96, by=NonlinearMethod.GN_ANALYTIC, channels=(1, 40)) == ()
    assert interpolation_findings(None, method=method, channel_count=96) == ()
