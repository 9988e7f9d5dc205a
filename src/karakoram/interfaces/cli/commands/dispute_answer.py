"""``karakoram dispute answer``: accept, reject or withdraw."""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_dispute
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_disputes
from karakoram.settlement.disputes import DisputeEvent
from karakoram.usecases.dispute_lines import DisputeAnswer, answer_dispute
from karakoram.usecases.words import choice_from_word, reading, refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswerOptions:
    """What ``karakoram dispute answer`` takes."""

    dispute: Annotated[str, typer.Argument(metavar="DISPUTE", help="Number of the dispute.")]
    event: Annotated[str, typer.Argument(metavar="ANSWER", help="accept, reject or withdraw.")]
    granted: Annotated[
        str,
        typer.Option("--granted", metavar="AMOUNT", help="With accept: how much; else all of it."),
    ] = ""
    answer: Annotated[str, typer.Option("--answer", metavar="TEXT", help="In words.")] = ""
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: DisputeAnswerOptions) -> ExitCode:
    """Resolve, credit, print."""
    event = reading("ANSWER", chosen.event, lambda word: choice_from_word(word, DisputeEvent))
    granted = [
        reading("granted", word, settlement_options.money_from_word)
        for word in filter(None, [chosen.granted])
    ]
    refuse_unread((event, *granted))
    dispute = answer_dispute(
        DisputeAnswer(
            dispute=chosen.dispute,
            event=event.value,
            granted=granted[0].value if granted else None,
            answer=chosen.answer,
        ),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_dispute(dispute),
        show=lambda: show_disputes(screen(), (dispute,)),
    )
    return ExitCode.DONE


app = command_app(
    DisputeAnswerOptions,
    run,
    help_text="End a dispute. What is granted is credited to the buyer, or moved from one owner's "
    "statement to the other's.",
    examples=('karakoram dispute answer D2026-0001 accept --granted "USD 60.25"',),
)
