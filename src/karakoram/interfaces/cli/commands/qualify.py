"""``karakoram qualify``: can the buyer have this product here?"""

from dataclasses import dataclass, field

from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.sales_screen import show_qualification
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.jobs import JobKind
from karakoram.sales.qualifications import Qualification
from karakoram.usecases.desk.desk_rows import QualifyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyOptions:
    """What ``karakoram qualify`` takes."""

    offering: sales_options.Offering = ""
    buyer: sales_options.Buyer = ""
    values: sales_options.Values = field(default_factory=list)
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def _asked(chosen: QualifyOptions) -> QualifyRow:
    return QualifyRow(
        external_id=sales_options.external_id_of(chosen.external_id),
        buyer=PartyId(chosen.buyer),
        offering=ProductOfferingId(chosen.offering),
    )


_COMMAND: DeskCommand[QualifyOptions, Qualification] = DeskCommand(
    kind=JobKind.QUALIFY,
    example={
        "external_id": "ASK-1",
        "buyer": "CT",
        "offering": "WAVE-400G-1P1",
        "a_site": "KJB",
        "z_site": "CLS-CYB",
    },
    needed={"OFFERING": "offering", "--buyer": "buyer"},
    given=("offering", "buyer", "external_id"),
    record=_asked,
    show=lambda _, answer: show_qualification(screen(), answer),
)


app = command_app(
    QualifyOptions,
    _COMMAND.run,
    help_text="Say green, yellow or red to a product, by planning it on what is free now. Exit "
    "code 1 where it is not green.",
    examples=(
        "karakoram qualify WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram qualify PSTN-LINE --buyer P1 --set a_site=GIL",
        "karakoram qualify --template wishes.xlsx",
        "karakoram qualify --from wishes.xlsx --buyer CT --to answers.xlsx",
    ),
)
