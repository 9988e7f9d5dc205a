"""``karakoram invoice credit``: what is given back for outages of a period?"""

from dataclasses import dataclass

from karakoram.adapters.formats.json_settlement import json_from_credit_note
from karakoram.adapters.formats.table_settlement import CREDIT_NOTES
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.interfaces.cli.settlement_screen import show_credit_notes
from karakoram.usecases.settle.credit_outages import credit_outages


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCreditOptions:
    """What ``karakoram invoice credit`` takes."""

    period: settlement_options.Period
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    catalogue: options.CatalogueFolder = None
    shares: settlement_options.Shares = False
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: InvoiceCreditOptions) -> ExitCode:
    """Judge the months, credit, book, print."""
    check_table(chosen.table_to)
    period = settlement_options.period_of(chosen.period)
    notes = credit_outages(
        period,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(
            chosen.store, terms=chosen.terms, catalogue=chosen.catalogue
        ),
    )

    def show() -> None:
        if not notes:
            show_lines(screen(), "No promise was broken that is not credited yet", indent=0)
        else:
            show_credit_notes(screen(), notes, shares=chosen.shares)

    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "creditNotes": [json_from_credit_note(each, shares=chosen.shares) for each in notes]
        },
        show=show,
    )
    if notes:  # a table of what was made before stays
        write_table(chosen.table_to, lambda: CREDIT_NOTES.table(notes))
    return ExitCode.DONE


app = command_app(
    InvoiceCreditOptions,
    run,
    help_text="Credit buyers for the months in which a service level was broken. Whoever was at "
    "fault bears it; nothing is credited twice.",
    examples=("karakoram invoice credit --period 2026-Q3 --shares",),
)
