"""GNPy's own design and propagation along a path, and ours along the same."""

import json
import logging
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.adapters.formats.gnpy.simulation import read_gnpy_simulation
from karakoram.adapters.formats.gnpy.spectrum import read_gnpy_spectrum
from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.lit_channels import channels_of_comb, channels_of_parts
from karakoram.planning.photonic.methods import propagation_method
from karakoram.planning.photonic.propagation import propagated
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path

with warnings.catch_warnings():
    # GNPy is built against several numpy versions; what it warns of on import is not ours.
    warnings.simplefilter("ignore")
    from gnpy.core.parameters import SimParams
    from gnpy.tools import json_io
    from gnpy.tools.worker_utils import designed_network
    from gnpy.topology.request import compute_constrained_path, propagate

REFUSED = ("CORONET_CONUS_Topology.json", "fused_roadm_example_network.json")
DATA = Path(find_spec("gnpy").origin).parent / "example-data"


@dataclass
class GnpyRun:
    """What GNPy made of a path, and the designed network for us to take over."""

    path: list
    receiver: object
    spectrum: object
    network_file: Path


@contextmanager
def quiet_gnpy(sim_params):
    """GNPy's process-wide models set for a while, and its talk kept off."""
    before = dict(SimParams._shared_dict)
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            SimParams.set_params(sim_params)
            yield
    finally:
        SimParams._shared_dict.update(before)
        logging.disable(logging.NOTSET)


def gnpy_run(folder, network, equipment, *, ends, sim_params=None, spectrum=None):
    """GNPy's design of a network, saved for us to take over, and its propagation of a path.

    What it saves is rounded to a millionth of a dB of gain; it goes on with what it has.
    """
    with quiet_gnpy(sim_params or {}):
        library = json_io.load_equipment(equipment)
        graph = loaded(network, library)
        initial = json_io.load_initial_spectrum(spectrum) if spectrum else None
        source, destination = ends
        graph, request, _ = designed_network(
            library, graph, source, destination, initial_spectrum=initial
        )
        file = folder / "designed.json"
        json_io.save_network(graph, file)
        restored(file, network)
        path = compute_constrained_path(graph, request)
        spectrum = propagate(path, request, library)
    return GnpyRun(path=path, receiver=path[-1], spectrum=spectrum, network_file=file)


def loaded(network, library):
    """GNPy's network, round its schema where that refuses it.

    It refuses two of GNPy's own examples, and profiles of dispersion as its own fibres take them.
    """
    if network.suffix == ".json":
        data = json.loads(network.read_text(encoding="utf-8"))
        profiles = {
            one["uid"]: one["params"].pop("dispersion_per_frequency")
            for one in data["elements"]
            if "dispersion_per_frequency" in one.get("params", {})
        }
        if network.name not in REFUSED:
            data = json_io.yang_to_legacy(data)
        for one in data["elements"]:
            if one["uid"] in profiles:
                one["params"]["dispersion_per_frequency"] = profiles[one["uid"]]
        return json_io.network_from_json(data, library)
    return json_io.load_network(network, library)


def restored(file, source):
    """Put back what GNPy leaves out of fibres when it saves: lumped losses, slopes, profiles."""
    if source.suffix != ".json":
        return
    given = json.loads(source.read_text(encoding="utf-8"))
    stated = {one["uid"]: one.get("params", {}) for one in given.get("elements", ())}
    saved = json.loads(file.read_text(encoding="utf-8"))
    for element in saved["elements"]:
        if element["type"] == "Fiber":
            profiled = "loss_coef_per_frequency" in element["params"]
            for key, value in stated.get(element["uid"], {}).items():
                if not (profiled and key == "loss_coef"):
                    element["params"].setdefault(key, value)
    file.write_text(json.dumps(saved), encoding="utf-8")


def our_run(run, equipment, *, ends, sim_params=None, spectrum=None, scatters=False):
    """The same path of the same designed network by us."""
    library = read_gnpy_equipment(equipment).required()
    network = read_gnpy_network(run.network_file, library).required()
    lit = (
        channels_of_parts(read_gnpy_spectrum(spectrum).required())
        if spectrum
        else channels_of_comb(library.spectra["default"])
    )
    settings = read_gnpy_simulation(sim_params).required() if sim_params else None
    path = shortest_path(network, from_id=ends[0], to_id=ends[1])
    method = propagation_method(settings, scatters=scatters)
    return propagated(network, library, path=path, spectrum=lit, method=method)


def differences_db(run, ours):
    """Largest difference of each figure over the channels."""
    theirs, got = run.receiver, ours.received
    return {
        "gsnr": np.abs(got.gsnr_db - theirs.snr).max(),
        "gsnr_01nm": np.abs(got.gsnr_01nm_db - theirs.snr_01nm).max(),
        "osnr": np.abs(got.osnr_db - theirs.osnr_ase).max(),
        "osnr_01nm": np.abs(got.osnr_01nm_db - theirs.osnr_ase_01nm).max(),
        "power": np.abs(got.power_dbm - run.spectrum.pch_dbm).max(),
        "power_along": max(along_db(run, ours), default=0.0),
    }


def along_db(run, ours):
    """Largest difference of power behind each element that keeps it."""
    for theirs, element in zip(run.path, ours.elements, strict=True):
        if hasattr(theirs, "pch_out_dbm"):
            yield np.abs(theirs.pch_out_dbm - element.channels.power_dbm).max()


def our_command(network, equipment, *, ends, spectrum=None):
    """The whole of ``karakoram optics propagate``: our own design, then propagation."""
    source = GnpyFiles(network=network, equipment=equipment, spectrum=spectrum)
    question = PropagationQuestion(from_word=ends[0], to_word=ends[1], scatters=False)
    return propagate_path(question, photonics=source).propagation
