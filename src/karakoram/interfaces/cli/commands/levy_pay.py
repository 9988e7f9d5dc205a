"""``karakoram levy pay``: what has an owner paid to a tax office or regulator?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_levies import json_from_levy_payment
from karakoram.adapters.formats.table_settlement import LEVY_PAYMENTS
from karakoram.core.identifiers import ExternalId, OperatorId
from karakoram.core.time import day_from_word
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.levies_screen import show_levy_payments
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_command import SettlementCommand
from karakoram.sales.change_log import Deed
from karakoram.settlement.levy_payments import LevyPayment
from karakoram.settlement.rating.periods import period_from_word
from karakoram.usecases.settle.pay_levy import pay_levy
from karakoram.usecases.settle.settlement_rows import LevyPaymentRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.words import reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyPayOptions:
    """What ``karakoram levy pay`` takes."""

    operator: Annotated[str, typer.Argument(metavar="OPERATOR", help="Who paid.")] = ""
    levy: Annotated[
        str, typer.Argument(metavar="LEVY", help="Which tax or levy, e.g. USF or ST-PB.")
    ] = ""
    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="Month, quarter, year, or FROM/TO, that is over: all open of it, and from before.",
        ),
    ] = ""
    amount: Annotated[
        str, typer.Option("--amount", metavar="AMOUNT", help='What was paid, e.g. "PKR 462298.38".')
    ] = ""
    paid_on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="Day of the bank, e.g. 2027-01-15.")
    ] = ""
    reference: Annotated[
        str,
        typer.Option(
            "--reference",
            metavar="WORD",
            help="Of the receipt or bank; told twice under it, a payment counts once.",
        ),
    ] = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _one(chosen: LevyPayOptions, deed: Deed, settling: Settling) -> LevyPayment:
    """Understand the words, do it."""
    period = reading("period", chosen.period, period_from_word)
    amount = reading("amount", chosen.amount, settlement_options.money_from_word)
    paid_on = reading("on", chosen.paid_on, day_from_word)
    refuse_unread((period, amount, paid_on))
    payment = LevyPayment(
        operator_id=OperatorId(chosen.operator),
        levy_id=chosen.levy,
        period=period.value,
        amount=amount.value,
        paid_on=paid_on.value,
        reference=ExternalId(chosen.reference),
    )
    return pay_levy(payment, deed=deed, settling=settling)


_COMMAND: SettlementCommand[LevyPayOptions, LevyPaymentRow, LevyPayment] = SettlementCommand(
    row_type=LevyPaymentRow,
    example={
        "reference": "CPR-2027-1",
        "operator": "ONE",
        "levy": "USF",
        "period": "2026-Q4",
        "amount": "462298.38",
        "currency": "PKR",
        "paid_on": "2027-01-15",
    },
    needed={
        "OPERATOR": "operator",
        "LEVY": "levy",
        "--period": "period",
        "--amount": "amount",
        "--on": "paid_on",
        "--reference": "reference",
    },
    one=_one,
    each=lambda row, deed, settling: pay_levy(row.record(), deed=deed, settling=settling),
    form=LEVY_PAYMENTS,
    payload=json_from_levy_payment,
    show=lambda answers: show_levy_payments(screen(), answers),
    column_by_code={
        "in-the-future": "paid_on",
        "before-due": "paid_on",
        "closed-period": "paid_on",
        "paid-already": "period",
        "nothing-due": "period",
        "wrong-currency": "currency",
        "other-amount": "amount",
        "external-id-reused": "reference",
    },
)


app = command_app(
    LevyPayOptions,
    _COMMAND.run,
    help_text="Say what an owner has paid to a tax office or regulator: all that is open of a tax "
    "or levy at the end of a period, as levy report tells it.",
    examples=(
        'karakoram levy pay ONE USF --period 2026-Q4 --amount "PKR 9.50" --on 2027-01-15 ...',
        "karakoram levy pay --from receipts.xlsx",
    ),
)
