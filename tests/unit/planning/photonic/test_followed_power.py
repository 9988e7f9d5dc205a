"""Are paths behind a ROADM without power enough what propagation makes of them?"""

import numpy as np
import pytest

from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.all_pairs import all_pairs, pair_gsnr, prepared_pairs
from karakoram.planning.photonic.propagation import propagated
from tests.support.photonic_mesh import LIBRARY, LIT, Mesh, with_roadm_impairments


@pytest.mark.parametrize("library", ["plain", "noisy"])
def test_paths_behind_a_weak_roadm_are_followed_by_themselves(library):
    library = with_roadm_impairments(None) if library == "noisy" else LIBRARY
    mesh = Mesh(np.random.default_rng(16))
    for name in "ABCDE":
        mesh.site(name)
    mesh.section("A", "B", spans=2, gain_extra_db=-9.5)
    mesh.section("B", "C", spans=1, gain_extra_db=-18.8)
    mesh.section("E", "B", spans=1)
    mesh.section("C", "D", spans=2)
    mesh.section("C", "E", spans=1, gain_extra_db=-19.0)
    network = mesh.network
    prepared = prepared_pairs(network, library, spectrum=LIT)
    marked, followed = (all_pairs(prepared, follows_power=follows) for follows in (False, True))
    assert followed.is_exact.sum() == followed.pair_count > marked.is_exact.sum() > 0
    apart_db = 0.0
    for i, j in np.argwhere(followed.is_exact):
        ends = {"from_id": followed.source_ids[i], "to_id": followed.target_ids[j]}
        path = shortest_path(network, **ends)
        light = propagated(network, library, path=path, spectrum=LIT)
        ours_db = 10 * np.log10(pair_gsnr(prepared, **ends))
        np.testing.assert_allclose(ours_db, light.received.gsnr_db, atol=1e-9)
        mean_db = light.received.gsnr_db.mean()
        assert followed.gsnr_db_mean[i, j] == pytest.approx(mean_db, abs=1e-9)
        if marked.is_exact[i, j]:
            assert marked.gsnr_db_mean[i, j] == pytest.approx(mean_db, abs=1e-9)
        apart_db = max(apart_db, abs(marked.gsnr_db_mean[i, j] - mean_db))
    assert apart_db > 0.01, "the marked pairs are really not exact"
