"""``karakoram invoice show``: what is asked or given back, line by line?"""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import (
    json_from_credit_note,
    json_from_invoice,
    json_from_received,
)
from karakoram.adapters.formats.table_settlement import BILLED_LINES, CREDIT_LINES
from karakoram.interfaces.cli import (
    options,
    paper_options,
    sales_options,
    settlement_options,
)
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.screen import screen, show_files, show_title
from karakoram.interfaces.cli.settlement_screen import (
    show_credit_notes,
    show_invoice,
    show_received,
)
from karakoram.settlement.billed_lines import billed_lines
from karakoram.usecases.settle.print_bill import BillPaper, InvoicePaper, bill_of
from karakoram.usecases.settle.rating_rows import RatedRow, rated_row
from karakoram.usecases.table_ports import Table, table_from_records


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceShowOptions:
    """What ``karakoram invoice show`` takes."""

    invoice: Annotated[
        str,
        typer.Argument(
            metavar="INVOICE", help="Identifier or number of an invoice or a credit note."
        ),
    ]
    table_to: sales_options.TableTo = None
    pdf: paper_options.Pdf = None
    fonts: paper_options.Fonts = None
    network: paper_options.NetworkOfNames = None
    store: sales_options.Store = ""
    shares: settlement_options.Shares = False
    as_json: options.AsJson = False


def run(chosen: InvoiceShowOptions) -> ExitCode:
    """Read, write, print."""
    refuse_overwriting(written={"--to": chosen.table_to, "--pdf": chosen.pdf}, read={})
    check_table(chosen.table_to)
    paper_words = paper_options.paper_words(chosen.pdf, chosen.fonts, chosen.network)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    paper = store.read(lambda tx: bill_of(tx, chosen.invoice, is_internal=chosen.shares))
    paper_options.write_paper(paper, paper_words)
    write_table(chosen.table_to, lambda: _table(paper))
    tell_answer(
        chosen.as_json,
        payload=lambda: _json(paper),
        show=lambda: _show(paper, chosen),
    )
    return ExitCode.DONE


def _json(paper: BillPaper) -> dict[str, Any]:
    shares = paper.is_internal
    if not isinstance(paper, InvoicePaper):
        return json_from_credit_note(paper.note, shares=shares)
    return {
        **json_from_invoice(paper.invoice, shares=shares),
        "payments": [json_from_received(each) for each in paper.payments],
        "creditNotes": [json_from_credit_note(each, shares=shares) for each in paper.notes],
    }


def _table(paper: BillPaper) -> Table:
    if isinstance(paper, InvoicePaper):
        lines = paper.invoice.lines
        if paper.is_internal:
            return table_from_records(map(rated_row, lines), RatedRow)
        return BILLED_LINES.table(billed_lines(lines))
    return CREDIT_LINES.table(paper.note.lines)


def _show(paper: BillPaper, chosen: InvoiceShowOptions) -> None:
    console = screen()
    if not isinstance(paper, InvoicePaper):
        show_title(console, f"Credit note {paper.note.number} of invoice {paper.invoice.number}")
        show_credit_notes(console, (paper.note,), shares=paper.is_internal)
    else:
        show_invoice(console, paper.invoice, shares=paper.is_internal, offerings=paper.offerings)
        if paper.payments:
            show_title(console, "Payments")
            show_received(console, paper.payments)
        if paper.notes:
            show_title(console, "Credit notes")
            show_credit_notes(console, paper.notes, shares=paper.is_internal)
    show_files(console, paper=chosen.pdf, table=chosen.table_to)


app = command_app(
    InvoiceShowOptions,
    run,
    help_text="Show an invoice line by line, with its payments and credit notes, or one credit "
    "note.",
    examples=(
        "karakoram invoice show CYB-2026-0001",
        "karakoram invoice show CYB-2026-0001 --pdf invoice.pdf --to lines.xlsx",
        "karakoram invoice show CYB-2026-0001 --legs --to legs.xlsx",
        "karakoram invoice show CYB-C2026-0001 --pdf ours.pdf --shares",
    ),
)
