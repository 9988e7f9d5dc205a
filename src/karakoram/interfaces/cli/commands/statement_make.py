"""``karakoram statement make``: what has each owner earned, collected and to bear?"""

from dataclasses import dataclass

from karakoram.adapters.formats.json_settlement import json_from_statement
from karakoram.adapters.formats.table_settlement import STATEMENTS
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.interfaces.cli.settlement_screen import show_statements
from karakoram.usecases.settle.issue_statements import issue_statements


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementMakeOptions:
    """What ``karakoram statement make`` takes."""

    period: settlement_options.Period
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: StatementMakeOptions) -> ExitCode:
    """Share, write, print."""
    check_table(chosen.table_to)
    period = settlement_options.period_of(chosen.period)
    statements = issue_statements(
        period,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )

    def show() -> None:
        if not statements:
            show_lines(screen(), "Nothing is new: every line stands on a statement", indent=0)
        else:
            show_statements(screen(), statements)

    tell_answer(
        chosen.as_json,
        payload=lambda: {"statements": [json_from_statement(each) for each in statements]},
        show=show,
    )
    if statements:  # a table of what was made before stays
        write_table(chosen.table_to, lambda: STATEMENTS.table(statements))
    return ExitCode.DONE


app = command_app(
    StatementMakeOptions,
    run,
    help_text="Make the statements of all owners for a period; their balances sum to zero.",
    examples=("karakoram statement make --period 2026-Q3",),
)
