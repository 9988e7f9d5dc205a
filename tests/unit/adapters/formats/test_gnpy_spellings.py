"""Both styles of a GNPy file say the same, and what is written reads back as it was."""

from decimal import Decimal

import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.json_file import decimal_text, text_from_document
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from tests.support.gnpy_files import (
    CONFIG,
    EQUIPMENT,
    NETWORK,
    SERVICES,
    SIMULATION,
    SPECTRUM,
    changed,
    write,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("whole"))
    return read_gnpy_equipment(folder / "equipment.json").required()


def texts(value):
    """Numbers as text and nothing as ``[null]``, as YANG-style files have them (RFC 7951)."""
    if isinstance(value, dict):
        return {key: texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [texts(part) for part in value]
    if value is None:
        return [None]
    return value if isinstance(value, bool | str) else str(value)


def side_by_side(first, second, keys):
    return [dict(zip(keys, pair, strict=True)) for pair in zip(first, second, strict=True)]


def yang_network():
    glass = NETWORK["elements"][5]["params"]
    loss, raman = glass["loss_coef"], glass["raman_coefficient"]
    network = changed(
        NETWORK,
        ("elements", 5, "params", "loss_coef_per_frequency"),
        side_by_side(loss["frequency"], loss["value"], ("frequency", "loss_coef_value")),
    )
    network = changed(network, ("elements", 5, "params", "loss_coef"), ...)
    network = changed(
        network,
        ("elements", 5, "params", "raman_coefficient"),
        {
            "reference_frequency": raman["reference_frequency"],
            "g0_per_frequency": side_by_side(
                raman["frequency_offset"], raman["g0"], ("frequency_offset", "g0")
            ),
        },
    )
    profile = NETWORK["elements"][7]["params"]["dispersion_per_frequency"]
    network = changed(
        network,
        ("elements", 7, "params", "dispersion_per_frequency"),
        side_by_side(profile["frequency"], profile["value"], ("frequency", "dispersion")),
    )
    roadm = network["elements"][1]["params"]
    targets, bands = roadm.pop("per_degree_pch_out_db"), roadm.pop("per_degree_design_bands")
    roadm["per_degree_power_targets"] = [
        {"degree_uid": key, "per_degree_pch_out_db": value} for key, value in targets.items()
    ]
    roadm["per_degree_design_bands_targets"] = [
        {"degree_uid": key, "design_bands": value} for key, value in bands.items()
    ]
    for element in network["elements"]:
        element["type"] = f"gnpy-network-topology:{element['type']}"
    return {"gnpy-network-topology:topology": texts(network)}


def test_a_yang_style_network_is_the_same_network(tmp_path, library):
    plain = read_gnpy_network(write(tmp_path) / "network.json", library).required()
    folder = write(tmp_path, network=yang_network())
    reading = read_gnpy_network(folder / "network.json", library)
    assert reading.findings == ()
    assert reading.required() == plain


def test_findings_name_the_path_in_a_yang_style_file(tmp_path, library):
    network = yang_network()
    network["gnpy-network-topology:topology"]["elements"][3]["params"]["length"] = "eighty"
    reading = read_gnpy_network(write(tmp_path, network=network) / "network.json", library)
    fields = [finding.place.field for finding in reading.findings]
    assert fields == ["gnpy-network-topology:topology.elements[3].params.length"]


def test_a_yang_style_library_is_the_same_library(tmp_path, library):
    equipment = changed(
        EQUIPMENT,
        ("Edfa", 3, "nf_coef"),
        [
            {"coef_order": order, "nf_coef": value}
            for order, value in reversed(list(enumerate(EQUIPMENT["Edfa"][3]["nf_coef"])))
        ],
    )
    gains = EQUIPMENT["RamanFiber"][0]["raman_efficiency"]
    equipment = changed(
        equipment,
        ("RamanFiber", 0, "raman_efficiency"),
        side_by_side(gains["frequency_offset"], gains["cr"], ("frequency_offset", "cr")),
    )
    span = equipment["Span"][0]
    lowest, highest, step = span.pop("delta_power_range_db")
    span["delta_power_range_dict_db"] = {
        "min_value": lowest,
        "max_value": highest,
        "step": step,
    }
    folder = write(
        tmp_path,
        equipment={"gnpy-eqpt-config:equipment": texts(equipment)},
        detailed={"gnpy-edfa-config:edfa-config": texts(CONFIG)},
    )
    reading = read_gnpy_equipment(folder / "equipment.json")
    assert reading.findings == ()
    assert reading.required() == library


def test_other_yang_style_files_say_the_same(tmp_path, library):
    plain = write(tmp_path)
    services = read_gnpy_services(plain / "services.json", library).required()
    spectrum = read_gnpy_spectrum(plain / "spectrum.json").required()
    simulation = read_gnpy_simulation(plain / "simulation.json").required()
    folder = write(
        tmp_path,
        services={"gnpy-path-computation:services": texts(SERVICES)},
        spectrum={"gnpy-spectrum:spectrum": texts(SPECTRUM["spectrum"])},
        simulation={"gnpy-sim-params:sim-params": texts(SIMULATION)},
    )
    assert read_gnpy_services(folder / "services.json", library).required() == services
    assert read_gnpy_spectrum(folder / "spectrum.json").required() == spectrum
    assert read_gnpy_simulation(folder / "simulation.json").required() == simulation


def test_what_is_written_reads_back_as_it_was(tmp_path, library):
    network = read_gnpy_network(write(tmp_path) / "network.json", library).required()
    write_gnpy_network(network, tmp_path / "again.json")
    again = read_gnpy_network(tmp_path / "again.json", library)
    assert again.findings == ()
    assert again.required() == network


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("100.0", "100"),
        ("0.00012", "1.2e-4"),
        ("0.5", "0.5"),
        ("1.93E+14", "193000000000000"),
        ("1E+30", "1e+30"),
        ("0E-9", "0"),
    ],
)
def test_a_decimal_is_written_without_needless_digits(digits, text):
    assert decimal_text(Decimal(digits)) in (text, text.replace("1.2e-4", "0.00012"))
    assert Decimal(decimal_text(Decimal(digits))) == Decimal(digits)


def test_a_long_object_is_opened_and_a_short_one_is_a_line():
    short, long = {"a": 1}, {f"name {number}": number for number in range(20)}
    lines = text_from_document({"elements": [short, long]}).splitlines()
    assert '    {"a": 1},' in lines
    assert len(lines) > 20


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        (read_gnpy_equipment, "equipment"),
        (read_gnpy_spectrum, "spectrum"),
        (read_gnpy_simulation, "simulation"),
    ],
)
@pytest.mark.parametrize("data", [b"{}", b"{", b""])
def test_a_file_of_another_kind_is_refused(tmp_path, reader, name, data):
    folder = write(tmp_path, **{name: data})
    reading = reader(folder / f"{name}.json")
    assert reading.value is None
    assert len(reading.findings) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("elements", 5, "params", "loss_coef"), {"value": [0.2], "frequency": []}),
        (("elements", 5, "params", "loss_coef"), "low"),
        (("elements", 5, "params", "loss_coef"), {"value": [0.2, 0.2], "frequency": [1, 2]}),
        (("elements", 5, "params", "raman_coefficient"), {"g0": [1]}),
        (("elements", 5, "params", "raman_coefficient"), 3),
        (("elements", 5, "operational", "raman_pumps"), ...),
        (("elements", 5, "operational", "raman_pumps", 0, "propagation_direction"), "up"),
        (("elements", 5, "operational"), ...),
        (("elements", 3, "type_variety"), ...),
        (("elements", 3, "type_variety"), 3),
        (("elements", 3, "params", "ref_wavelength"), 1550),
        (("elements", 3, "params", "lumped_losses"), [{"position": 1}]),
        (("elements", 1, "params", "target_pch_out_db"), -20),
        (("elements", 1, "params", "per_degree_pch_out_db", "booster A"), "much"),
        (("elements", 1, "params", "per_degree_psd_out_mWperGHz"), {"booster A": 1e-4}),
        (("elements", 1, "params", "design_bands", 0, "f_min"), 197e12),
        (("elements", 4, "params", "loss"), -1),
        (("elements", 0, "metadata", "location", "latitude"), 200),
        (("network_name",), 3),
        (("elements", 0, "uid"), ...),
    ],
)
def test_nothing_that_is_wrong_passes(tmp_path, library, path, value):
    folder = write(tmp_path, network=changed(NETWORK, path, value))
    reading = read_gnpy_network(folder / "network.json", library)
    assert reading.value is None


def test_a_wavelength_is_read_as_its_frequency(tmp_path, library):
    network = changed(NETWORK, ("elements", 3, "params", "ref_wavelength"), 1.55e-6)
    network = changed(network, ("elements", 3, "params", "ref_frequency"), ...)
    reading = read_gnpy_network(write(tmp_path, network=network) / "network.json", library)
    glass = reading.required().elements["glass 1"]
    assert glass.reference_frequency_thz == pytest.approx(193.41448903)
