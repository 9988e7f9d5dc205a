"""``karakoram outage add``: tell that a product did not work."""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_outage
from karakoram.core.identifiers import OperatorId, OutageId, ProductId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_outages
from karakoram.operations.outages import Outage
from karakoram.usecases.record_outage import record_outage
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageAddOptions:
    """What ``karakoram outage add`` takes."""

    outage: Annotated[
        str, typer.Argument(metavar="OUTAGE", help="What the outage is called, e.g. a ticket.")
    ]
    product: Annotated[
        str, typer.Option("--product", metavar="PRODUCT", help="Product that did not work.")
    ]
    starts: Annotated[
        str, typer.Option("--from", metavar="MOMENT", help="Since when, e.g. 2026-07-14T03:10Z.")
    ]
    ends: Annotated[str, typer.Option("--to", metavar="MOMENT", help="Since when it works again.")]
    at_fault: Annotated[
        str, typer.Option("--at-fault", metavar="OPERATOR", help="Whose part failed.")
    ]
    where: Annotated[
        str, typer.Option("--where", metavar="PLACE", help="Span, site or equipment that failed.")
    ]
    cause: Annotated[str, typer.Option("--cause", metavar="TEXT", help="What happened.")]
    excused: Annotated[
        bool,
        typer.Option("--excused", help="Agreed work or force majeure: the time does not count."),
    ] = False
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Who measured it; else the outage.")
    ] = ""
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: OutageAddOptions) -> ExitCode:
    """Record, print."""
    starts = reading("from", chosen.starts, settlement_options.moment_from_word)
    ends = reading("to", chosen.ends, settlement_options.moment_from_word)
    refuse_unread((starts, ends))
    outage = reading(
        "to",
        chosen.ends,
        lambda _: Outage(
            outage_id=OutageId(chosen.outage),
            product_id=ProductId(chosen.product),
            starts_at=starts.value,
            ends_at=ends.value,
            at_fault_id=OperatorId(chosen.at_fault),
            where=chosen.where,
            cause=chosen.cause,
            is_excused=chosen.excused,
            source=chosen.source or f"outage {chosen.outage}",
        ),
    )
    refuse_unread((outage,))
    recorded = record_outage(
        outage.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_outage(recorded),
        show=lambda: show_outages(screen(), (recorded,)),
    )
    return ExitCode.DONE


app = command_app(
    OutageAddOptions,
    run,
    help_text="Record a time in which a product gave no service, and whose part failed.",
    examples=("karakoram outage add TT-17 --product PRODUCT --from 2026-07-14T03:10Z ...",),
)
