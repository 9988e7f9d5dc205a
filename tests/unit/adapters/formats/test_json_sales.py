"""Records of sales in JSON: what commands do not reach."""

from karakoram.adapters.formats.json_sales import json_from_trace
from karakoram.planning.path_side import PathSide
from karakoram.usecases.operate.trace_path import TraceHop


def test_a_gap_and_a_resource_that_is_not_there_are_told():
    hop = TraceHop(
        depth=1,
        side=PathSide.WORKING,
        hop=2,
        resource=None,
        resource_id="gone",
        units=(1, 2),
        gap_before=("A", "B"),
    )
    (told,) = json_from_trace([hop])["hops"]
    assert (told["resource"], told["name"], told["gapBefore"]) == ("gone", None, ["A", "B"])
