"""``karakoram exchange add``: what is one currency worth in another from a day on?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_exchange_rate
from karakoram.core.cells import shown
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.exchange_screen import show_exchange_rates
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import write_template
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.settlement.exchange import ExchangeRate
from karakoram.usecases.action_rows import action_rows
from karakoram.usecases.do_many import ListRow
from karakoram.usecases.settle.add_exchange_rate import (
    add_exchange_rate,
    add_exchange_rates,
)
from karakoram.usecases.settle.do_all import ListPlace
from karakoram.usecases.settle.settlement_ports import TermsKeeper
from karakoram.usecases.settle.settlement_rows import (
    CurrencyWord,
    ExchangeRateRow,
    SourceWord,
)
from karakoram.usecases.words import reading, refuse_unread

_EXAMPLE: Mapping[str, str] = {
    "base": "USD",
    "quote": "PKR",
    "worth": "284.10",
    "valid_from": "2027-01-01",
    "source": "my bank",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeAddOptions:
    """What ``karakoram exchange add`` takes."""

    base: Annotated[
        str, typer.Argument(metavar="BASE", help="Of which one is meant, e.g. USD.")
    ] = ""
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help="The currency of the worth, e.g. PKR.")
    ] = ""
    worth: Annotated[
        str, typer.Argument(metavar="WORTH", help="What one BASE is worth in QUOTE, e.g. 284.10.")
    ] = ""
    from_day: Annotated[
        str, typer.Option("--on", metavar="DAY", help="The day from which it holds.")
    ] = ""
    source: Annotated[
        str, typer.Option("--source", metavar="TEXT", help="Who says so, e.g. your bank.")
    ] = ""
    rows_from: sales_options.RowsFrom = None
    template: sales_options.Template = None
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: ExchangeAddOptions) -> ExitCode:
    """Add one, or every row of a file or none, and print."""
    if chosen.template is not None:
        return write_template(chosen.template, ExchangeRateRow, _EXAMPLE, as_json=chosen.as_json)
    words = {
        "BASE": chosen.base,
        "QUOTE": chosen.quote,
        "WORTH": chosen.worth,
        "--on": chosen.from_day,
        "--source": chosen.source,
    }
    sales_options.check_one(chosen.rows_from, words)
    if chosen.terms is None:
        raise typer.BadParameter(
            "the terms that come with the program are not changed; begin your own with  karakoram "
            "statement terms my-terms  and name it: --terms my-terms"
        )
    terms = bootstrap.own_terms(chosen.terms)
    if chosen.rows_from is not None:
        return _run_rows(chosen, chosen.rows_from, terms)
    exchange_rate = _asked(chosen)
    is_new = add_exchange_rate(exchange_rate, terms=terms)
    tell_answer(
        chosen.as_json,
        payload=lambda: {**json_from_exchange_rate(exchange_rate), "isNew": is_new},
        show=lambda: _show(exchange_rate, is_new=is_new),
    )
    return ExitCode.DONE


def _asked(chosen: ExchangeAddOptions) -> ExchangeRate:
    """Understand the words."""
    base = reading("BASE", chosen.base, settlement_options.currency_from_word)
    quote = reading("QUOTE", chosen.quote, partial(_other_currency, base=base.read))
    worth = reading("WORTH", chosen.worth, _worth_from_word)
    from_day = reading("on", chosen.from_day, day_from_word)
    source = reading("source", chosen.source, _source_from_word)
    refuse_unread((base, quote, worth, from_day, source))
    return ExchangeRateRow(
        base=CurrencyWord(base.value),
        quote=CurrencyWord(quote.value),
        worth=worth.value,
        valid_from=from_day.value,
        source=SourceWord(source.value),
    ).record()


def _run_rows(chosen: ExchangeAddOptions, path: Path, terms: TermsKeeper) -> ExitCode:
    """Add every row of a file, or none."""
    if any((chosen.base, chosen.quote, chosen.worth)):
        raise typer.BadParameter("name BASE QUOTE WORTH, or a file with rows: --from FILE")
    table = bootstrap.table_source(path).read_rows()
    given = {"valid_from": chosen.from_day, "source": chosen.source}
    rows = action_rows(
        table, ExchangeRateRow, given={name: word for name, word in given.items() if word}
    )
    asked = [
        ListRow(row=each.row, name=f"row {each.row}", asked=each.record.record()) for each in rows
    ]
    place = ListPlace(table=table.table, file=table.file, column_by_code={"rate-twice": "worth"})
    outcomes = add_exchange_rates(asked, terms=terms, place=place)
    new = [one.asked for one, each in zip(asked, outcomes, strict=True) if each.answer]

    def show() -> None:
        again = f"; {len(asked) - len(new)} were there already" if len(new) < len(asked) else ""
        show_lines(screen(), f"{len(new)} added{again}")
        show_exchange_rates(screen(), [each.asked for each in asked])

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "file": str(path),
            "rows": [
                {"row": one.row, **json_from_exchange_rate(one.asked), "isNew": each.answer}
                for one, each in zip(asked, outcomes, strict=True)
            ],
        },
        show=show,
    )
    return ExitCode.DONE


def _other_currency(word: str, *, base: str | None) -> str:
    currency = settlement_options.currency_from_word(word)
    if currency == base:
        raise ValueError(f"must be another currency than BASE, got {currency} for both")
    return currency


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
    help_text="Add what a currency is worth from a day on to settlement terms of your own: one "
    "rate, or every row of a file or none.",
    examples=(
        'karakoram exchange add USD PKR 284.10 --on 2027-01-01 --source "my bank" --terms my-terms',
        'karakoram exchange add --from january.xlsx --source "my bank" --terms my-terms',
    ),
)
