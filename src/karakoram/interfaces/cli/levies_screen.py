"""How does a person read the taxes and levies of an owner?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.usecases.settle.report_levies import LevyReport


def show_levies(console: Console, report: LevyReport) -> None:
    """Print every line, the total of each levy, and how far each may be trusted."""
    period = report.period
    show_title(
        console,
        f"Taxes and levies of {report.operator_id}, {period.from_day} up to, not including, "
        f"{period.to_day}",
    )
    if not report.lines and not report.standings:
        show_lines(console, "Nothing was collected, kept back, accrued or paid")
        return
    show_table(
        console,
        ("Kind", "Levy", "Booked on", "Reference", "# Percent", "# Of", "# Amount", "Known"),
        (
            (
                line.kind.value.replace("_", " "),
                line.levy_id,
                f"{line.booked_on}",
                line.reference,
                line.percent or "-",
                "-" if line.base is None else str(line.base),
                str(line.amount),
                line.confidence.value,
            )
            for line in report.lines
        ),
    )
    show_table(
        console,
        ("Total", "Levy", "Name", "# Amount", "Known"),
        (
            (
                each.kind.value.replace("_", " "),
                each.levy_id,
                each.name,
                str(each.amount),
                each.confidence.value,
            )
            for each in report.totals
        ),
    )
    show_standings(console, report)
    show_lines(console, texts.CONFIDENCE_LEGEND, indent=0)


def show_levy_payments(console: Console, payments: Iterable[LevyPayment]) -> None:
    """Print a line for each payment to an authority."""
    show_table(
        console,
        ("Owner", "Levy", "For the days", "Paid on", "Reference", "# Amount"),
        (
            (
                each.operator_id,
                each.levy_id,
                f"{each.period.from_day} to {each.period.to_day}",
                f"{each.paid_on}",
                each.reference,
                str(each.amount),
            )
            for each in payments
        ),
    )


def show_standings(console: Console, report: LevyReport) -> None:
    """Print what is owed to authorities at the end of the period, and how to say it was paid."""
    show_title(
        console, f"Owed to tax offices and regulators for days before {report.period.to_day}"
    )
    show_table(
        console,
        (
            "Levy",
            *("# From before", "# In the period", "# Paid", "# Paid later", "# Open"),
            "Known",
        ),
        (
            (
                each.levy_id,
                *map(str, (each.before, each.booked, each.paid, each.paid_later)),
                str(each.open_amount),
                each.confidence.value,
            )
            for each in report.standings
        ),
    )
