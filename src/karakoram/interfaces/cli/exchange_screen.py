"""How does a person read exchange rates?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.exchange import ExchangeRate, ExchangeRates


def show_exchange_rates(console: Console, exchange_rates: Iterable[ExchangeRate]) -> None:
    """Print a line for each, and until when the newest of each pair says something."""
    every = tuple(exchange_rates)
    show_table(
        console,
        ("One", "# Is worth", "In", "From", "Known", "Source"),
        (
            (
                each.base_currency,
                f"{each.quote_per_base:f}",
                each.quote_currency,
                f"{each.valid_from}",
                each.provenance.confidence.value,
                each.provenance.source,
            )
            for each in every
        ),
    )
    for each in ExchangeRates(every).newest:
        show_lines(
            console,
            f"What {each.base_currency} is worth in {each.quote_currency} is known until "
            f"{each.says_until}",
        )
    show_lines(console, texts.CONFIDENCE_LEGEND, indent=0)
