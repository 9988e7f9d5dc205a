"""``karakoram exchange add``: what is one currency worth in another from a day on?"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_exchange_rate
from karakoram.core.cells import shown
from karakoram.core.provenance import Confidence, Provenance
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.exchange_screen import show_exchange_rates
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.settlement.exchange import ExchangeRate
from karakoram.usecases.settle.add_exchange_rate import add_exchange_rate
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeAddOptions:
    """What ``karakoram exchange add`` takes."""

    base: Annotated[str, typer.Argument(metavar="BASE", help="Of which one is meant, e.g. USD.")]
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The currency of the worth, e.g. PKR.")
    ]
    worth: Annotated[
        str, typer.Argument(metavar="WORTH", help="What one BASE is worth in QUOTE, e.g. 284.10.")
    ]
    from_day: Annotated[
        str, typer.Option("--on", metavar="DAY", help="The day from which it holds.")
    ]
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Who says so, e.g. your bank.")
    ]
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: ExchangeAddOptions) -> ExitCode:
    """Add, print."""
    if chosen.terms is None:
        raise typer.BadParameter(
            "the terms that come with the program are not changed; begin your own with  karakoram "
            "statement terms my-terms  and name it: --terms my-terms"
        )
    exchange_rate = _asked(chosen)
    is_new = add_exchange_rate(exchange_rate, terms=bootstrap.own_terms(chosen.terms))
    tell_answer(
        chosen.as_json,
        payload=lambda: {**json_from_exchange_rate(exchange_rate), "isNew": is_new},
        show=lambda: _show(exchange_rate, is_new=is_new),
    )
    return ExitCode.DONE


def _asked(chosen: ExchangeAddOptions) -> ExchangeRate:
    """Understand the words."""
    base = reading("BASE", chosen.base, settlement_options.currency_from_word)
    quote = reading("QUOTE", chosen.quote, settlement_options.currency_from_word)
    worth = reading("WORTH", chosen.worth, _worth_from_word)
    from_day = reading("on", chosen.from_day, day_from_word)
    source = reading("source", chosen.source, _source_from_word)
    refuse_unread((base, quote, worth, from_day, source))
    day = from_day.value
    return ExchangeRate(
        rate_id=f"{base.value}-{quote.value}-{day}",
        base_currency=base.value,
        quote_currency=quote.value,
        valid_from=day,
        quote_per_base=worth.value,
        provenance=Provenance(
            source=source.value, source_date=f"{day}", confidence=Confidence.STATED
        ),
    )


def _worth_from_word(word: str) -> Decimal:
    try:
        worth = Decimal(word.strip())
    except InvalidOperation:
        worth = Decimal(0)
    if not worth.is_finite() or worth <= 0:
        raise ValueError(f"must be a number greater than 0, e.g. 284.10, got {shown(word)}")
    return worth


def _source_from_word(word: str) -> str:
    if not word.strip():
        raise ValueError("must say who says so, e.g. your bank, got nothing")
    return word.strip()


def _show(exchange_rate: ExchangeRate, *, is_new: bool) -> None:
    show_lines(screen(), "Added" if is_new else "It was there already; nothing was written")
    show_exchange_rates(screen(), (exchange_rate,))


app = command_app(
    ExchangeAddOptions,
    run,
    help_text="Add what a currency is worth from a day on to settlement terms of your own.",
    examples=(
        'karakoram exchange add USD PKR 284.10 --on 2027-01-01 --source "my bank" --terms my-terms',
    ),
)
