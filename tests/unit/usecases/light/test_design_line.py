import dataclasses

from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.photonic.simulation import (
    InterferenceSettings,
    NonlinearMethod,
    ScatteringMethod,
    ScatteringSettings,
    SimulationSettings,
)
from karakoram.network.photonic.spectral import FrequencyBand
from karakoram.network.photonic.spectrum import SpectrumPart
from karakoram.usecases.light.design_line import design_line
from karakoram.usecases.light.design_ports import DesignPlotter, PhotonicTarget
from karakoram.usecases.light.photonic_ports import PhotonicMaterial, PhotonicSource
from tests.support.line_designs import L_BAND, fibre, kind, library, line

ODD = Finding(
    code="odd", place=Place(table="elements"), message="is odd", severity=Severity.WARNING
)


@dataclasses.dataclass
class Given:
    material: PhotonicMaterial

    def read_photonics(self):
        return self.material


@dataclasses.dataclass
class Kept:
    networks: list = dataclasses.field(default_factory=list)
    designs: list = dataclasses.field(default_factory=list)

    def write_photonics(self, network):
        self.networks.append(network)

    def write_plot(self, design):
        self.designs.append(design)


def given(*kinds, **changed):
    figures = {
        "network": line(fibre("f"), fibre("g")),
        "library": library(*kinds),
        "spectrum": None,
        "simulation": None,
        "warnings": (ODD,),
    }
    return Given(PhotonicMaterial(**(figures | changed)))


def test_the_fakes_play_their_parts():
    assert isinstance(given(), PhotonicSource)
    assert isinstance(Kept(), PhotonicTarget)
    assert isinstance(Kept(), DesignPlotter)


def test_the_designed_network_is_written_and_drawn():
    kept, steps = Kept(), []
    found = design_line(photonics=given(), target=kept, plotter=kept, progress=steps.append)
    assert kept.networks == [found.design.network]
    assert kept.designs == [found.design]
    assert found.warnings == (ODD,)
    assert found.errors == ()
    assert len(steps) == 4
    (total,) = found.totals
    assert (total.amplifier_type_id, total.amplifiers, total.chosen) == ("plain", 3, 3)


def test_a_design_with_errors_is_not_written():
    kept = Kept()
    found = design_line(photonics=given(kind("plain", band=L_BAND)), target=kept)
    assert not kept.networks
    assert {finding.code for finding in found.errors} == {"no-amplifier"}
    assert found.totals[0].amplifier_type_id is None
    assert found.warnings == (ODD,)


def test_spectrum_and_simulation_count_in_the_design():
    part = SpectrumPart(
        label="",
        band=FrequencyBand(lower_thz=193.0, upper_thz=193.0),
        slot_ghz=50.0,
        symbol_rate_gbaud=32.0,
        roll_off=0.15,
        tx_osnr_db=40.0,
        tx_power_dbm=0.0,
        launch_offset_db=0.0,
    )
    scattering = ScatteringSettings(
        is_on=True,
        method=ScatteringMethod.PERTURBATIVE,
        order=2,
        result_step_km=10.0,
        solver_step_km=10.0,
    )
    interference = InterferenceSettings(
        method=NonlinearMethod.GN_ANALYTIC, dispersion_tolerance=1.0, phase_shift_tolerance=0.1
    )
    simulation = SimulationSettings(scattering=scattering, interference=interference)
    found = design_line(photonics=given(spectrum=(part,), simulation=simulation))
    (section,) = found.design.sections
    assert section.amplifiers[0].total_power_dbm == section.amplifiers[0].channel_power_dbm
