import pytest

from karakoram.network.submarine import DesignBasis
from karakoram.planning.profile import GSNR_DB_SHOWN_MAX
from tests.support.planning_networks import (
    designed,
    fibre,
    mode,
    network_of,
    sea,
    small_library,
    system,
)


def profile_of(network, **asked):
    (path,) = designed(network, **asked).offers[0].paths
    return path.profile, path


def test_points_are_roadms_from_both_sides_and_amplifiers_in_travel_order():
    points, path = profile_of(
        network_of(
            fibre("A", "P", 60.0),
            fibre("P", "M", 60.0),
            fibre("M", "Z", 100.0),
            roadms="AMZ",
            amplifiers="P",
        )
    )
    assert [(point.label, point.distance_km, point.is_derived) for point in points] == [
        ("A", 0.0, False),
        ("P", 60.0, False),
        ("M", 120.0, False),
        ("M", 120.0, False),
        ("M-Z@50.0", 170.0, True),
        ("Z", 220.0, False),
    ]
    assert points[-1].distance_km == path.length_km


def test_power_is_known_on_the_sides_that_have_fibre():
    points, _ = profile_of(network_of(fibre("A", "M", 100.0), fibre("M", "Z", 50.0)))
    has_power = [
        (point.power_in_dbm is not None, point.power_out_dbm is not None) for point in points
    ]
    assert has_power == [
        *((False, True), (True, True), (True, False)),
        *((False, True), (True, False)),
    ]


def test_quality_falls_along_the_way_and_passes_a_roadm_unchanged():
    points, _ = profile_of(network_of(fibre("A", "M", 200.0), fibre("M", "Z", 200.0)))
    gsnr_db = [point.gsnr_db for point in points]
    assert gsnr_db[0] == GSNR_DB_SHOWN_MAX
    assert gsnr_db == pytest.approx(sorted(gsnr_db, reverse=True), abs=1e-9)
    assert gsnr_db[3] == pytest.approx(gsnr_db[4], abs=1e-9)
    # Twice the same line halves the ratio.
    assert gsnr_db[-1] == pytest.approx(gsnr_db[3] - 3.0103, abs=0.02)


def test_quality_starts_anew_after_each_regeneration():
    library = small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.5 * 60.0)}
    )
    points, path = profile_of(
        network_of(fibre("A", "M", 60.0), fibre("M", "Z", 60.0), library=library)
    )
    assert path.regenerator_site_ids == ("M",)
    assert [point.label for point in points] == ["A", "M", "M", "Z"]
    assert points[2].gsnr_db == GSNR_DB_SHOWN_MAX
    assert points[1].gsnr_db == pytest.approx(points[3].gsnr_db, abs=0.05)


def test_a_published_design_shows_quality_and_no_power():
    points, _ = profile_of(
        network_of(
            sea("A", "Z", 1_000.0, cable="WET"),
            systems={
                "WET": system(
                    "WET",
                    design_basis=DesignBasis.PUBLISHED,
                    design_capacity_tbps=40.0,
                    fibre_pairs=2,
                )
            },
            library=small_library(
                transceiver_modes={"NARROW": mode("NARROW", 100.0, spacing_ghz_min=50.0)}
            ),
        )
    )
    assert [(point.power_in_dbm, point.power_out_dbm) for point in points] == [(None, None)] * 2
    assert points[-1].gsnr_db < GSNR_DB_SHOWN_MAX
