"""Files of GNPy, its examples among them, with one thing made wrong: nothing of it goes unsaid.

A value of another type, a number that is none, a member under another name, a name of nothing:
each is a finding with file and field. A member that is left out is missing, or what counts
instead is told, or it is one of those that a file may leave open.
"""

import json
import random
import shutil
from copy import deepcopy
from importlib.util import find_spec
from pathlib import Path

import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.services import read_gnpy_services
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.core.findings import errors_of
from tests.support.gnpy_files import WHOLE, write

DATA = Path(find_spec("gnpy").origin).parent / "example-data"
SEED = 20261128
MUTANTS = 8
"""Of each file and sort, at most."""

EXAMPLES = (
    "edfa_example_network.json",
    "raman_edfa_example_network.json",
    "meshTopologyExampleV2_services.json",
    "initial_spectrum2.json",
    "sim_params.json",
)
"""Those of GNPy's own that are read in no time; the others have nothing that ours have not."""
LIBRARY = {**dict.fromkeys(EXAMPLES, "eqpt_config.json"), **dict.fromkeys(WHOLE, "equipment.json")}
"""Each file with the equipment that it is read with."""

UNREAD = {
    *("src-tp-id", "dst-tp-id", "technology", "link-tp-id", "other_name", "_comment_"),
}
"""Members that nobody reads, whatever they hold."""

MAY_BE_OPEN = {
    # Where things are, and what they are called.
    *("metadata", "location", "city", "region", "latitude", "longitude", "network_name", "label"),
    # What the design, the type or the figures of spans decide.
    *("operational", "params", "restrictions", "preamp_variety_list", "booster_variety_list"),
    *("gain_target", "delta_p", "tilt_target", "out_voa", "con_in", "con_out", "max_loss"),
    *("target_pch_out_db", "pmd", "pdl", "add_drop_osnr", "amplifiers", "design_bands", "spacing"),
    *("effective_area", "gamma", "dispersion", "pmd_coef", "type_variety"),
    # Types that nothing names, and what a type need not have.
    *("Edfa", "Fiber", "RamanFiber", "Roadm", "Transceiver", "roadm-path-impairments", "mode"),
    *("roadm-pmd", "roadm-cd", "roadm-pdl", "roadm-inband-crosstalk", "roadm-maxloss"),
    *("roadm-minloss", "roadm-typloss", "roadm-pmin", "roadm-pmax", "roadm-ptyp", "roadm-osnr"),
    *("roadm-noise-figure", "roll_off", "cost"),
    # What a request leaves to whoever answers it.
    *("trx_mode", "effective-freq-slot", "N", "M", "max-nb-of-channel", "output-power"),
    *("explicit-route-objects", "route-object-include-exclude", "explicit-route-usage"),
    "synchronization",
    # Figures of glass, degrees and receivers that few state.
    *("lumped_losses", "dispersion_per_frequency", "dispersion_slope", "ref_frequency"),
    *("raman_coefficient", "raman_efficiency", "loss_coef_ripple", "ref_wavelength"),
    *("per_degree_pch_out_db", "booster A", "per_degree_impairments", "per_degree_design_bands"),
    *("target_psd_out_mWperGHz", "penalties", "detailed_rx", "rx-channel-power-min-dbm"),
    # All channels are computed.
    "computed_channels",
}


def paths(value, path=()):
    """Every path in a document to something that has a name."""
    found = [path] if path and isinstance(path[-1], str) else []
    parts = enumerate(value) if isinstance(value, list) else ()
    for key, part in value.items() if isinstance(value, dict) else parts:
        found += paths(part, (*path, key))
    return found


def holder_of(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


def wrong(value, draw):
    """A value that is never right where ``value`` stands."""
    if isinstance(value, bool):
        return draw.choice(["yes", 1, [value], {}])
    if isinstance(value, int | float):
        return draw.choice(["x", str(value), True, {}, float("nan"), float("-inf"), 1e308])
    if isinstance(value, str):
        return draw.choice([3, True, {}, ["a"], f"{value}\x1b[31m"])
    return draw.choice(["a", 3, True, {"a": 1} if isinstance(value, list) else ["a"]])


def mutants(whole, name, change):
    """Documents with one thing changed, and where; the same ones every time."""
    draw = random.Random(f"{SEED} {name} {change}")
    chosen = [path for path in paths(whole) if path[-1] not in UNREAD]
    for path in draw.sample(chosen, min(MUTANTS, len(chosen))):
        document = deepcopy(whole)
        holder, key = holder_of(document, path), path[-1]
        value = holder.pop(key)
        if change == "wrong":
            if value is None:
                continue
            holder[key] = wrong(value, draw)
        elif change == "renamed":
            holder[f"{key}x"] = value
        yield document, path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("mutants"))
    for file in DATA.glob("*.json"):
        shutil.copy(file, folder / file.name)
    return folder


@pytest.fixture(scope="module")
def libraries(folder):
    return {name: read_gnpy_equipment(folder / name).required() for name in LIBRARY.values()}


def reading_of(path, name, library):
    """What a file gives when it is read as the one of that name."""
    if name in ("equipment.json", "detailed.json"):
        return read_gnpy_equipment(path.parent / "equipment.json")
    if "network" in name:
        return read_gnpy_network(path, library)
    if "services" in name:
        return read_gnpy_services(path, library)
    return read_gnpy_spectrum(path) if "spectrum" in name else read_gnpy_simulation(path)


def changed_readings(folder, libraries, name, change):
    """What reading each mutant gave that reading the file as it is does not."""
    library, file = libraries[LIBRARY[name]], folder / name
    kept = file.read_bytes()
    usual = reading_of(file, name, library)
    for document, path in mutants(json.loads(kept), name, change):
        file.write_text(json.dumps(document), encoding="utf-8")
        reading = reading_of(file, name, library)
        assert (reading.value is None) == bool(errors_of(reading.findings)), path
        new = [one for one in reading.findings if one not in usual.findings]
        for finding in new:
            place = finding.place
            assert place.file, (path, finding)
            assert place.field or place.row or finding.code == "missing-file", (path, finding)
            assert "None" not in finding.message, (path, finding)
        yield path, new, [one for one in reading.assumptions if one not in usual.assumptions]
    file.write_bytes(kept)


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("change", ["wrong", "renamed"])
def test_whatever_is_wrong_is_found_with_file_and_field(folder, libraries, name, change):
    readings = changed_readings(folder, libraries, name, change)
    assert [path for path, new, _ in readings if not new] == []


@pytest.mark.parametrize("name", LIBRARY)
def test_nothing_that_is_left_out_is_made_up_in_silence(folder, libraries, name):
    readings = changed_readings(folder, libraries, name, "dropped")
    unsaid = {path[-1] for path, new, assumed in readings if not new and not assumed}
    assert unsaid - MAY_BE_OPEN == set()
