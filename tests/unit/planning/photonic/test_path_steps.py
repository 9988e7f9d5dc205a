"""Are paths behind a ROADM without power enough what propagation makes of them, computed once?"""

import numpy as np
import pytest

from karakoram.network.photonic.walk import shortest_path
from karakoram.planning.photonic.all_pairs import all_pairs, pair_gsnr, prepared_pairs
from karakoram.planning.photonic.path_steps import path_steps
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


def starved_line(*, levelled_again):
    """From A and from B over C, whose ROADM is short of power, to D, E and F."""
    mesh = Mesh(np.random.default_rng(17))
    for name in "ABCDEF":
        mesh.site(name)
    mesh.section("A", "B", spans=1)
    mesh.section("B", "C", spans=2, gain_extra_db=-9.5)
    mesh.section("C", "D", spans=1, gain_extra_db=0.0 if levelled_again else -19.0)
    mesh.section("D", "E", spans=2, gain_extra_db=0.0 if levelled_again else -8.0)
    mesh.section("E", "F", spans=1)
    return prepared_pairs(mesh.network, LIBRARY, spectrum=LIT)


def last_steps(prepared, target, *, follows_power):
    """Which step the path of each source but the last ends with, and the steps."""
    steps = path_steps(prepared.paths(slice(None)), follows_power=follows_power)
    vertex = prepared.target_vertices[prepared.target_ids.index(f"trx {target}")]
    of_drop = steps.row[:, vertex]
    before = steps.before[:, vertex]
    sources = range(len(prepared.source_ids))
    return {
        prepared.source_ids[i][-1]: (int(of_drop[i]), int(steps.row[i, before[i]])) for i in sources
    }, steps


@pytest.mark.parametrize("target", "DEF")
def test_paths_that_arrive_alike_share_their_steps(target):
    prepared = starved_line(levelled_again=False)
    rows, steps = last_steps(prepared, target, follows_power=True)
    marked, fewer = last_steps(prepared, target, follows_power=False)
    assert rows["A"] == rows["B"], "both came through the same starved ROADM"
    assert rows["B"] != rows["C"], "light that begins at C has all its power"
    assert marked["A"] == marked["B"]
    assert len(steps.arc) > len(fewer.arc)


def test_behind_a_roadm_that_meets_its_target_light_forgets_where_it_came_from():
    prepared = starved_line(levelled_again=True)
    at_d, steps = last_steps(prepared, "D", follows_power=True)
    at_f, _ = last_steps(prepared, "F", follows_power=True)
    assert at_d["B"] != at_d["C"]
    assert at_f["A"] == at_f["B"] == at_f["C"] == at_f["D"]
    assert steps.misses_target.any()


def test_a_section_is_computed_once_for_each_power_that_enters_it(monkeypatch):
    prepared = starved_line(levelled_again=False)
    asked = []

    def counted(self, launch_w, *, sections):
        asked.extend(zip(sections.tolist(), launch_w[:, 0].tolist(), strict=True))
        return light(self, launch_w, sections=sections)

    light = type(prepared.ready).light
    monkeypatch.setattr(type(prepared.ready), "light", counted)
    path_steps(prepared.paths(slice(None)), follows_power=True)
    assert len(asked) == len(set(asked)) > 0
    asked.clear()
    path_steps(prepared.paths(slice(None)), follows_power=False)
    assert asked == []


def test_from_some_sources_steps_are_what_they_are_from_all():
    prepared = starved_line(levelled_again=False)
    every = path_steps(prepared.paths(slice(None)), follows_power=True)
    one = path_steps(prepared.paths(slice(1, 2)), follows_power=True)
    reached = one.row[0] >= 0
    np.testing.assert_array_equal(reached, every.row[1] >= 0)
    for name in ("log_noise", "inverse_osnr", "pmd_square_s2", "pdl_square_db2", "arc"):
        np.testing.assert_allclose(
            getattr(one, name)[one.row[0, reached]],
            getattr(every, name)[every.row[1, reached]],
            rtol=1e-12,
        )
