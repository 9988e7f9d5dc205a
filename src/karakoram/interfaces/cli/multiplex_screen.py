"""How does a person read the fill of the multiplex and the map of a cross-connect?"""

from rich.console import Console

from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.usecases.show_multiplex import ContainerRow, CrossConnectRow


def show_fill(console: Console, rows: tuple[ContainerRow, ...], *, client: str) -> None:
    """Print a line for each container."""
    show_title(console, f"{len(rows)} containers, and room for {client}")
    show_table(
        console,
        ("Container", "Kind", "Operator", "# Slots", "# Used", "# Riders", "# More", "# Stranded"),
        (
            (
                row.container.name,
                row.container.model,
                row.container.operator_id,
                str(row.container.unit_count),
                str(row.container.taken.bit_count()),
                str(row.riders),
                str(row.more),
                str(row.stranded),
            )
            for row in rows
        ),
    )


def show_map(console: Console, rows: tuple[CrossConnectRow, ...], *, site: str) -> None:
    """Print a line for everything that passes."""
    show_title(console, f"Cross-connects at {site}")
    if not rows:
        show_lines(console, "Nothing passes from one container to another here.")
        return
    show_table(
        console,
        ("In", "Slots", "Out", "Slots", "Way", "For"),
        (
            (
                row.incoming.name,
                _slots(row.incoming_slots),
                row.outgoing.name,
                _slots(row.outgoing_slots),
                row.side.value,
                row.rider_id,
            )
            for row in rows
        ),
    )


def _slots(labels: tuple[str, ...]) -> str:
    """The slots; of many the first and the last, and how many."""
    if len(labels) <= 2:  # noqa: PLR2004 -- two are told as they are
        return ", ".join(labels)
    return f"{labels[0]} to {labels[-1]} ({len(labels)})"
