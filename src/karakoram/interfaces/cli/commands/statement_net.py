"""``karakoram statement net``: which payments settle all agreed statements of a period?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_net_payment, json_from_statement
from karakoram.adapters.formats.table_settlement import table_from_netting
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_title
from karakoram.interfaces.cli.settlement_screen import show_net_payments, show_statements
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle.settle_statements import (
    NetPaid,
    Netting,
    net_statements,
    settle_statements,
)
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementNetOptions:
    """What ``karakoram statement net`` takes."""

    period: settlement_options.Period
    currency: Annotated[
        str, typer.Option("--currency", metavar="CODE", help="Currency of the statements.")
    ] = "USD"
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            metavar="WORD",
            help="Bank's reference: the payments were made; else they are shown and not booked.",
        ),
    ] = ""
    paid_on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Day of the bank; with --reference.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: StatementNetOptions) -> ExitCode:
    """Net, book where it is paid, print."""
    check_table(chosen.table_to)
    is_paid = bool(chosen.reference)
    if is_paid != bool(chosen.paid_on):
        raise typer.BadParameter("--reference and --on are given together, once it is paid")
    netting = _settled(chosen) if is_paid else _shown(chosen)

    def show() -> None:
        show_title(screen(), "Paid" if is_paid else "To be paid; nothing is booked yet")
        show_net_payments(screen(), netting.payments, netting.confidence)
        show_title(screen(), "Settled by it")
        show_statements(screen(), netting.statements)

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "paid": is_paid,
            "payments": [
                json_from_net_payment(each, netting.confidence) for each in netting.payments
            ],
            "statements": [json_from_statement(each) for each in netting.statements],
        },
        show=show,
    )
    write_table(chosen.table_to, lambda: table_from_netting(netting))
    return ExitCode.DONE


def _shown(chosen: StatementNetOptions) -> Netting:
    """What would settle the period."""
    period = reading("period", chosen.period, period_from_word)
    currency = reading("currency", chosen.currency, settlement_options.currency_from_word)
    refuse_unread((period, currency))
    settling = settlement_options.settling_of(chosen.store, terms=chosen.terms)
    return net_statements(period.value, currency.value, settling=settling)


def _settled(chosen: StatementNetOptions) -> Netting:
    """What has settled the period."""
    period = reading("period", chosen.period, period_from_word)
    currency = reading("currency", chosen.currency, settlement_options.currency_from_word)
    paid_on = reading("on", chosen.paid_on, day_from_word)
    refuse_unread((period, currency, paid_on))
    return settle_statements(
        period.value,
        currency.value,
        paid=NetPaid(on_day=paid_on.value, reference=chosen.reference),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )


app = command_app(
    StatementNetOptions,
    run,
    help_text="Net the agreed statements of a period: fewer payments than there are owners. Once "
    "they are made, --reference and --on book them on both sides and settle the statements.",
    examples=(
        "karakoram statement net --period 2026-Q3 --currency USD",
        "karakoram statement net --period 2026-Q3 --reference RTGS-7781 --on 2026-11-12",
    ),
)
