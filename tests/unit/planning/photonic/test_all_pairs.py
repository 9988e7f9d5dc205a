"""Is light between all pairs what light along each path alone is?"""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.engines.optics import PropagationMethod, RamanModel
from karakoram.network.photonic.elements import LumpedLoss, Transceiver
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.all_pairs import all_pairs, pair_gsnr, prepared_pairs
from karakoram.planning.photonic.propagation import propagated
from tests.support.photonic_mesh import (
    LIBRARY,
    LIT,
    Mesh,
    random_mesh,
    with_roadm_impairments,
)


def differences(network, library, pairs, prepared, method):
    """Largest difference from propagation of each figure over all exact pairs."""
    worst = dict.fromkeys(("gsnr", "cd", "pmd", "pdl", "latency", "length"), 0.0)
    compared = 0
    for i, from_id in enumerate(pairs.source_ids):
        for j, to_id in enumerate(pairs.target_ids):
            if from_id == to_id:
                continue
            path = shortest_path(network, from_id=from_id, to_id=to_id)
            light = propagated(network, library, path=path, spectrum=LIT, method=method)
            got = light.received
            ours_db = 10 * np.log10(pair_gsnr(prepared, from_id=from_id, to_id=to_id))
            found = {
                "gsnr": np.abs(ours_db - got.gsnr_db).max(),
                "cd": abs(pairs.cd_ps_per_nm[i, j] - got.cd_ps_per_nm.mean()),
                "pmd": abs(pairs.pmd_ps[i, j] - got.pmd_ps.mean()),
                "pdl": abs(pairs.pdl_db[i, j] - got.pdl_db.mean()),
                "latency": abs(pairs.latency_ms[i, j] - light.latency_ms),
                "length": abs(pairs.length_km[i, j] - light.length_km),
            }
            assert pairs.gsnr_db_mean[i, j] == pytest.approx(got.gsnr_db.mean(), abs=1e-9)
            assert pairs.gsnr_db_min[i, j] == pytest.approx(got.gsnr_db.min(), abs=1e-9)
            assert pairs.gsnr_db_max[i, j] == pytest.approx(got.gsnr_db.max(), abs=1e-9)
            assert pairs.gsnr_01nm_db_mean[i, j] == pytest.approx(got.gsnr_01nm_db.mean(), abs=1e-9)
            roadms = sum(key.startswith("roadm") for key in path)
            assert pairs.section_count[i, j] == roadms - 1
            worst = {name: max(worst[name], found[name]) for name in worst}
            compared += 1
    return worst, compared


@pytest.mark.parametrize("raman", [RamanModel.STIMULATED, RamanModel.NONE])
def test_every_pair_of_a_random_mesh_equals_propagation_channel_by_channel(raman):
    method = PropagationMethod(raman=raman)
    network = random_mesh(np.random.default_rng(11), sites=5, chords=2).network
    prepared = prepared_pairs(network, LIBRARY, spectrum=LIT, method=method)
    pairs = all_pairs(prepared)
    assert pairs.pair_count == 20
    assert pairs.is_exact.sum() == 20
    worst, compared = differences(network, LIBRARY, pairs, prepared, method)
    assert compared == 20
    assert max(worst.values()) < 1e-9, worst


def test_sections_that_need_their_elements_one_by_one_give_the_same():
    network = random_mesh(np.random.default_rng(12), sites=4, chords=1).network
    fibres = [key for key in network.elements if key.startswith("fibre")]
    odd = dict(network.elements)
    for key in fibres[::3]:
        odd[key] = replace(
            odd[key], lumped_losses=(LumpedLoss(position_km=odd[key].length_km / 2, loss_db=0.1),)
        )
    network = PhotonicNetwork(elements=odd, connections=network.connections)
    prepared = prepared_pairs(network, LIBRARY, spectrum=LIT)
    pairs = all_pairs(prepared)
    assert pairs.is_exact.sum() == 12
    for i, j in np.argwhere(pairs.is_exact):
        from_id, to_id = pairs.source_ids[i], pairs.target_ids[j]
        path = shortest_path(network, from_id=from_id, to_id=to_id)
        light = propagated(network, LIBRARY, path=path, spectrum=LIT)
        ours_db = 10 * np.log10(pair_gsnr(prepared, from_id=from_id, to_id=to_id))
        np.testing.assert_allclose(ours_db, light.received.gsnr_db, atol=1e-9)


def test_impairments_of_ways_through_roadms_count_as_in_propagation():
    library = with_roadm_impairments(None)
    network = random_mesh(np.random.default_rng(13), sites=4, chords=1).network
    prepared = prepared_pairs(network, library, spectrum=LIT)
    pairs = all_pairs(prepared)
    assert pairs.is_exact.sum() == 12
    worst, _ = differences(network, library, pairs, prepared, PropagationMethod())
    assert max(worst.values()) < 1e-9, worst


def test_a_way_that_is_not_specified_for_a_channel_is_refused():
    band = replace(LIBRARY.spectra["default"].band, upper_thz=195.0)
    network = random_mesh(np.random.default_rng(13), sites=3, chords=0).network
    prepared = prepared_pairs(network, with_roadm_impairments(band), spectrum=LIT)
    with pytest.raises(InvalidDataError, match="not stated for"):
        all_pairs(prepared)


def test_a_roadm_without_power_enough_makes_the_pairs_beyond_it_inexact():
    mesh = Mesh(np.random.default_rng(14))
    for name in "ABC":
        mesh.site(name)
    mesh.section("A", "B", spans=1, gain_extra_db=-19.0)
    mesh.section("B", "C", spans=1)
    prepared = prepared_pairs(mesh.network, LIBRARY, spectrum=LIT)
    pairs = all_pairs(prepared, follows_power=False)
    of = {key: index for index, key in enumerate(pairs.source_ids)}
    exact = pairs.is_exact
    assert exact[of["trx A"], of["trx B"]]
    assert not exact[of["trx A"], of["trx C"]]
    assert exact[of["trx B"], of["trx C"]]
    assert pairs.pair_count == 3
    assert np.isnan(pairs.gsnr_db_mean[of["trx C"], of["trx A"]])
    assert pairs.section_count[of["trx C"], of["trx A"]] == -1


def test_missing_settings_and_missing_transceivers_are_findings():
    network = random_mesh(np.random.default_rng(15), sites=3, chords=0).network
    elements = dict(network.elements)
    key = next(key for key in elements if key.startswith("booster"))
    elements[key] = replace(elements[key], settings=replace(elements[key].settings, gain_db=None))
    broken = PhotonicNetwork(elements=elements, connections=network.connections)
    with pytest.raises(InvalidDataError, match="gain"):
        prepared_pairs(broken, LIBRARY, spectrum=LIT)
    blind = PhotonicNetwork(
        elements={k: e for k, e in network.elements.items() if not isinstance(e, Transceiver)},
        connections=tuple(
            one
            for one in network.connections
            if not one.from_id.startswith("trx") and not one.to_id.startswith("trx")
        ),
    )
    with pytest.raises(InvalidDataError, match="transceivers"):
        prepared_pairs(blind, LIBRARY, spectrum=LIT)
