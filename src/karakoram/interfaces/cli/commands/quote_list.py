"""``karakoram quote list``: what was quoted to whom, and what became of it?"""

from dataclasses import dataclass, field

from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import QUOTES
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.sales_lists_screen import show_quotes
from karakoram.sales.quotes import Quote, QuoteState

_LIST: RecordList[Quote] = RecordList(
    kind=Quote,
    name="quotes",
    payload=json_from_quote,
    show=show_quotes,
    form=QUOTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteListOptions:
    """What ``karakoram quote list`` takes."""

    buyer: sales_options.OfBuyer = ""
    states: sales_options.InStates = field(default_factory=list)
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: QuoteListOptions) -> ExitCode:
    """Read, print."""
    wanted = sales_options.wanted_records(chosen.buyer, chosen.states, QuoteState)
    return _LIST.tell(chosen, wanted=wanted)


app = command_app(
    QuoteListOptions,
    run,
    help_text="List quotes, oldest first.",
    examples=("karakoram quote list --buyer CT --state approved.orderable",),
)
