"""``karakoram dispute list``: what is said to be wrong, and what came of it?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_dispute
from karakoram.adapters.formats.table_settlement import DISPUTES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_disputes
from karakoram.settlement.disputes import Dispute, DisputeState
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


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
    """Read, print, write."""
    check_table(chosen.table_to)
    states = [
        reading("state", word, lambda w: choice_from_word(w, DisputeState))
        for word in filter(None, [chosen.state])
    ]
    refuse_unread(states)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    disputes = tuple(
        each
        for each in store.read(lambda tx: tx.find_all(Dispute))
        if not states or each.state is states[0].value
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {"disputes": [json_from_dispute(each) for each in disputes]},
        show=lambda: show_disputes(screen(), disputes),
    )
    write_table(chosen.table_to, lambda: DISPUTES.table(disputes))
    return ExitCode.DONE


app = command_app(
    DisputeListOptions,
    run,
    help_text="List disputes.",
    examples=("karakoram dispute list --state open",),
)
