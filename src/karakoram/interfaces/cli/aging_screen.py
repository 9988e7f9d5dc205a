"""How does a person read what buyers owe since when?"""

from collections.abc import Sequence
from datetime import date

from rich.console import Console

from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.aging import AgeBand, AgedInvoice, aged_totals


def show_aged(console: Console, aged: Sequence[AgedInvoice], *, on_day: date) -> None:
    """Print each invoice that is open, and what each payer owes by how long it has been due."""
    show_title(console, f"Open on {on_day}")
    if not aged:
        show_lines(console, "Nothing is open")
        return
    show_table(
        console,
        ("Invoice", "Payer", "Issued", "Due", "# Days past due", "State", "# Open"),
        (
            (
                each.invoice.number,
                each.invoice.payer_id,
                f"{each.invoice.issued_on}",
                f"{each.invoice.due_on}",
                f"{each.overdue_days}" if each.overdue_days > 0 else "-",
                each.invoice.state.value,
                str(each.open_amount),
            )
            for each in aged
        ),
    )
    show_title(console, "By payer and days past due")
    show_table(
        console,
        ("Seller", "Payer", *(f"# {band.value}" for band in AgeBand), "# Total"),
        (
            (
                each.seller_id,
                each.payer_id,
                *(str(amount) for amount in each.by_band.values()),
                str(each.total),
            )
            for each in aged_totals(aged)
        ),
    )
