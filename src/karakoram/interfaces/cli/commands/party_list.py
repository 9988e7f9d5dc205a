"""``karakoram party list``: who has an account?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_party
from karakoram.adapters.formats.table_sales import PARTIES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_lists_screen import show_parties
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.parties import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyListOptions:
    """What ``karakoram party list`` takes."""

    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: PartyListOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    parties = store.read(lambda tx: tx.find_all(Party))
    write_table(chosen.table_to, lambda: PARTIES.table(parties))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"parties": [json_from_party(party) for party in parties]},
        show=lambda: show_parties(screen(), parties),
    )
    return ExitCode.DONE


app = command_app(
    PartyListOptions,
    run,
    help_text="List everybody who has an account.",
    examples=("karakoram party list",),
)
