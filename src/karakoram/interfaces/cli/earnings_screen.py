"""How does a person read what has come from abroad?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.settlement_screen import show_exchange
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.foreign_earnings import ForeignEarning
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.usecases.settle.report_earnings import earnings_totals


def show_earnings(
    console: Console, earnings: Iterable[ForeignEarning], *, period: BillingPeriod
) -> None:
    """Print totals as asked and as worth in each book, and every line of gains and losses."""
    every = tuple(earnings)
    days = f"{period.from_day} up to, not including, {period.to_day}"
    show_title(console, f"Earned of buyers abroad, {days}")
    if not every:
        show_lines(console, "Nothing was open, billed or collected")
        return
    head = ("Owner", "Country", "# Open before", "# Billed", "# Credited", "# Collected")
    totals = earnings_totals(every)
    show_table(
        console,
        (*head, "# Withheld", "# Open"),
        (
            (
                each.operator_id,
                each.country,
                *(
                    str(worth.original)
                    for worth in (
                        *(each.opening, each.billed, each.credited),
                        *(each.collected, each.withheld, each.closing),
                    )
                ),
            )
            for each in totals
        ),
    )
    show_title(console, "Worth in the owner's book, each amount at the rate of its day")
    show_table(
        console,
        (
            "Owner",
            "Country",
            "# Billed",
            "# Collected",
            "# Open",
            "# Gain, below 0 a loss",
            "Rates",
        ),
        (
            (
                each.operator_id,
                each.country,
                *(str(w.in_book) for w in (each.billed, each.collected, each.closing)),
                str(each.gain),
                "-" if each.rate_confidence is None else each.rate_confidence.value,
            )
            for each in totals
        ),
    )
    for one in every:
        if one.exchange is not None and one.exchange.lines:
            show_exchange(console, f"{one.part.operator_id} of {one.part.invoice}", (one.exchange,))
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)
