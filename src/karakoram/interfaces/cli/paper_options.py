"""Which options do the commands share that write a paper of settlement?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.core.findings import Finding
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.streams import tell_line
from karakoram.usecases.settle.print_bill import SettlementPaper, print_paper

Pdf = Annotated[
    Path | None,
    typer.Option(
        "--pdf",
        parser=options.path_from_word,
        metavar="FILE",
        help="Write it as a paper; with --shares for ourselves and not for buyers.",
    ),
]
Fonts = Annotated[
    Path | None,
    typer.Option(
        "--fonts",
        parser=options.path_from_word,
        metavar="FOLDER",
        help="With --pdf: further fonts, for letters that ours lack, e.g. Korean.",
    ),
]
NetworkOfNames = Annotated[
    Path | None,
    typer.Option(
        "--network",
        parser=options.path_from_word,
        metavar="FOLDER",
        help="With --pdf: network folder with the names of operators; else the corridor.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """Where a paper goes, and where its letters and names come from."""

    pdf: Path
    fonts: Path | None
    network: Path | None


def paper_words(pdf: Path | None, fonts: Path | None, network: Path | None) -> PaperWords | None:
    """What the command line says about a paper; ``None`` where none is asked for.

    Raises
    ------
    typer.BadParameter
        If an option would do nothing without a paper.
    RefusedError, OSError
        If the paper could not be made.
    """
    if pdf is not None:
        bootstrap.settlement_pdf(pdf, fonts=fonts).check()
        return PaperWords(pdf=pdf, fonts=fonts, network=network)
    given = {"--fonts": fonts, "--network": network}
    idle = [name for name, path in given.items() if path is not None]
    if idle:
        raise typer.BadParameter(f"{', '.join(idle)} would do nothing without --pdf FILE")
    return None


def write_paper(paper: SettlementPaper, words: PaperWords | None) -> None:
    """Write a paper where one is asked for, and tell what is short on it."""
    if words is None:
        return
    tell_short(
        print_paper(
            paper,
            networks=bootstrap.network_source(words.network),
            printer=bootstrap.settlement_pdf(words.pdf, fonts=words.fonts),
        )
    )


def tell_short(warnings: Iterable[Finding]) -> None:
    """Tell what a reader of a paper would miss, where neither ``--json`` nor a pipe hides it."""
    for warning in warnings:
        tell_line(f"Warning: {warning.where}: {warning.message}")
