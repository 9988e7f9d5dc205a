"""Records of a photonic network check themselves; ways, sections and figures follow from them."""

import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.core.identifiers import FibreTypeId, RoadmTypeId
from karakoram.network.photonic.amplifiers import (
    AmplifierType,
    FixedNoise,
    MultibandAmplifierType,
    PolynomialNoise,
)
from karakoram.network.photonic.elements import (
    DegreeTarget,
    Fibre,
    Fused,
    LumpedLoss,
    Roadm,
    Transceiver,
)
from karakoram.network.photonic.equipment import SpectrumInformation, SweepDb
from karakoram.network.photonic.figures import fibre_figures, roadm_figures
from karakoram.network.photonic.network import (
    Connection,
    PhotonicNetwork,
    predecessors,
    successors,
)
from karakoram.network.photonic.requests import DisjunctionRequest
from karakoram.network.photonic.simulation import InterferenceSettings, NonlinearMethod
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    FrequencyBand,
    RamanGainProfile,
    SpectralProfile,
    SymbolDensityTarget,
)
from karakoram.network.photonic.transceivers import PenaltyTable
from karakoram.network.photonic.validate import validate
from karakoram.network.photonic.validate_light import light_findings
from karakoram.network.photonic.validate_roadms import booster_id, preamplifier_id, roadm_findings
from karakoram.network.photonic.walk import multiplex_sections, shortest_path
from tests.support.gnpy_files import write

C_BAND = FrequencyBand(lower_thz=191.3, upper_thz=196.1)
TARGET = ChannelPowerTarget(power_dbm=-20.0)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("whole"))
    return read_gnpy_equipment(folder / "equipment.json").required()


@pytest.fixture(scope="module")
def network(tmp_path_factory, library):
    folder = write(tmp_path_factory.mktemp("whole"))
    return read_gnpy_network(folder / "network.json", library).required()


def fibre(uid, length_km=80.0, **more):
    return Fibre(
        element_id=uid,
        fibre_type_id=FibreTypeId("SSMF"),
        length_km=length_km,
        loss_db_per_km=0.2,
        **more,
    )


def roadm(uid, **more):
    return Roadm(element_id=uid, roadm_type_id=RoadmTypeId("default"), **more)


def net(*elements, lines):
    return PhotonicNetwork(
        elements={element.element_id: element for element in elements},
        connections=tuple(Connection(from_id=a, to_id=b) for a, b in lines),
    )


def two_ways():
    """From R to T by a short and a long fibre, or straight through a transceiver."""
    return net(
        roadm("R"),
        roadm("T"),
        fibre("short", 50.0),
        fibre("long", 90.0),
        Transceiver(element_id="trx"),
        Fused(element_id="splice", loss_db=0.0),
        lines=[
            ("R", "long"),
            ("long", "T"),
            ("R", "short"),
            ("short", "splice"),
            ("splice", "T"),
            ("R", "trx"),
            ("trx", "T"),
        ],
    )


def test_the_way_with_the_least_fibre_is_found_and_passes_no_transceiver():
    way = shortest_path(two_ways(), from_id="R", to_id="T")
    assert way == ("R", "short", "splice", "T")


def test_a_way_by_a_stop_passes_it():
    assert shortest_path(two_ways(), from_id="R", to_id="T", via=("long",)) == ("R", "long", "T")


def test_where_no_way_leads_there_is_none():
    assert shortest_path(two_ways(), from_id="T", to_id="R") is None


def test_multiplex_sections_are_the_chains_between_roadms():
    sections = multiplex_sections(two_ways())
    assert [section.element_ids for section in sections] == [("long",), ("short", "splice")]
    assert {(section.from_id, section.to_id) for section in sections} == {("R", "T")}


def test_a_chain_that_ends_or_comes_back_is_no_section():
    dead = net(roadm("R"), fibre("a"), lines=[("R", "a")])
    ring = net(roadm("R"), fibre("a"), fibre("b"), lines=[("R", "a"), ("a", "b"), ("b", "a")])
    assert multiplex_sections(dead) == multiplex_sections(ring) == ()


def test_neighbours_are_told_in_both_directions():
    network = two_ways()
    assert successors(network)["R"] == ("long", "short", "trx")
    assert predecessors(network)["T"] == ("long", "splice", "trx")
    assert successors(network)["T"] == ()


def test_a_network_refuses_to_be_written_and_elements_under_other_names():
    network = two_ways()
    with pytest.raises(TypeError):
        network.elements["new"] = fibre("new")
    with pytest.raises(ValueError, match="under their own identifiers"):
        PhotonicNetwork(elements={"b": fibre("a")}, connections=())


def test_a_fibre_states_itself_before_its_type_and_its_type_before_the_design(network, library):
    first = fibre_figures(network.elements["glass 1"], library)
    assert (first.connector_in_db, first.dispersion_ps_per_nm_km) == (0.5, 20.0)
    third = fibre_figures(network.elements["glass 3"], library)
    assert (third.connector_in_db, third.connector_out_db) == (0.3, 0.4)
    assert third.effective_area_um2 == 83.0
    assert third.reference_frequency_thz == pytest.approx(193.414489, abs=1e-6)
    pumped = fibre_figures(network.elements["glass 2"], library)
    assert pumped.raman_gain.reference_frequency_thz == 206.0


def test_the_ripple_of_a_type_adds_to_one_figure_of_loss(library):
    rippled = fibre("a", dispersion_ps_per_nm_km=17.0)
    kind = FibreTypeId("rippled")
    whole = Fibre(
        element_id="a", fibre_type_id=kind, length_km=1.0, loss_db_per_km=rippled.loss_db_per_km
    )
    assert fibre_figures(whole, library).loss_db_per_km.values == pytest.approx((0.21, 0.22))


def test_a_fibre_of_gamma_alone_leaves_its_area_open(library):
    bare = Fibre(
        element_id="a",
        fibre_type_id=FibreTypeId("bare"),
        length_km=1.0,
        loss_db_per_km=0.2,
        dispersion_ps_per_nm_km=17.0,
    )
    figures = fibre_figures(bare, library)
    assert (figures.effective_area_um2, figures.gamma_per_w_km) == (None, 1.3)


def test_a_fibre_whose_dispersion_nobody_states_is_found(library):
    bare = Fibre(
        element_id="a", fibre_type_id=FibreTypeId("bare"), length_km=1.0, loss_db_per_km=0.2
    )
    network = net(roadm("R"), roadm("T"), bare, lines=[("R", "a"), ("a", "T")])
    (finding,) = light_findings(network, library)
    assert finding.code == "fibre-without-dispersion"


def test_a_roadm_states_itself_before_its_type(network, library):
    figures = roadm_figures(network.elements["roadm A"], library)
    assert figures.target == SymbolDensityTarget(density_mw_per_ghz=2e-4)
    assert figures.target_of("booster A") == ChannelPowerTarget(power_dbm=-18.5)
    assert figures.target_of("other") == figures.target
    assert (figures.pmd_ps, figures.booster_type_ids) == (1.0, ("fixed",))
    plain = roadm_figures(network.elements["roadm B"], library)
    assert (plain.target, plain.preamplifier_type_ids) == (TARGET, ("variable",))


def test_amplifiers_that_the_design_will_place_may_be_named_as_degrees(library):
    names = booster_id("R", "a"), preamplifier_id("T", "a")
    named = roadm("R", degree_targets=(DegreeTarget(degree_id=names[0], target=TARGET),))
    network = net(named, roadm("T"), fibre("a"), lines=[("R", "a"), ("a", "T")])
    assert not list(roadm_findings(network, library))
    wrong = roadm("R", degree_targets=(DegreeTarget(degree_id=names[1], target=TARGET),))
    network = net(wrong, roadm("T"), fibre("a"), lines=[("R", "a"), ("a", "T")])
    assert [finding.code for finding in roadm_findings(network, library)] == ["unknown-degree"]


def test_connections_that_mean_nothing_are_found(library):
    lines = [("R", "a"), ("a", "T"), ("a", "T"), ("T", "T")]
    network = net(roadm("R"), roadm("T"), roadm("U"), fibre("a"), lines=lines)
    codes = [finding.code for finding in validate(network, library)]
    assert codes == ["connection-twice"] * 2 + ["connection-to-itself", "element-alone"]


REFUSED = [
    lambda: FrequencyBand(lower_thz=196.1, upper_thz=191.3),
    lambda: FrequencyBand(lower_thz=191.3e12, upper_thz=196.1e12),
    lambda: SpectralProfile(frequencies_thz=(191.0,), values=()),
    lambda: SpectralProfile(frequencies_thz=(196.0, 191.0), values=(0.2, 0.2)),
    lambda: RamanGainProfile(
        reference_frequency_thz=206.0, frequency_offsets_thz=(0.0, 1.0), gains_per_w_km=(0.0,)
    ),
    lambda: PenaltyTable(impairments=(1.0, 0.0), penalties_db=(0.0, 0.0)),
    lambda: PenaltyTable(impairments=(), penalties_db=()),
    lambda: PolynomialNoise(coefficients=()),
    lambda: MultibandAmplifierType(amplifier_type_id="a", member_type_ids=()),
    lambda: fibre("a", lumped_losses=(LumpedLoss(position_km=80.0, loss_db=1.0),)),
    lambda: fibre("a", dispersion_ps_per_nm_km=1e6),
    lambda: SweepDb(lowest_db=1.0, highest_db=0.0, step_db=0.5),
    lambda: DisjunctionRequest(
        disjunction_id="d",
        request_ids=("1", "1"),
        is_relaxable=False,
        avoids_shared_lines=True,
        avoids_shared_nodes=True,
    ),
    lambda: roadm("R", degree_targets=(DegreeTarget(degree_id="a", target=TARGET),) * 2),
    lambda: InterferenceSettings(
        method=NonlinearMethod.GN_ANALYTIC,
        dispersion_tolerance=1.0,
        phase_shift_tolerance=0.1,
        channels=(0,),
    ),
    lambda: SpectrumInformation(
        band=FrequencyBand(lower_thz=193.0, upper_thz=193.0),
        symbol_rate_gbaud=32.0,
        spacing_ghz=50.0,
        power_dbm=0.0,
        power_sweep=SweepDb(lowest_db=0.0, highest_db=0.0, step_db=0.5),
        roll_off=0.15,
        tx_osnr_db=40.0,
        system_margin_db=0.0,
    ),
]


@pytest.mark.parametrize("record", REFUSED)
def test_a_record_refuses_what_cannot_be(record):
    with pytest.raises(ValueError, match="must|cannot"):
        record()


@pytest.mark.parametrize(
    ("gain_db", "band", "ripple"),
    [
        ((30.0, 20.0), C_BAND, ()),
        ((10.0, 20.0), FrequencyBand(lower_thz=193.0, upper_thz=193.0), ()),
        ((10.0, 20.0), C_BAND, (1.0, 2.0, 3.0)),
    ],
)
def test_an_amplifier_type_refuses_what_cannot_be(gain_db, band, ripple):
    with pytest.raises(ValueError, match="must"):
        AmplifierType(
            amplifier_type_id="a",
            noise=FixedNoise(noise_figure_db=5.0),
            band=band,
            gain_min_db=gain_db[0],
            gain_flatmax_db=gain_db[1],
            output_power_dbm_max=21.0,
            gain_ripple_db=ripple,
            noise_figure_ripple_db=(0.0, 1.0),
        )


def test_targets_of_degrees_are_kept_in_one_order():
    targets = tuple(DegreeTarget(degree_id=key, target=TARGET) for key in ("b", "a"))
    assert roadm("R", degree_targets=targets) == roadm("R", degree_targets=targets[::-1])
