"""What a person reads of sales: gaps, units, conversions that commands do not reach."""

import io

from rich.console import Console

from karakoram.interfaces.cli.sales_screen import show_trace
from karakoram.planning.path_side import PathSide
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.usecases.operate.trace_path import TraceHop
from tests.support.sales_stock import pool


def printed(*hops):
    console = Console(file=io.StringIO(), width=120, markup=False, highlight=False)
    show_trace(console, hops)
    return " ".join(console.file.getvalue().split())


def hop(**changes):
    given = {
        "depth": 1,
        "side": PathSide.WORKING,
        "hop": 0,
        "resource": pool(ResourceKind.PORT, "GIL", 9),
        "resource_id": "port:GIL",
        "units": (0,),
    }
    return TraceHop(**{**given, **changes})


def test_gaps_and_what_is_missing_are_told():
    text = printed(hop(), hop(resource=None, resource_id="gone", gap_before=("A", "B")))
    assert "(gap: nothing recorded A to B)" in text
    assert "? gone (not in the inventory)" in text


def test_units_are_told_as_short_as_they_can_be():
    assert "units 0" in printed(hop())
    assert "units 2-4" in printed(hop(units=(2, 3, 4)))
    assert "units 1 3 5" in printed(hop(units=(1, 3, 5)))
    assert "units 8 from 0 to 14" in printed(hop(units=tuple(range(0, 16, 2))))
