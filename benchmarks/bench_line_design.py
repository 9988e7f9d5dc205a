"""How much faster is a network designed here than by GNPy, in the same run, to the same result?

Prints CPU time of both for GNPy's largest examples, their ratio, and how far the designs differ.
Only the design counts: files are read before, on either side. The best of a few runs counts for
each, every one on a network that was read anew.
"""

import copy
import gc
import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.network.photonic.elements import Amplifier
from karakoram.planning.photonic.design import designed_network

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from gnpy.core.elements import Edfa
    from gnpy.tools import json_io
    from gnpy.tools.worker_utils import designed_network as gnpy_designed_network

DATA = Path(find_spec("gnpy").origin).parent / "example-data"
NETWORKS = {
    "CORONET_Global_Topology.json": "eqpt_config.json",
    "CORONET_CONUS_Topology.json": "eqpt_config.json",
    "Sweden_OpenROADMv5_example_network.json": "eqpt_config_openroadm_ver5.json",
}
RUNS = 5
GNPY_RUNS = 2
RATIO_MIN = 15.0
"""What the largest network has to reach."""
TOLERANCE_DB = 1e-6

T = TypeVar("T")


def best_cpu_s(runs: int, work: Callable[[], T]) -> tuple[float, T]:
    """The least CPU time of some runs, and what the last one gave."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        found = work()
        times.append(time.process_time() - start)
    return min(times), found


def gnpy_design(file: str, equipment_file: str) -> tuple[float, object]:
    """GNPy's network, designed, and the CPU time of the design alone."""
    document = json.loads((DATA / file).read_text(encoding="utf-8"))
    times = []
    for _ in range(GNPY_RUNS):
        equipment = json_io.load_equipment(DATA / equipment_file)
        network = json_io.network_from_json(copy.deepcopy(document), equipment)
        gc.collect()
        start = time.process_time()
        gnpy_designed_network(equipment, network)
        times.append(time.process_time() - start)
    return min(times), network


def largest_difference_db(theirs, ours) -> float:
    """Of gains, launch powers and attenuators; infinite where types differ."""
    largest = 0.0
    for one in theirs:
        if isinstance(one, Edfa):
            two = ours.elements[one.uid]
            assert isinstance(two, Amplifier)
            if one.params.type_variety != two.amplifier_type_id:
                return float("inf")
            pairs = (
                (one.effective_gain, two.settings.gain_db),
                (one.delta_p, two.settings.launch_offset_db),
                (one.out_voa, two.settings.output_voa_db),
            )
            largest = max(largest, *(abs(a - b) for a, b in pairs))
    return largest


def main() -> int:
    """Design every network with both; 1 when the largest is not so much faster, or differs."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    headings = ("amplifiers", "GNPy s", "here s", "ratio", "differ by dB")
    print(f"{'network':<42}{headings[0]:>11}" + "".join(f"{word:>13}" for word in headings[1:]))
    failed = False
    for number, (file, equipment_file) in enumerate(NETWORKS.items()):
        library = read_gnpy_equipment(DATA / equipment_file).required()
        network = read_gnpy_network(DATA / file, library).required()
        here_s, designed = best_cpu_s(RUNS, lambda n=network, lib=library: designed_network(n, lib))
        gnpy_s, theirs = gnpy_design(file, equipment_file)
        count = sum(len(section.amplifiers) for section in designed.sections)
        largest_db = largest_difference_db(theirs, designed.network)
        ratio = gnpy_s / here_s
        print(
            f"{file.removesuffix('.json'):<42}{count:>11,}{gnpy_s:>13.3f}{here_s:>13.4f}"
            f"{ratio:>12.1f}x{largest_db:>13.1e}"
        )
        failed |= largest_db > TOLERANCE_DB or (number == 0 and ratio < RATIO_MIN)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
