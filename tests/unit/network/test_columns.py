from math import log

import numpy as np
import pytest

from karakoram.network.columns import ots_columns, repeater_span_columns
from karakoram.network.sections import multiplex_sections
from tests.support.planning_networks import (
    fibre,
    fibre_type,
    network_of,
    sea,
    small_library,
    system,
)


def only_line(network):
    (line,) = multiplex_sections(network)
    return line


def mixed_network():
    library = small_library(
        fibre_types={
            "SMF": fibre_type("SMF"),
            "ULL": fibre_type(
                "ULL",
                attenuation_db_per_km=0.17,
                dispersion_ps_per_nm_km=21.0,
                dispersion_slope_ps_per_nm2_km=0.06,
                effective_area_um2=130.0,
                pmd_ps_per_sqrt_km=0.04,
            ),
        }
    )
    return network_of(
        fibre("A", "P", 20.0),
        fibre("P", "Z", 50.0, fibre_type="ULL"),
        roadms="AZ",
        library=library,
    )


def test_loss_is_that_of_all_pieces_and_the_rest_that_of_the_longest():
    network = mixed_network()
    columns = ots_columns(network, only_line(network))
    assert columns.length_m == pytest.approx([70_000.0])
    loss_db = 20.0 * 0.2 + 50.0 * 0.17
    nepers = columns.attenuation_per_m * columns.length_m
    assert nepers * 10.0 / log(10.0) == pytest.approx([loss_db])
    assert columns.dispersion_s_per_m2 == pytest.approx([21e-6])
    assert columns.dispersion_slope_s_per_m3 == pytest.approx([60.0])
    assert columns.effective_area_m2 == pytest.approx([130e-12])
    assert columns.pmd_s_per_sqrt_m == pytest.approx([0.04e-12 / 1e3**0.5])
    assert columns.connector_loss == pytest.approx([10**0.05])


def test_measured_attenuation_goes_before_that_of_the_fibre_type():
    network = network_of(fibre("A", "Z", 50.0, attenuation=0.31))
    columns = ots_columns(network, only_line(network))
    assert columns.attenuation_per_m == pytest.approx([0.31 * log(10.0) / 10.0 / 1e3])


def test_sections_stand_in_travel_order():
    network = network_of(fibre("A", "P", 60.0), fibre("P", "Z", 70.0), roadms="AZ", amplifiers="P")
    line = only_line(network)
    assert ots_columns(network, line).length_m == pytest.approx([60e3, 70e3])
    assert ots_columns(network, line.reversed()).length_m == pytest.approx([70e3, 60e3])


def test_columns_cannot_be_written():
    network = mixed_network()
    columns = ots_columns(network, only_line(network))
    with pytest.raises(ValueError, match="read-only"):
        columns.length_m[0] = 1.0


@pytest.mark.parametrize(
    ("km", "count"), [(50.0, 1), (80.0, 1), (81.0, 2), (1_000.0, 13), (1_040.0, 13)]
)
def test_a_submarine_line_is_so_many_equal_spans_that_none_exceeds_the_spacing(km, count):
    network = network_of(sea("A", "Z", km, cable="WET"), systems={"WET": system("WET")})
    columns, found = repeater_span_columns(network, only_line(network))
    assert found == count
    assert columns.length_m == pytest.approx([km * 1e3 / count])
    np.testing.assert_array_equal(columns.connector_loss, [1.0])
