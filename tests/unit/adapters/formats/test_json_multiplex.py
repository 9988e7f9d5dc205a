"""Fill and maps of the multiplex in JSON."""

from karakoram.adapters.formats.json_multiplex import json_from_fill, json_from_map
from karakoram.planning.path_side import PathSide
from karakoram.usecases.multiplex.show_multiplex import ContainerRow, CrossConnectRow
from tests.support.sales_stock import joining

ODU4 = joining("ODU4", "GIL", "RWP", taken=0b111)


def test_a_container_tells_what_is_used_and_what_fits():
    row = ContainerRow(container=ODU4, riders=2, more=9, stranded=5, fragmentation=0.25)
    (told,) = json_from_fill([row])["containers"]
    assert (told["slots"], told["used"], told["more"], told["stranded"]) == (80, 3, 9, 5)
    assert told["fragmentation"] == 0.25


def test_a_cross_connect_tells_both_sides():
    row = CrossConnectRow(
        rider_id="P",
        side=PathSide.WORKING,
        incoming=ODU4,
        incoming_slots=("TS 1",),
        outgoing=ODU4,
        outgoing_slots=("TS 2",),
    )
    (told,) = json_from_map([row])["crossConnects"]
    assert (told["for"], told["in"]["slots"], told["out"]["slots"]) == ("P", ["TS 1"], ["TS 2"])
