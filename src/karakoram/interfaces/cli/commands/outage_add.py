"""``karakoram outage add``: when did a product not work?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_outage, json_from_struck
from karakoram.adapters.formats.table_settlement import OUTAGES
from karakoram.core.identifiers import OperatorId, OutageId, ProductId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_command import SettlementCommand
from karakoram.interfaces.cli.settlement_screen import show_outages, show_struck
from karakoram.operations.outages import Outage
from karakoram.sales.change_log import Deed
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.operate.record_plant_failure import (
    PlantFailure,
    record_plant_failure,
    struck_products,
)
from karakoram.usecases.settle.settlement_rows import OutageRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import reading, refuse_unread

_NEEDED: Mapping[str, str] = {
    "OUTAGE": "outage",
    "--since": "starts",
    "--until": "ends",
    "--at-fault": "at_fault",
    "--cause": "cause",
    "--where": "where",
    "--product": "product",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageAddOptions:
    """What ``karakoram outage add`` takes."""

    outage: Annotated[
        str, typer.Argument(metavar="OUTAGE", help="What the outage is called, e.g. a ticket.")
    ] = ""
    product: Annotated[
        str, typer.Option("--product", metavar="PRODUCT", help="Product that did not work.")
    ] = ""
    span: Annotated[
        str,
        typer.Option(
            "--span",
            metavar="WHAT",
            help="Instead: span, site, cable or common cause that failed; each product that has "
            "no other way was down.",
        ),
    ] = ""
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="With --span: tell who is hit, and record nothing."),
    ] = False
    network: options.NetworkFolder = None
    starts: Annotated[
        str, typer.Option("--since", metavar="MOMENT", help="Since when, e.g. 2026-07-14T03:10Z.")
    ] = ""
    ends: Annotated[
        str, typer.Option("--until", metavar="MOMENT", help="Since when it works again.")
    ] = ""
    at_fault: Annotated[
        str, typer.Option("--at-fault", metavar="OPERATOR", help="Whose part failed.")
    ] = ""
    where: Annotated[
        str,
        typer.Option(
            "--where",
            metavar="PLACE",
            help="Span, site or equipment that failed; else what --span says.",
        ),
    ] = ""
    cause: Annotated[str, typer.Option("--cause", metavar="TEXT", help="What happened.")] = ""
    excused: Annotated[
        bool,
        typer.Option("--excused", help="Agreed work or force majeure: the time does not count."),
    ] = False
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Who measured it; else the outage.")
    ] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _one(chosen: OutageAddOptions, deed: Deed, settling: Settling) -> Outage:
    """Understand the words, do it."""
    told = _told(chosen)
    outage = reading(
        "until",
        chosen.ends,
        lambda _: Outage(
            outage_id=OutageId(chosen.outage), product_id=ProductId(chosen.product), **told
        ),
    )
    refuse_unread((outage,))
    return record_outage(outage.value, deed=deed, settling=settling)


_COMMAND: SettlementCommand[OutageAddOptions, OutageRow, Outage] = SettlementCommand(
    row_type=OutageRow,
    example={
        "outage": "TT-17",
        "product": "019c0a7e-3d5c-7bb0-8d1b-0c8a2f6f1e11",
        "starts_at": "2026-08-14T02:40:00",
        "ends_at": "2026-08-14T16:10:00",
        "at_fault": "SCO",
        "where": "SST-GIL",
        "cause": "flood took the road",
        "source": "ticket TT-17",
    },
    needed=_NEEDED,
    one=_one,
    each=lambda row, deed, settling: record_outage(row.record(), deed=deed, settling=settling),
    form=OUTAGES,
    payload=json_from_outage,
    show=lambda answers: show_outages(screen(), answers),
    column_by_code={
        "outage-differs": "outage",
        "not-in-service": "product",
        "in-the-future": "ends_at",
    },
)


def run(chosen: OutageAddOptions) -> ExitCode:
    """Record, print, write."""
    if chosen.template is None:
        _check(chosen)
        if chosen.span and chosen.rows_from is None:
            return _run_plant(chosen)
    return _COMMAND.run(chosen)


def _check(chosen: OutageAddOptions) -> None:
    """Refuse what names a product and plant, and options that would do nothing."""
    if chosen.product and chosen.span:
        raise typer.BadParameter("name --product PRODUCT, or --span WHAT for all that rode there")
    if not chosen.span and (chosen.dry_run or chosen.network):
        raise typer.BadParameter("--dry-run and --network would do nothing without --span WHAT")


def _run_plant(chosen: OutageAddOptions) -> ExitCode:
    """Tell what rode on the plant; record for what was down, unless it is only asked."""
    of_product = {"--where", "--product"}
    words = {shown: getattr(chosen, name) for shown, name in _NEEDED.items()}
    sales_options.check_one(None, {name: words[name] for name in words if name not in of_product})
    check_table(chosen.table_to)
    settling = settlement_options.settling_of(chosen.store, terms=chosen.terms)
    told = _told(chosen)
    failure = reading(
        "until",
        chosen.ends,
        lambda _: PlantFailure(failure_id=chosen.outage, plant=chosen.span, **told),
    )
    refuse_unread((failure,))
    deed = sales_options.deed_of(chosen.who, chosen.why)
    networks = bootstrap.network_source(chosen.network)
    struck = struck_products(failure.value, settling=settling, networks=networks)
    if not chosen.dry_run:
        record_plant_failure(struck, deed=deed, settling=settling)
    hit = [each.outage for each in struck if each.outage is not None]
    write_table(chosen.table_to, lambda: OUTAGES.table(hit))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"recorded": not chosen.dry_run, **json_from_struck(struck)},
        show=lambda: show_struck(screen(), struck, is_recorded=not chosen.dry_run),
    )
    return ExitCode.DONE


def _told(chosen: OutageAddOptions) -> dict[str, Any]:
    """What the words say of a product's outage and of a failure of plant alike."""
    starts = reading("since", chosen.starts, settlement_options.moment_from_word)
    ends = reading("until", chosen.ends, settlement_options.moment_from_word)
    refuse_unread((starts, ends))
    return {
        "starts_at": starts.value,
        "ends_at": ends.value,
        "at_fault_id": OperatorId(chosen.at_fault),
        "where": chosen.where or chosen.span,
        "cause": chosen.cause,
        "is_excused": chosen.excused,
        "source": chosen.source or f"outage {chosen.outage}",
    }


app = command_app(
    OutageAddOptions,
    run,
    help_text="Record a time in which a product gave no service, and whose part failed.",
    examples=(
        "karakoram outage add TT-17 --product PRODUCT --since 2026-07-14T03:10Z ...",
        "karakoram outage add --from outages.xlsx",
        "karakoram outage add TT-18 --span BBS-NRN --dry-run --since 2026-07-14T03:10Z ...",
    ),
)
