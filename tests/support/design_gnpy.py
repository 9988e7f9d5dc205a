"""GNPy's automatic design beside ours, element by element."""

import copy
import json
import logging
import math
import warnings
from importlib.util import find_spec
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.core import elements as theirs_elements
    from gnpy.core.parameters import SimParams
    from gnpy.tools import json_io
    from gnpy.tools.worker_utils import designed_network as gnpy_designed_network

from karakoram.network.photonic.elements import Amplifier, Fibre, MultibandAmplifier

DATA = Path(find_spec("gnpy").origin).parent / "example-data"


def gnpy_network(path, equipment):
    """GNPy's network of a file; those that its own schema refuses, without it."""
    if path.suffix == ".xls":
        return json_io.load_network(path, equipment)
    return json_io.network_from_json(json.loads(path.read_text(encoding="utf-8")), equipment)


def gnpy_equipment(path):
    """GNPy's equipment of a file, with the configurations beside it."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return json_io._equipment_from_json(document, copy.deepcopy(json_io.DEFAULT_EXTRA_CONFIG))


def gnpy_designed(network_path, equipment_path, *, sim_params=None, inserts=True):
    """GNPy's design, as its transmission example makes it."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            SimParams.set_params(sim_params or {})
            equipment = gnpy_equipment(equipment_path)
            network = gnpy_network(network_path, equipment)
            gnpy_designed_network(equipment, network, no_insert_edfas=not inserts)
    finally:
        SimParams.set_params({})
        logging.disable(disabled)
    return network


def differences(network, designed):
    """Where GNPy's network and ours differ: what is not the same, and the largest number.

    Parameters
    ----------
    network
        GNPy's.
    designed
        Our network.

    Returns
    -------
    Everything that is not a number and differs, and the largest difference of numbers.
    """
    theirs = {one.uid: one for one in network}
    others = [f"only one has {uid}" for uid in theirs.keys() ^ designed.elements.keys()]
    edges = {(one.uid, two.uid) for one, two in network.edges()}
    edges ^= {(line.from_id, line.to_id) for line in designed.connections}
    others += [f"only one connects {edge}" for edge in edges]
    numbers = [0.0]
    for uid in theirs.keys() & designed.elements.keys():
        for name, one, two in _figures(theirs[uid], designed.elements[uid]):
            if isinstance(one, str) or one is None or two is None:
                if one != two:
                    others.append(f"{uid} {name}: {one} and {two}")
            else:
                numbers.append(abs(float(one) - two))
    assert not any(map(math.isnan, numbers))
    return others, max(numbers)


def _figures(one, two):
    match two:
        case Fibre():
            yield "length", one.params.length / 1e3, two.length_km
            yield "con_in", one.params.con_in, two.connector_in_db
            yield "con_out", one.params.con_out, two.connector_out_db
            yield "att_in", one.params.att_in, two.padding_db
        case Amplifier():
            yield from _settings(one, two.amplifier_type_id, two.settings)
        case MultibandAmplifier():
            yield "type", one.type_variety, two.amplifier_type_id
            bands = {band.amplifier_type_id: band for band in two.bands}
            assert isinstance(one, theirs_elements.Multiband_amplifier)
            for member in one.amplifiers.values():
                name = member.params.type_variety
                yield "member", name, name if name in bands else str(list(bands))
                if name in bands:
                    yield from _settings(member, name, bands[name].settings)
        case _:
            return


def _settings(one, type_id, settings):
    yield "type", one.params.type_variety, type_id
    yield "gain", one.effective_gain, settings.gain_db
    yield "delta_p", one.delta_p, settings.launch_offset_db
    yield "tilt", one.tilt_target, settings.tilt_db
    yield "out_voa", one.out_voa, settings.output_voa_db
    yield "in_voa", one.in_voa, settings.input_voa_db
