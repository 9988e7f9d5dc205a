import csv

from karakoram.refdata.topologies import (
    packaged_positions,
    packaged_topologies,
    topologies_folder,
)


def test_every_edge_list_of_the_folder_is_in_the_index_and_the_other_way_round():
    files = {entry.name for entry in topologies_folder().iterdir() if entry.name.endswith(".csv")}
    names = {f"{name}.csv" for name in packaged_topologies()}
    assert len(names) == 12
    assert files == names | {"index.csv", "sites.csv"}


def test_every_topology_says_where_it_is_from_and_what_may_be_done_with_it():
    for topology in packaged_topologies().values():
        assert topology.provenance.source
        assert topology.provenance.source_date
        assert topology.licence
        assert topology.title


def test_positions_are_those_of_sites_of_the_topology_and_of_all_of_them():
    for name in packaged_topologies():
        text = topologies_folder().joinpath(f"{name}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        sites = {row[end] for row in rows for end in ("a", "z")}
        positions = packaged_positions(name)
        assert positions.keys() in (set(), sites)
        has_great_circles = rows[0].get("length_basis") == "great_circle"
        assert bool(positions) is has_great_circles
