import pytest

from karakoram.network.topology_columns import topology_columns
from tests.support.plain_topologies import plain_topology, section, site


def test_sections_become_numbers_in_the_order_of_the_topology():
    columns = topology_columns(
        plain_topology(
            section("B", "A", 1.5, "y"),
            section("A", "C", 2.0),
            section("C", "B", 3.0, "x", "y"),
            sites=[site("A"), site("B"), site("C"), site("D")],
        )
    )
    assert columns.site_count == 4
    assert columns.a_site.tolist() == [1, 0, 2]
    assert columns.z_site.tolist() == [0, 2, 1]
    assert columns.length_m.tolist() == [1_500.0, 2_000.0, 3_000.0]
    assert list(zip(columns.risk_section, columns.risk_group, strict=True)) == [
        *((0, 0), (2, 1), (2, 0)),
    ]


def test_no_groups_make_empty_columns_and_none_can_be_written():
    columns = topology_columns(plain_topology(section("A", "B")))
    assert columns.risk_section.shape == columns.risk_group.shape == (0,)
    for values in (columns.a_site, columns.length_m):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 7
