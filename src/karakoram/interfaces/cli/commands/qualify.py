"""``karakoram qualify``: can the buyer have this product here?"""

from dataclasses import dataclass, field

from karakoram.adapters.formats.json_sales import json_from_qualification
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_screen import show_qualification
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.sales.qualifications import ServiceabilityConfidence
from karakoram.usecases.qualify_product import qualify_product


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyOptions:
    """What ``karakoram qualify`` takes."""

    offering: sales_options.Offering
    buyer: sales_options.Buyer
    values: sales_options.Values = field(default_factory=list)
    external_id: sales_options.External = ""
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: QualifyOptions) -> ExitCode:
    """Plan, store, print."""
    with status_line(quiet=chosen.as_json) as progress:
        progress("Preparing the network")
        selling = sales_options.selling_of(
            chosen.store, network=chosen.network, catalogue=chosen.catalogue
        )
        progress("Planning")
        answer = qualify_product(
            sales_options.wish_of(chosen.offering, chosen.values),
            buyer_id=PartyId(chosen.buyer),
            external_id=sales_options.external_id_of(chosen.external_id),
            deed=sales_options.deed_of(chosen.who, chosen.why),
            selling=selling,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_qualification(answer),
        show=lambda: show_qualification(screen(), answer),
    )
    is_green = answer.confidence is ServiceabilityConfidence.GREEN
    return ExitCode.DONE if is_green else ExitCode.INFEASIBLE


app = command_app(
    QualifyOptions,
    run,
    help_text="Say green, yellow or red to a product, by planning it on what is free now. Exit "
    "code 1 where it is not green.",
    examples=(
        "karakoram qualify WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram qualify PSTN-LINE --buyer P1 --set a_site=GIL",
    ),
)
