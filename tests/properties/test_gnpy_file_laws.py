"""Whatever happens to a GNPy file, it is read or every finding names it; what is read is kept."""

import json
import tempfile
from contextlib import contextmanager
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.core.findings import errors_of
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId, RoadmTypeId
from karakoram.network.photonic.elements import (
    Amplifier,
    AmplifierSettings,
    DegreeTarget,
    Fibre,
    LumpedLoss,
    Roadm,
)
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.spectral import (
    ChannelPowerTarget,
    ElementId,
    SlotDensityTarget,
    SpectralProfile,
)
from tests.support.gnpy_files import WHOLE, write

PHASES = (Phase.explicit, Phase.generate)
"""A case that fails is small already; making it smaller takes minutes."""

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=True),
    st.text(max_size=5),
    st.sampled_from(["NaN", "1e999999", "\ud800", "80 km", [None], [], {}, [[]], [{}], {"a": [1]}]),
)
POSITIONS = st.integers(0, 10**6)


def places(value, path=()):
    """Every path in a document."""
    found = [path] if path else []
    parts = enumerate(value) if isinstance(value, list) else ()
    for key, part in value.items() if isinstance(value, dict) else parts:
        found += places(part, (*path, key))
    return found


def holder_of(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


def damaged(document, draw):
    """A copy with some values replaced, taken away, moved or doubled."""
    copy = deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        paths = places(copy)
        if not paths:
            break
        path = paths[draw(POSITIONS) % len(paths)]
        holder, key = holder_of(copy, path), path[-1]
        match draw(st.sampled_from(("replace", "delete", "rename", "double", "scale"))):
            case "replace":
                holder[key] = draw(JUNK)
            case "delete":
                del holder[key]
            case "rename" if isinstance(holder, dict):
                holder[f"{key}x"] = holder.pop(key)
            case "double" if isinstance(holder, list):
                holder.append(deepcopy(holder[key]))
            case "scale" if isinstance(holder[key], float | int):
                holder[key] *= draw(st.sampled_from((-1, 0, 1e-12, 1e3, 1e12)))
            case _:
                pass
    return copy


@st.composite
def damaged_files(draw):
    name = draw(st.sampled_from(sorted(WHOLE)))
    document = damaged(WHOLE[name], draw)
    data = json.dumps(document).encode("utf-8", "surrogatepass")
    match draw(st.sampled_from(("whole", "whole", "cut", "noise"))):
        case "cut":
            data = data[: draw(POSITIONS) % (len(data) + 1)]
        case "noise":
            at = draw(POSITIONS) % (len(data) + 1)
            data = data[:at] + draw(st.binary(max_size=6)) + data[at:]
    return {name.removesuffix(".json"): data}


@contextmanager
def folder_with(files):
    with tempfile.TemporaryDirectory() as scratch:
        yield write(Path(scratch), **files)


def all_readings(folder):
    equipment = read_gnpy_equipment(folder / "equipment.json")
    yield equipment
    if equipment.value is not None:
        network = read_gnpy_network(folder / "network.json", equipment.value)
        yield network
        yield read_gnpy_services(folder / "services.json", equipment.value, network=network.value)
    yield read_gnpy_spectrum(folder / "spectrum.json")
    yield read_gnpy_simulation(folder / "simulation.json")


@settings(max_examples=100, deadline=None, phases=PHASES)
@given(files=damaged_files())
def test_damage_gives_a_value_or_findings_that_name_a_file(files):
    with folder_with(files) as folder:
        for reading in all_readings(folder):
            assert (reading.value is None) == bool(errors_of(reading.findings))
            for finding in reading.findings:
                assert finding.place.file
                assert finding.message
                assert len(finding.message) < 2_000


@settings(max_examples=30, deadline=None, phases=PHASES)
@given(files=damaged_files())
def test_whatever_network_is_read_can_be_written_and_read_again(files):
    with folder_with(files) as folder:
        library = read_gnpy_equipment(folder / "equipment.json").value
        if library is None:
            return
        network = read_gnpy_network(folder / "network.json", library).value
        if network is None:
            return
        write_gnpy_network(network, folder / "again.json")
        again = read_gnpy_network(folder / "again.json", library)
        assert again.required() == network


def numbers(least, most):
    return st.floats(least, most, allow_nan=False, allow_subnormal=False)


FIGURES = st.fixed_dictionaries(
    {
        "length": numbers(0.001, 20_000.0),
        "loss": numbers(0.01, 10.0),
        "losses": st.none()
        | st.dictionaries(numbers(150.0, 300.0), numbers(0.01, 10.0), min_size=1, max_size=4),
        "lumped": st.lists(st.tuples(numbers(0.01, 0.99), numbers(0.0, 100.0)), max_size=2),
        "glass": st.fixed_dictionaries(
            {"padding_db": numbers(0.0, 40.0)},
            optional={
                "connector_in_db": numbers(0.0, 100.0),
                "pmd_ps_per_sqrt_km": numbers(1e-6, 20.0),
                "dispersion_ps_per_nm_km": numbers(-300.0, 300.0),
                "dispersion_slope_ps_per_nm2_km": numbers(-10.0, 10.0),
                "reference_frequency_thz": numbers(150.0, 300.0),
                "effective_area_um2": numbers(5.0, 1_000.0),
                "gamma_per_w_km": numbers(0.01, 100.0),
            },
        ),
        "settings": st.fixed_dictionaries(
            {"input_voa_db": numbers(0.0, 40.0)},
            optional={
                "gain_db": numbers(0.0, 26.0),
                "launch_offset_db": numbers(-100.0, 100.0),
                "tilt_db": numbers(-30.0, 30.0),
                "output_voa_db": numbers(0.0, 40.0),
            },
        ),
        "power": numbers(-60.0, 30.0),
        "density": numbers(1e-9, 1e3),
        "name": st.text(st.characters(categories=["L", "N", "P"]), max_size=8),
    }
)


def network_of(figures):
    """A ROADM, an amplifier, a fibre and a ROADM with these figures."""
    profile = sorted((figures["losses"] or {}).items())
    fibre = Fibre(
        element_id=ElementId("glass"),
        fibre_type_id=FibreTypeId("SSMF"),
        length_km=figures["length"],
        loss_db_per_km=SpectralProfile(
            frequencies_thz=tuple(frequency for frequency, _ in profile),
            values=tuple(loss for _, loss in profile),
        )
        if profile
        else figures["loss"],
        lumped_losses=tuple(
            LumpedLoss(position_km=share * figures["length"], loss_db=loss)
            for share, loss in figures["lumped"]
        ),
        **figures["glass"],
    )
    near = Roadm(
        element_id=ElementId("near"),
        roadm_type_id=RoadmTypeId("detailed"),
        target=ChannelPowerTarget(power_dbm=figures["power"]),
        degree_targets=(
            DegreeTarget(
                degree_id=ElementId("amp"),
                target=SlotDensityTarget(density_mw_per_ghz=figures["density"]),
            ),
        ),
    )
    amplifier = Amplifier(
        element_id=ElementId("amp"),
        amplifier_type_id=AmplifierTypeId("variable"),
        settings=AmplifierSettings(**figures["settings"]),
    )
    far = Roadm(element_id=ElementId("far"), roadm_type_id=RoadmTypeId("default"))
    elements = (near, amplifier, fibre, far)
    return PhotonicNetwork(
        name=figures["name"],
        elements={element.element_id: element for element in elements},
        connections=tuple(
            Connection(from_id=before.element_id, to_id=after.element_id)
            for before, after in pairwise(elements)
        ),
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("gnpy"))
    return read_gnpy_equipment(folder / "equipment.json").required()


@settings(max_examples=80, deadline=None, phases=PHASES)
@given(figures=FIGURES)
def test_every_digit_of_a_network_survives_its_file(library, figures):
    network = network_of(figures)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "network.json"
        write_gnpy_network(network, path)
        reading = read_gnpy_network(path, library)
        assert reading.required() == network
