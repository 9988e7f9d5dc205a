"""``karakoram statement net``: settle all agreed statements of a period with few payments."""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_net_payment, json_from_statement
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_title
from karakoram.interfaces.cli.settlement_screen import show_net_payments, show_statements
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle_statements import net_statements
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementNetOptions:
    """What ``karakoram statement net`` takes."""

    period: settlement_options.Period
    currency: Annotated[
        str, typer.Option("--currency", metavar="CODE", help="Currency of the statements.")
    ] = "USD"
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: StatementNetOptions) -> ExitCode:
    """Net, book, print."""
    period = reading("period", chosen.period, period_from_word)
    currency = reading("currency", chosen.currency, settlement_options.currency_from_word)
    refuse_unread((period, currency))
    netting = net_statements(
        period.value,
        currency.value,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )

    def show() -> None:
        show_title(screen(), "Payments")
        show_net_payments(screen(), netting.payments)
        show_title(screen(), "Settled by them")
        show_statements(screen(), netting.statements)

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "payments": [json_from_net_payment(each) for each in netting.payments],
            "statements": [json_from_statement(each) for each in netting.statements],
        },
        show=show,
    )
    return ExitCode.DONE


app = command_app(
    StatementNetOptions,
    run,
    help_text="Net the agreed statements of a period: fewer payments than there are owners, booked "
    "on both sides.",
    examples=("karakoram statement net --period 2026-Q3 --currency USD",),
)
