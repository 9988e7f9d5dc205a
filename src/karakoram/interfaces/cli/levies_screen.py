"""How does a person read the taxes and levies of an owner?"""

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.usecases.settle.report_levies import LevyReport


def show_levies(console: Console, report: LevyReport) -> None:
    """Print every line, the total of each levy, and how far each may be trusted."""
    period = report.period
    show_title(
        console,
        f"Taxes and levies of {report.operator_id}, {period.from_day} up to, not including, "
        f"{period.to_day}",
    )
    if not report.lines:
        show_lines(console, "Nothing was collected, kept back or accrued")
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
    show_lines(console, texts.CONFIDENCE_LEGEND, indent=0)
