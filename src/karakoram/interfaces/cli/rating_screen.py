"""How does a person read what is owed for a period?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.rating.samples import BurstMonth
from karakoram.usecases.settle.rate_products import RatingAnswer

LINES_SHOWN_MAX = 200
"""Nobody reads more; a file holds them all."""


def show_rating(console: Console, answer: RatingAnswer) -> None:
    """Print a line for each charge and product, then what each owner earns."""
    period = answer.period
    show_title(
        console,
        f"Owed from {period.from_day} to {period.to_day}, the last day not included "
        f"({answer.zone}), without taxes",
    )
    if answer.bursts:
        _show_bursts(console, answer.bursts)
    if not answer.lines:
        show_lines(console, "Nothing was sold or used in this period.")
        return
    shown = answer.lines[:LINES_SHOWN_MAX]
    show_table(
        console,
        ("Product", "Charge", "Earned by", "From", "To", "# Quantity", "Unit", "# Amount"),
        map(_row, shown),
    )
    more = len(answer.lines) - len(shown)
    if more:
        show_lines(console, f"and {more:,} more lines (--to FILE, --json)")
    if answer.repeated:
        show_lines(console, f"Usage told again, which counts once: {answer.repeated:,}")
    show_title(console, "Earned by")
    show_table(
        console,
        ("Owner", "# Amount"),
        (
            (one.operator_id, texts.trusted(str(one.amount), one.confidence))
            for one in answer.totals
        ),
    )
    show_lines(console, "", texts.CONFIDENCE_LEGEND, indent=0)


def _show_bursts(console: Console, bursts: Sequence[BurstMonth]) -> None:
    """Print what samples of bandwidth come to, and how many of them are missing."""
    show_lines(console, "Bandwidth in Mbit/s, each way the 95th percentile of five-minute samples:")
    show_table(
        console,
        (
            "Product",
            "Month",
            "# Missing",
            "# In",
            "# Out",
            "# Commit",
            "# Above",
        ),
        (
            (
                each.product_id,
                f"{each.month.from_day:%Y-%m}",
                f"{each.missing_count:,} of {each.missing_count + each.sample_count:,}",
                f"{each.ingress_mbps:,f}",
                f"{each.egress_mbps:,f}",
                f"{each.committed_mbps:,f}",
                f"{each.usage.quantity:,f}",
            )
            for each in bursts[:LINES_SHOWN_MAX]
        ),
    )
    if len(bursts) > LINES_SHOWN_MAX:
        show_lines(console, f"and {len(bursts) - LINES_SHOWN_MAX:,} more (--usage-to FILE, --json)")
    unserved = sum(each.unserved_count for each in bursts)
    if unserved:
        show_lines(console, f"Samples of times out of service, which do not count: {unserved:,}")


def _row(line: RatedCharge) -> tuple[str, ...]:
    return (
        line.product_id,
        line.name,
        line.operator_id,
        str(line.from_day),
        str(line.to_day),
        f"{line.quantity:,f}",
        line.unit or "-",
        texts.trusted(str(line.amount), line.confidence),
    )
