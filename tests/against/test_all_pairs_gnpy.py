"""Light between all pairs against GNPy 3.0.1, which propagates path by path."""

import json

import networkx as nx
import numpy as np
import pytest

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.engines.optics import PropagationMethod, RamanModel
from karakoram.planning.photonic.all_pairs import all_pairs, pair_gsnr, prepared_pairs
from karakoram.planning.photonic.lit_channels import channels_of_comb
from tests.against.gnpy_paths import DATA, quiet_gnpy

with quiet_gnpy({}):
    from gnpy.tools import json_io
    from gnpy.tools.worker_utils import designed_network
    from gnpy.topology.request import compute_constrained_path, propagate

SAME_DB = 1e-5
"""What the rounding of saved gains and lengths leaves; the target is 0.01 dB."""
CORONET_PAIRS = (
    ("trx Abilene", "trx Dallas"),
    ("trx Seattle", "trx Tokyo"),
    ("trx London", "trx Hong_Kong"),
)


def part_between(file, whole, pairs):
    """The ROADMs on the shortest ways between the pairs, with all between them, as a file.

    GNPy takes most of its time to design, and the pairs need a part of the largest network.
    """
    document = json.loads(whole.read_text(encoding="utf-8"))
    length_km = {
        one["uid"]: one.get("params", {}).get("length", 0.0) for one in document["elements"]
    }
    graph = nx.DiGraph()
    graph.add_weighted_edges_from(
        (one["from_node"], one["to_node"], length_km[one["from_node"]])
        for one in document["connections"]
    )
    kept = {name for ends in pairs for name in nx.shortest_path(graph, *ends, weight="weight")}
    kept |= {
        name
        for name in graph
        if name not in kept and {*graph.predecessors(name), *graph.successors(name)} <= kept
    }
    document["elements"] = [one for one in document["elements"] if one["uid"] in kept]
    document["connections"] = [
        one
        for one in document["connections"]
        if one["from_node"] in kept and one["to_node"] in kept
    ]
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("network", "pairs"),
    [
        ("CORONET_Global_Topology.json", CORONET_PAIRS),
        (
            "meshTopologyExampleV2.json",
            (
                ("trx Brest_KLA", "trx Vannes_KBE"),
                ("trx Lannion_CAS", "trx Rennes_STA"),
                ("trx Lorient_KMA", "trx Lannion_CAS"),
            ),
        ),
    ],
)
def test_pairs_of_networks_that_gnpy_designed_agree_per_channel(tmp_path, network, pairs):
    equipment, file = DATA / "eqpt_config.json", tmp_path / "designed.json"
    needed = part_between(tmp_path / network, DATA / network, pairs)
    theirs = {}
    with quiet_gnpy({}):
        library = json_io.load_equipment(equipment)
        graph = json_io.load_network(needed, library)
        graph, request, _ = designed_network(library, graph, *pairs[0])
        json_io.save_network(graph, file)
        for ends in pairs:
            request.source, request.destination = ends
            request.nodes_list, request.loose_list = [ends[1]], ["STRICT"]
            path = compute_constrained_path(graph, request)
            propagate(path, request, library)
            receiver = path[-1]
            theirs[ends] = (
                np.array(receiver.snr),
                receiver.chromatic_dispersion.mean(),
                receiver.pmd.mean(),
                receiver.latency.mean(),
            )
    ours_library = read_gnpy_equipment(equipment).required()
    prepared = prepared_pairs(
        read_gnpy_network(file, ours_library).required(),
        ours_library,
        spectrum=channels_of_comb(ours_library.spectra["default"]),
        method=PropagationMethod(raman=RamanModel.NONE),
    )
    found = all_pairs(prepared)
    for ends, (snr_db, cd, pmd, latency) in theirs.items():
        i, j = found.source_ids.index(ends[0]), found.target_ids.index(ends[1])
        assert found.is_exact[i, j]
        gsnr_db = 10 * np.log10(pair_gsnr(prepared, from_id=ends[0], to_id=ends[1]))
        difference_db = np.abs(gsnr_db - snr_db).max()
        assert difference_db < SAME_DB, f"{ends}: {difference_db:.2e} dB apart"
        assert found.cd_ps_per_nm[i, j] == pytest.approx(cd, rel=1e-7)
        assert found.pmd_ps[i, j] == pytest.approx(pmd, rel=1e-7)
        assert found.latency_ms[i, j] == pytest.approx(latency, rel=1e-7)
