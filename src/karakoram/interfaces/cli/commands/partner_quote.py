"""``karakoram partner quote``: what do partners ask for their legs of an order?"""

from dataclasses import dataclass

from karakoram.adapters.formats.json_partners import json_from_bought
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import tell_bought
from karakoram.usecases.buy.buy_legs import quote_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerQuoteOptions:
    """What ``karakoram partner quote`` takes."""

    order: partner_options.Order
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: PartnerQuoteOptions) -> ExitCode:
    """Ask, print."""
    bought = quote_legs(
        ProductOrderId(chosen.order),
        buying=partner_options.buying_of(chosen.store, chosen.partners),
        deed=sales_options.deed_of(chosen.who, chosen.why),
    )
    return tell_bought(bought, payload=json_from_bought, as_json=chosen.as_json)


app = command_app(
    PartnerQuoteOptions,
    run,
    help_text="Ask partners for firm quotes of their legs of an order, each once however often "
    "this is called.",
    examples=("karakoram partner quote ORDER",),
)
