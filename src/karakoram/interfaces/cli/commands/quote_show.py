"""``karakoram quote show``: what was quoted, and does it hold still?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_sales import json_from_quote
from karakoram.adapters.formats.table_sales import quote_form
from karakoram.core.identifiers import QuoteId
from karakoram.interfaces.cli import options, paper_options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.sales_screen import show_quote
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.sales.quotes import Quote
from karakoram.usecases.sell.print_quote import print_quote
from karakoram.usecases.sell.sales_action import known_record


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShowOptions:
    """What ``karakoram quote show`` takes."""

    quote: Annotated[str, typer.Argument(metavar="QUOTE", help="Identifier of the quote.")]
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf",
            parser=options.path_from_word,
            metavar="FILE",
            help="Write the quote as a paper for the buyer, with a map.",
        ),
    ] = None
    internal: Annotated[
        bool,
        typer.Option(
            "--internal", help="With --pdf: all that is known, for ourselves and not for buyers."
        ),
    ] = False
    fonts: paper_options.Fonts = None
    network: Annotated[
        Path | None,
        typer.Option(
            "--network",
            parser=options.path_from_word,
            metavar="FOLDER",
            help="With --pdf: network folder of the map; else the corridor.",
        ),
    ] = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    shares: Annotated[
        bool, typer.Option("--shares", help="Show what each operator earns; not for buyers.")
    ] = False
    as_json: options.AsJson = False


def run(chosen: QuoteShowOptions) -> ExitCode:
    """Read, print."""
    refuse_overwriting(written={"--to": chosen.table_to, "--pdf": chosen.pdf}, read={})
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    if chosen.pdf is None:
        _refuse_idle(chosen)
        quote = store.read(lambda tx: known_record(tx, Quote, chosen.quote))
    else:
        printed = print_quote(
            QuoteId(chosen.quote),
            is_internal=chosen.internal,
            store=store,
            networks=bootstrap.network_source(chosen.network),
            printer=bootstrap.quote_pdf(chosen.pdf, fonts=chosen.fonts),
        )
        paper_options.tell_short(printed.warnings)
        quote = printed.quote
    write_table(chosen.table_to, lambda: quote_form(shares=chosen.shares).table((quote,)))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_quote(quote, shares=chosen.shares),
        show=lambda: _show(chosen, quote),
    )
    return ExitCode.DONE


def _show(chosen: QuoteShowOptions, quote: Quote) -> None:
    show_quote(screen(), quote, shares=chosen.shares)
    show_files(screen(), paper=chosen.pdf, table=chosen.table_to)


def _refuse_idle(chosen: QuoteShowOptions) -> None:
    """Refuse options that would do nothing without a paper."""
    given = {"--fonts": chosen.fonts, "--network": chosen.network}
    idle = [name for name, path in given.items() if path is not None]
    if chosen.internal:
        idle.append("--internal")
    if idle:
        raise typer.BadParameter(f"{', '.join(idle)} would do nothing without --pdf FILE")


app = command_app(
    QuoteShowOptions,
    run,
    help_text="Show a quote with its offers and charges.",
    examples=(
        "karakoram quote show QUOTE",
        "karakoram quote show QUOTE --pdf quote.pdf",
        "karakoram quote show QUOTE --pdf ours.pdf --internal --to offers.xlsx",
    ),
)
