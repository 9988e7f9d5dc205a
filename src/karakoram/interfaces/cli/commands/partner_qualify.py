"""``karakoram partner qualify``: can partners provide their legs of an order?"""

from dataclasses import dataclass

from karakoram.adapters.formats.json_partners import json_from_qualified
from karakoram.core.identifiers import ProductOrderId
from karakoram.interfaces.cli import options, partner_options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.partner_screen import exit_code, show_qualified, tell_findings
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.buy.buy_legs import qualify_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerQualifyOptions:
    """What ``karakoram partner qualify`` takes."""

    order: partner_options.Order
    partners: partner_options.PartnersPath = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: PartnerQualifyOptions) -> ExitCode:
    """Ask, print; 1 where one cannot."""
    buying = partner_options.buying_of(chosen.store, chosen.partners)
    legs, findings = qualify_legs(ProductOrderId(chosen.order), buying=buying)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_qualified(legs, findings),
        show=lambda: show_qualified(screen(), legs),
    )
    if not chosen.as_json:
        tell_findings(findings)
    is_red = any(each.told.confidence == "red" for each in legs)
    return ExitCode.INFEASIBLE if is_red else exit_code(findings)


app = command_app(
    PartnerQualifyOptions,
    run,
    help_text="Ask partners whether they can provide their legs of an order. Nothing is held.",
    examples=("karakoram partner qualify ORDER",),
)
