"""``karakoram dxx open``: how are tributaries and containers opened, all of them or none?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_multiplex import (
    json_from_containers,
    json_from_not_feasible,
    json_from_opened,
)
from karakoram.adapters.formats.table_multiplex import CONTAINERS
from karakoram.adapters.formats.table_sales import ORDERS
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table, write_template
from karakoram.interfaces.cli.multiplex_screen import show_containers, show_opened
from karakoram.interfaces.cli.sales_screen import show_reasons
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.usecases.action_rows import action_rows
from karakoram.usecases.desk.desk_rows import TributaryRow
from karakoram.usecases.multiplex.open_containers import open_containers
from karakoram.usecases.multiplex.open_tributaries import (
    TributariesAsked,
    TributariesOfRow,
    open_tributaries,
)
from karakoram.usecases.table_ports import TableCell
from karakoram.usecases.words import reading, refuse_unread

_EXAMPLE: Mapping[str, TableCell] = {"signal": "E1", "a_site": "GIL", "z_site": "KHI", "count": 63}


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxOpenOptions:
    """What ``karakoram dxx open`` takes."""

    signal: Annotated[
        str,
        typer.Argument(metavar="SIGNAL", help="E1, E3, STM-1, 2x64k, ODU0, ODUflex(GFP 3) ..."),
    ] = ""
    a_site: Annotated[str, typer.Argument(metavar="A", help="Site at one end.")] = ""
    z_site: Annotated[str, typer.Argument(metavar="Z", help="Site at the other end.")] = ""
    buyer: sales_options.Buyer = ""
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many of them.")] = 1
    server: Annotated[
        bool,
        typer.Option(
            "--server",
            help="Open containers for others to ride in, e.g. STM-1/TU-12; no product is sold.",
        ),
    ] = False
    connected: Annotated[
        bool,
        typer.Option(
            "--connected", help="The cross-connects are set: the products are active at once."
        ),
    ] = False
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: DxxOpenOptions) -> ExitCode:
    """Read what is asked, open it, print."""
    if chosen.template is not None:
        return write_template(chosen.template, TributaryRow, _EXAMPLE, as_json=chosen.as_json)
    if chosen.rows_from is not None and not chosen.buyer:
        raise typer.BadParameter("--buyer is missing")
    check_table(chosen.table_to, rows_from=chosen.rows_from)
    rows = _rows(chosen)
    return _open_containers(chosen, rows) if chosen.server else _open_tributaries(chosen, rows)


def _rows(chosen: DxxOpenOptions) -> tuple[TributariesOfRow, ...]:
    if chosen.rows_from is None:
        words = {"SIGNAL": chosen.signal, "A": chosen.a_site, "Z": chosen.z_site}
        sales_options.check_one(None, {**words, "--buyer": chosen.buyer})
        return (
            TributariesOfRow(
                row=1,
                signal=chosen.signal,
                a_site=chosen.a_site,
                z_site=chosen.z_site,
                count=chosen.count,
            ),
        )
    given = {"signal": chosen.signal, "a_site": chosen.a_site, "z_site": chosen.z_site}
    table = bootstrap.table_source(chosen.rows_from).read_rows()
    read = action_rows(
        table, TributaryRow, given={name: word for name, word in given.items() if word}
    )
    return tuple(
        TributariesOfRow(
            row=each.row,
            signal=each.record.signal,
            a_site=each.record.a_site,
            z_site=each.record.z_site,
            count=each.record.count,
        )
        for each in read
    )


def _asked(chosen: DxxOpenOptions, rows: tuple[TributariesOfRow, ...]) -> TributariesAsked:
    asked = reading(
        "count",
        str(sum(row.count for row in rows)),
        lambda _: TributariesAsked(rows=rows, is_connected=chosen.connected),
    )
    refuse_unread((asked,))
    return asked.value


def _open_tributaries(chosen: DxxOpenOptions, rows: tuple[TributariesOfRow, ...]) -> ExitCode:
    answer = open_tributaries(
        _asked(chosen, rows),
        buyer_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        selling=bootstrap.opening_lines(
            sales_options.store_word(chosen.store),
            network=chosen.network,
            catalogue=chosen.catalogue,
        ),
    )
    if isinstance(answer, NotFeasible):
        return _refused(chosen, answer)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_opened(answer),
        show=lambda: show_opened(screen(), answer),
    )
    write_table(chosen.table_to, lambda: ORDERS.table(answer))
    return ExitCode.DONE


def _open_containers(chosen: DxxOpenOptions, rows: tuple[TributariesOfRow, ...]) -> ExitCode:
    if chosen.connected:
        raise typer.BadParameter("a --server is in service at once; leave out --connected")
    asked = _asked(chosen, rows)
    answer = open_containers(
        asked,
        asker_id=PartyId(chosen.buyer),
        external_id=sales_options.external_id_of(chosen.external_id),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    if isinstance(answer, NotFeasible):
        return _refused(chosen, answer)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_containers(answer),
        show=lambda: show_containers(screen(), answer, what="opened"),
    )
    write_table(chosen.table_to, lambda: CONTAINERS.table(answer))
    return ExitCode.DONE


def _refused(chosen: DxxOpenOptions, answer: NotFeasible) -> ExitCode:
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_not_feasible(answer),
        show=lambda: show_reasons(screen(), answer.reasons),
    )
    return ExitCode.INFEASIBLE


app = command_app(
    DxxOpenOptions,
    run,
    help_text="Open tributaries of the digital multiplex between two sites, groomed over the "
    "containers there are: all of them or none. With --server, open containers for others to ride "
    "in. Exit code 1 where there is no way.",
    examples=(
        "karakoram dxx open E1 GIL KHI --count 63 --buyer CT --external-id PO-7",
        "karakoram dxx open --from lines.csv --buyer CT --connected",
        "karakoram dxx open STM-1/TU-12 GIL RWP --server --buyer SCO",
    ),
)
