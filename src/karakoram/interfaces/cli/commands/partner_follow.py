"""``karakoram partner follow``: how far are the legs that are bought?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import tell_bought
from karakoram.usecases.buy.follow_purchases import follow_purchases


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFollowOptions:
    """What ``karakoram partner follow`` takes."""

    order: Annotated[
        str, typer.Argument(metavar="[ORDER]", help="Identifier of our order; else all.")
    ] = ""
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartnerFollowOptions) -> ExitCode:
    """Bring both sides into step, print."""
    bought = follow_purchases(
        ProductOrderId(chosen.order) if chosen.order else None,
        buying=partner_options.buying_of(chosen.store, chosen.partners),
        deed=sales_options.deed_of(chosen.who, chosen.why),
    )
    return tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)


app = command_app(
    PartnerFollowOptions,
    run,
    help_text="Hear of partners how far their legs are, and let it happen to ours; call off or end "
    "there what is no longer wanted here. Meant to be called now and then.",
    examples=("karakoram partner follow", "karakoram partner follow ORDER --json"),
)
