"""``karakoram statement list``: what is each owner owed?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_statement
from karakoram.adapters.formats.table_settlement import STATEMENTS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.record_lists import RecordList
from karakoram.interfaces.cli.settlement_screen import show_statements
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.settle.known_names import refuse_unknown_owner

_LIST: RecordList[OwnerStatement] = RecordList(
    kind=OwnerStatement,
    name="statements",
    payload=json_from_statement,
    show=show_statements,
    form=STATEMENTS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementListOptions:
    """What ``karakoram statement list`` takes."""

    operator: Annotated[
        str, typer.Option("--operator", metavar="OPERATOR", help="Only those of this owner.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StatementListOptions) -> ExitCode:
    """Read, print."""
    return _LIST.tell(
        chosen,
        check=lambda tx: refuse_unknown_owner(tx, chosen.operator),
        is_asked=lambda each: chosen.operator in {"", each.operator_id},
    )


app = command_app(
    StatementListOptions,
    run,
    help_text="List the statements of the owners.",
    examples=("karakoram statement list --operator SCO",),
)
