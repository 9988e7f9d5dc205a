"""``karakoram legs offer``: what does an operator hand over of its network?"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_legs import json_from_offered_legs
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.legs_screen import show_offer
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.planning.leg_offers import WAYS_DEFAULT
from karakoram.usecases.plan.offer_legs import OfferKeys, OfferQuestion, offer_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsOfferOptions:
    """What ``karakoram legs offer`` takes."""

    operator: Annotated[
        str, typer.Argument(metavar="OPERATOR", help="Who offers, by identifier or name.")
    ]
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Write the legs to hand over.",
        ),
    ] = None
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file",
            parser=options.path_from_word,
            metavar="FILE",
            help="Key that the operators share, in hexadecimal digits; else no tokens.",
        ),
    ] = None
    at: Annotated[
        list[str],
        typer.Option(
            "--at", metavar="SITE", help="Point besides hand-overs and POPs (repeatable)."
        ),
    ] = field(default_factory=list)
    ways: Annotated[
        int, typer.Option("--ways", metavar="N", help="Cheapest ways between two points, at most.")
    ] = WAYS_DEFAULT
    with_length: Annotated[
        bool, typer.Option("--with-length", help="Also tell glass kilometres.")
    ] = False
    pad: Annotated[
        int | None,
        typer.Option(
            "--pad", metavar="N", help="Pad tokens of each leg to a multiple of N; hides how many."
        ),
    ] = None
    padding_key_file: Annotated[
        Path | None,
        typer.Option(
            "--padding-key-file",
            parser=options.path_from_word,
            metavar="FILE",
            help="Secret of this operator alone that padding is made with.",
        ),
    ] = None
    bit_rate: options.BitRate = "400G"
    on_day: options.OnDay = None
    valid_to: Annotated[
        date | None,
        typer.Option(
            "--valid-to",
            metavar="DATE",
            parser=options.day_given,
            help="First day on which the offer no longer holds.",
        ),
    ] = None
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: LegsOfferOptions) -> ExitCode:
    """Find the legs, write them, show them; 1 when there is none."""
    question = OfferQuestion(
        operator=chosen.operator,
        at=tuple(chosen.at),
        ways=chosen.ways,
        bit_rate=chosen.bit_rate,
        on_day=chosen.on_day,
        valid_to=chosen.valid_to,
        tells_length=chosen.with_length,
        padded_to=chosen.pad,
    )
    shared, own = chosen.key_file, chosen.padding_key_file
    with status_line(quiet=chosen.as_json) as progress:
        found = offer_legs(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            keys=OfferKeys(
                shared=None if shared is None else bootstrap.key_file(shared),
                padding=None if own is None else bootstrap.key_file(own),
            ),
            target=None if chosen.save is None else bootstrap.legs_file(chosen.save),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_offered_legs(found.operator_id, found.points, found.legs),
        show=lambda: show_offer(screen(), found, saved=chosen.save),
    )
    return ExitCode.DONE if found.legs else ExitCode.INFEASIBLE


app = command_app(
    LegsOfferOptions,
    run,
    help_text="Write the legs that an operator hands over to others: ends, latency, price and, "
    "with a key, tokens of what each is exposed to; no span and no site inside.",
    examples=(
        "karakoram legs offer SCO --key-file corridor.key --save sco.csv",
        "karakoram legs offer ONE --key-file corridor.key --at Sukkur --with-length --save one.csv",
    ),
)
