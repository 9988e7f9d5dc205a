"""``karakoram partner compare``: do we and our partners agree on everything that was bought?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import tell_bought
from karakoram.usecases.buy.compare_purchases import compare_purchases


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerCompareOptions:
    """What ``karakoram partner compare`` takes."""

    operator: Annotated[
        str, typer.Argument(metavar="[OPERATOR]", help="Identifier of a partner; else all.")
    ] = ""
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: PartnerCompareOptions) -> ExitCode:
    """Compare, print; 1 where they do not agree."""
    buying = partner_options.buying_of(chosen.store, chosen.partners)
    operator_id = partner_options.operator_of(chosen.operator, buying)
    bought = compare_purchases(operator_id, buying=buying)
    return tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)


app = command_app(
    PartnerCompareOptions,
    run,
    help_text="Hold orders and inventory of partners against what we bought, and tell every "
    "difference. Nothing is changed.",
    examples=("karakoram partner compare", "karakoram partner compare SCO"),
)
