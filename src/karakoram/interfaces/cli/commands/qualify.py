"""``karakoram qualify``: can the buyer have this product here?"""

from dataclasses import dataclass, field
from functools import partial

from karakoram.adapters.formats.json_sales import json_from_qualification
from karakoram.adapters.formats.table_sales import QUALIFICATIONS
from karakoram.core.identifiers import PartyId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    ManyRows,
    check_table,
    run_rows,
    write_table,
    write_template,
)
from karakoram.interfaces.cli.sales_screen import show_qualification
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.sales.qualifications import Qualification, ServiceabilityConfidence
from karakoram.usecases.desk_rows import QualifyRow, findings_of_wish, wish_of_row
from karakoram.usecases.qualify_product import qualify_product

_EXAMPLE = {
    "external_id": "ASK-1",
    "buyer": "CT",
    "offering": "WAVE-400G-1P1",
    "a_site": "KJB",
    "z_site": "CLS-CYB",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyOptions:
    """What ``karakoram qualify`` takes."""

    offering: sales_options.Offering = ""
    buyer: sales_options.Buyer = ""
    values: sales_options.Values = field(default_factory=list)
    external_id: sales_options.External = ""
    rows_from: sales_options.RowsFrom = None
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    network: options.NetworkFolder = None
    catalogue: options.CatalogueFolder = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: QualifyOptions) -> ExitCode:
    """Plan, store, print."""
    if chosen.template is not None:
        return write_template(chosen.template, QualifyRow, _EXAMPLE, as_json=chosen.as_json)
    sales_options.check_one(
        chosen.rows_from, {"OFFERING": chosen.offering, "--buyer": chosen.buyer}
    )
    check_table(chosen.table_to)
    if chosen.rows_from is not None:
        return run_rows(
            _many(chosen),
            FileWords(
                rows_from=chosen.rows_from,
                table_to=chosen.table_to,
                who=chosen.who,
                why=chosen.why,
                as_json=chosen.as_json,
                given=_given(chosen),
            ),
        )
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
    write_table(chosen.table_to, lambda: QUALIFICATIONS.table((answer,)))
    is_green = answer.confidence is ServiceabilityConfidence.GREEN
    return ExitCode.DONE if is_green else ExitCode.INFEASIBLE


def _given(chosen: QualifyOptions) -> dict[str, str]:
    return {
        "offering": chosen.offering,
        "buyer": chosen.buyer,
        "external_id": chosen.external_id,
        **sales_options.configuration_of(chosen.values).by_name,
    }


def _many(chosen: QualifyOptions) -> ManyRows[QualifyRow, Qualification]:
    selling = sales_options.selling_of(
        chosen.store, network=chosen.network, catalogue=chosen.catalogue
    )
    return ManyRows(
        row_type=QualifyRow,
        act=lambda row, deed: qualify_product(
            wish_of_row(row),
            buyer_id=row.record.buyer,
            external_id=row.record.external_id,
            deed=deed,
            selling=selling,
        ),
        form=QUALIFICATIONS,
        payload=json_from_qualification,
        check=partial(findings_of_wish, catalogue=selling.catalogue, network=selling.network),
        is_no=lambda answer: answer.confidence is not ServiceabilityConfidence.GREEN,
        reasons=lambda answer: answer.reasons,
    )


app = command_app(
    QualifyOptions,
    run,
    help_text="Say green, yellow or red to a product, by planning it on what is free now. Exit "
    "code 1 where it is not green.",
    examples=(
        "karakoram qualify WAVE-400G-1P1 --buyer CT --set a_site=KJB --set z_site=CLS-CYB",
        "karakoram qualify PSTN-LINE --buyer P1 --set a_site=GIL",
        "karakoram qualify --template wishes.xlsx",
        "karakoram qualify --from wishes.xlsx --buyer CT --to answers.xlsx",
    ),
)
