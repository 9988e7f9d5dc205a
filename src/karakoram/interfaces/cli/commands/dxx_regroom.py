"""``karakoram dxx regroom``: how does everything leave a container without an interruption?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_multiplex import json_from_moves, json_from_not_feasible
from karakoram.adapters.formats.table_multiplex import MOVES
from karakoram.core.identifiers import ResourceId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.multiplex_screen import show_regroomed, show_step
from karakoram.interfaces.cli.sales_screen import show_reasons
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.feasibility.questions import NotFeasible
from karakoram.sales.feasibility.regroomed import RiderMove
from karakoram.sales.moving import MoveStep
from karakoram.usecases.multiplex.regroom_container import regroom_container, regroom_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxRegroomOptions:
    """What ``karakoram dxx regroom`` takes."""

    container: Annotated[
        str, typer.Argument(metavar="CONTAINER", help="Identifier, as dxx fill --json tells it.")
    ]
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the steps; move nothing.")] = (
        False
    )
    external_id: sales_options.External = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: DxxRegroomOptions) -> ExitCode:
    """Plan and move, printing each step once it is written."""
    check_table(chosen.table_to)
    container_id = ResourceId(chosen.container)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    if chosen.dry_run:
        answer = regroom_plan(container_id, store=store)
    else:
        answer = regroom_container(
            container_id,
            external_id=sales_options.external_id_of(chosen.external_id),
            deed=sales_options.deed_of(chosen.who, chosen.why),
            store=store,
            ids=bootstrap.identifiers(),
            told=None if chosen.as_json else _tell_step,
        )
    if isinstance(answer, NotFeasible):
        tell_answer(
            chosen.as_json,
            payload=lambda: json_from_not_feasible(answer),
            show=lambda: show_reasons(screen(), answer.reasons),
        )
        return ExitCode.INFEASIBLE
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_moves(answer, is_plan=chosen.dry_run),
        show=lambda: show_regroomed(screen(), answer, is_plan=chosen.dry_run),
    )
    if answer.moves:  # the steps of a run before stay
        write_table(chosen.table_to, lambda: MOVES.table((answer,)))
    return ExitCode.DONE


def _tell_step(step: MoveStep, move: RiderMove) -> None:
    show_step(screen(), step, move)


app = command_app(
    DxxRegroomOptions,
    run,
    help_text="Move everything out of a container to free slots on another way, make before break: "
    "each tributary takes its new slots, is switched, and gives back the old ones, step by step. A "
    "run that is cut short is asked again and goes on. Exit code 1 where something cannot leave.",
    examples=(
        "karakoram dxx regroom stm:GIL-RWP:STM-1/TU-12:1 --dry-run --to plan.xlsx",
        "karakoram dxx regroom stm:GIL-RWP:STM-1/TU-12:1 --external-id WORK-12",
    ),
)
