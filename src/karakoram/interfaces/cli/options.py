"""Which arguments and options do several commands share?"""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from karakoram.core.cells import shortened
from karakoram.core.time import day_from_word


def path_from_word(word: str) -> Path:
    """The path that a word names; an empty word, e.g. a variable that is not set, names none.

    Raises
    ------
    typer.BadParameter
        If the word is empty.
    """
    if not word:
        raise typer.BadParameter("is empty; name a folder or file, and the one you are in as '.'")
    return Path(word)


def day_given(word: str) -> date:
    """The day that a word names.

    Raises
    ------
    typer.BadParameter
        If it names none; says how to write one.
    """
    try:
        return day_from_word(word)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def refuse_lists(words: list[str]) -> list[str]:
    """The words, none of which is a list of statuses.

    Raises
    ------
    typer.BadParameter
        If one is; says how to write it.
    """
    for word in words:
        if "," in word or ";" in word:
            parts = filter(None, (part.strip() for part in word.replace(";", ",").split(",")))
            right = " ".join(f"--include {part}" for part in parts)
            raise typer.BadParameter(f"write each status by itself: {shortened(right)}")
    return words


ASite = Annotated[str, typer.Argument(metavar="A", help="Site at one end, by identifier or name.")]
ZSite = Annotated[str, typer.Argument(metavar="Z", help="Site at the other end.")]
BitRate = Annotated[
    str, typer.Option("--bit-rate", metavar="RATE", help="Bit rate, e.g. 400G, 100G or 0.8T.")
]
Avoid = Annotated[
    list[str],
    typer.Option(
        "--avoid",
        metavar="WORD",
        help="Site, span, operator or cable not to touch (repeatable); cable:PEACE says the kind.",
    ),
]
TransitLimits = Annotated[
    list[str],
    typer.Option(
        "--transit-limit",
        metavar="OPERATOR=900km|OPERATOR=2handovers",
        help="Most glass or hand-overs of each path inside an operator's network (repeatable).",
    ),
]
Include = Annotated[
    list[str],
    typer.Option(
        "--include",
        metavar="STATUS",
        help="Also use what is option, planned or retired (repeatable).",
        callback=refuse_lists,
    ),
]
OnDay = Annotated[
    date | None,
    typer.Option(
        "--on", metavar="DATE", parser=day_given, help="Day whose prices hold; else today."
    ),
]
NETWORK_VARIABLE = "KARAKORAM_NETWORK"
CATALOGUE_VARIABLE = "KARAKORAM_CATALOGUE"

NetworkFolder = Annotated[
    Path | None,
    typer.Option(
        "--network",
        parser=path_from_word,
        metavar="FOLDER",
        envvar=NETWORK_VARIABLE,
        show_envvar=False,
        help=f"Network folder; else ${NETWORK_VARIABLE}, or the corridor.",
    ),
]
CatalogueFolder = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        parser=path_from_word,
        metavar="FOLDER",
        envvar=CATALOGUE_VARIABLE,
        show_envvar=False,
        help=f"Catalogue folder; else ${CATALOGUE_VARIABLE}, or that of the corridor.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, errors too.")]
