"""``karakoram optics hand-over``: what do legs of one's own and of partners make together?"""

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_hand_over import json_from_hand_over
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.hand_over_screen import show_hand_over
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import (
    GnpySimulation,
    GnpySpectrum,
    NoRedesign,
    NoSrs,
    gnpy_files,
    path_ending,
)
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.plan.hand_over_legs import HandOverQuestion, TellWords, hand_over_legs
from karakoram.usecases.plan.hand_over_ports import BudgetSource
from karakoram.usecases.plan.leg_words import LegWord, OwnSources

_TELL_OPTIONS = ("operator", "valid_until")
_TOLD = (*_TELL_OPTIONS, "from_site", "to_site", "bands", "input_power_dbm", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverOptions:
    """What ``karakoram optics hand-over`` takes."""

    leg: Annotated[
        list[str],
        typer.Option(
            "--leg",
            metavar="LEG",
            help="A leg, in the order of light (repeatable): a partner's FILE.json, gnpy:A..Z or "
            "corridor:A..Z; =UPL..CRO behind it names its hand-over sites.",
        ),
    ]
    gnpy_network: Annotated[
        Path | None,
        typer.Option(
            "--gnpy-network",
            parser=options.path_from_word,
            metavar="FILE",
            help="Network of GNPy, for legs gnpy:A..Z.",
        ),
    ] = None
    gnpy_equipment: Annotated[
        Path | None,
        typer.Option(
            "--gnpy-equipment",
            parser=options.path_from_word,
            metavar="FILE",
            help="Equipment of GNPy.",
        ),
    ] = None
    gnpy_spectrum: GnpySpectrum = None
    gnpy_sim_params: GnpySimulation = None
    no_redesign: NoRedesign = False
    no_srs: NoSrs = False
    spacing: Annotated[
        str,
        typer.Option(
            "--spacing", metavar="GHZ", help="Slot width, where no leg is of files of GNPy."
        ),
    ] = "150"
    network: options.NetworkFolder = None
    on_day: Annotated[
        date | None,
        typer.Option(
            "--on", metavar="DATE", parser=options.day_given, help="Day it is to hold; else today."
        ),
    ] = None
    tell: Annotated[
        Path | None,
        typer.Option(
            "--tell",
            parser=path_ending(".json"),
            metavar="FILE.json",
            help="Write the budget of the whole for a partner.",
        ),
    ] = None
    operator: Annotated[
        str | None, typer.Option("--operator", metavar="NAME", help="Who tells it.")
    ] = None
    valid_until: Annotated[
        date | None,
        typer.Option(
            "--valid-until", metavar="DATE", parser=options.day_given, help="Until when it holds."
        ),
    ] = None
    from_site: Annotated[
        str | None, typer.Option("--from-site", metavar="SITE", help="Where it begins.")
    ] = None
    to_site: Annotated[
        str | None, typer.Option("--to-site", metavar="SITE", help="Where it ends.")
    ] = None
    bands: Annotated[
        int, typer.Option("--bands", metavar="N", help="Bands it tells apart; each its worst.")
    ] = 1
    input_power_dbm: Annotated[
        float | None,
        typer.Option("--input-power-dbm", metavar="DBM", help="That a channel needs."),
    ] = None
    source: Annotated[str, typer.Option("--source", metavar="WORDS", help="How it is known.")] = (
        "computed by the operator"
    )
    as_json: options.AsJson = False


def run(chosen: HandOverOptions) -> ExitCode:
    """Put together, tell, show."""
    _refuse_half(chosen)
    files = {word: Path(word) for word in chosen.leg if word.lower().endswith(".json")}
    refuse_overwriting(
        written={"--tell": chosen.tell},
        read={**gnpy_files(chosen), **{f"--leg {word}": path for word, path in files.items()}},
    )
    legs: tuple[BudgetSource | LegWord, ...] = tuple(
        bootstrap.budget_source(files[word]) if word in files else LegWord(word=word)
        for word in chosen.leg
    )
    on_day = chosen.on_day or bootstrap.clock().today()
    question = HandOverQuestion(
        legs=legs,
        spacing=chosen.spacing,
        on_day=on_day,
        tell=_tell_words(chosen),
        is_designed=not chosen.no_redesign,
        scatters=not chosen.no_srs,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = hand_over_legs(
            question,
            sources=_sources(chosen),
            target=None if chosen.tell is None else bootstrap.budget_target(chosen.tell),
            progress=progress,
        )
    if chosen.as_json:
        print_json(json_from_hand_over(found))
    else:
        show_hand_over(screen(), found)
        show_files(screen(), budget=chosen.tell)
    return ExitCode.DONE


def _refuse_half(chosen: HandOverOptions) -> None:
    """Refuse options that lack the other that they go with.

    Raises
    ------
    typer.BadParameter
        Naming both.
    """
    if (chosen.gnpy_network is None) != (chosen.gnpy_equipment is None):
        raise typer.BadParameter("--gnpy-network and --gnpy-equipment go together")
    lacking = [name for name in _TELL_OPTIONS if getattr(chosen, name) is None]
    if chosen.tell is not None and lacking:
        named = " and ".join(f"--{name.replace('_', '-')}" for name in lacking)
        raise typer.BadParameter(f"--tell needs {named}")
    stated = [
        f"--{one.name.replace('_', '-')}"
        for one in fields(chosen)
        if one.name in _TOLD and getattr(chosen, one.name) != one.default
    ]
    if chosen.tell is None and stated:
        raise typer.BadParameter(f"{' and '.join(stated)} go with --tell FILE.json")


def _tell_words(chosen: HandOverOptions) -> TellWords | None:
    if chosen.tell is None:
        return None
    assert chosen.operator is not None
    assert chosen.valid_until is not None
    return TellWords(
        operator=chosen.operator,
        valid_until=chosen.valid_until,
        from_site=chosen.from_site,
        to_site=chosen.to_site,
        bands=chosen.bands,
        input_power_dbm=chosen.input_power_dbm,
        source=chosen.source,
    )


def _sources(chosen: HandOverOptions) -> OwnSources:
    photonics = None
    if chosen.gnpy_network is not None and chosen.gnpy_equipment is not None:
        photonics = bootstrap.photonic_source(
            network=chosen.gnpy_network,
            equipment=chosen.gnpy_equipment,
            spectrum=chosen.gnpy_spectrum,
            simulation=chosen.gnpy_sim_params,
        )
    return OwnSources(photonics=photonics, networks=bootstrap.network_source(chosen.network))


app = command_app(
    HandOverOptions,
    run,
    help_text="Put legs of your own and of partners together into one answer by channel, and tell "
    "a partner the noise budget of a leg without showing its spans.",
    examples=(
        "karakoram optics hand-over --leg corridor:URC..CLS-CYB --bands 4 --tell ours.json",
        "    --operator NOR --valid-until 2027-06-30",
        "karakoram optics hand-over --leg theirs.json --leg corridor:CLS-CYB..ZAF",
        "karakoram optics hand-over --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --leg 'gnpy:Site_A..Site_B=UPL..CRO' --leg theirs.json --json",
    ),
)
