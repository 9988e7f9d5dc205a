"""``karakoram exchange rates``: what is a currency worth, and until when is it known?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_exchange_rate
from karakoram.adapters.formats.table_settlement import EXCHANGE_RATES
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.exchange_screen import show_exchange_rates
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.settlement.exchange import ExchangeRate
from karakoram.usecases.words import optional_reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRatesOptions:
    """What ``karakoram exchange rates`` takes."""

    currency: Annotated[
        str, typer.Argument(metavar="CURRENCY", help="Only those of this currency.")
    ] = ""
    table_to: sales_options.TableTo = None
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: ExchangeRatesOptions) -> ExitCode:
    """Read, write, print."""
    check_table(chosen.table_to)
    currency = optional_reading("currency", chosen.currency, settlement_options.currency_from_word)
    refuse_unread((currency,))
    every = bootstrap.terms_source(chosen.terms).read_terms().exchange_rates.values()
    meant = tuple(every if currency.read is None else _of(every, currency.read))
    write_table(chosen.table_to, lambda: EXCHANGE_RATES.table(meant))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"exchangeRates": [json_from_exchange_rate(each) for each in meant]},
        show=lambda: _show(chosen, meant),
    )
    return ExitCode.DONE


def _of(every: Iterable[ExchangeRate], currency: str) -> Iterable[ExchangeRate]:
    return (each for each in every if currency in {each.base_currency, each.quote_currency})


def _show(chosen: ExchangeRatesOptions, meant: tuple[ExchangeRate, ...]) -> None:
    show_exchange_rates(screen(), meant)
    show_files(screen(), table=chosen.table_to)


app = command_app(
    ExchangeRatesOptions,
    run,
    help_text="List the exchange rates of the settlement terms, and until when they say something.",
    examples=("karakoram exchange rates USD", "karakoram exchange rates --terms my-terms"),
)
