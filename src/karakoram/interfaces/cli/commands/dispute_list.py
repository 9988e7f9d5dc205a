"""``karakoram dispute list``: what is said to be wrong, and what came of it?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_dispute
from karakoram.adapters.formats.table_settlement import DISPUTES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.settlement_screen import show_disputes
from karakoram.settlement.disputes import Dispute, DisputeState

_LIST: RecordList[Dispute] = RecordList(
    kind=Dispute,
    name="disputes",
    payload=json_from_dispute,
    show=show_disputes,
    form=DISPUTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeListOptions:
    """What ``karakoram dispute list`` takes."""

    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="Only disputes in this state.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: DisputeListOptions) -> ExitCode:
    """Read, print."""
    states = list(filter(None, [chosen.state]))
    return _LIST.tell(chosen, wanted=sales_options.wanted_records("", states, DisputeState))


app = command_app(
    DisputeListOptions,
    run,
    help_text="List disputes.",
    examples=("karakoram dispute list --state open",),
)
