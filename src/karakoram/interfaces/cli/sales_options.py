"""Which options do the commands of sales share, and what do they mean together?"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from karakoram import bootstrap
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.interfaces.cli import options
from karakoram.sales.change_log import Deed
from karakoram.sales.configurations import Configuration, configuration
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.words import Reading, choice_from_word, reading

STORE_VARIABLE = "KARAKORAM_STORE"
STORE_DEFAULT = "karakoram.db"
TABLE_SUFFIXES = (".csv", ".xlsx")


def values_from_words(words: list[str]) -> list[str]:
    """The words, each ``NAME=VALUE``.

    Raises
    ------
    typer.BadParameter
        If one is not, or a name stands twice.
    """
    names = [word.partition("=")[0] for word in words]
    for word in words:
        if "=" not in word or word.startswith("="):
            raise typer.BadParameter(f"must be NAME=VALUE, e.g. a_site=GIL, got {word!r}")
    if len(set(names)) < len(names):
        raise typer.BadParameter("names each characteristic once")
    return words


def table_path_from_word(word: str) -> Path:
    """The path of a table; its ending says its form.

    Raises
    ------
    typer.BadParameter
        If the ending is none of a table.
    """
    path = options.path_from_word(word)
    if path.suffix.lower() not in TABLE_SUFFIXES:
        raise typer.BadParameter(f"must end with {' or '.join(TABLE_SUFFIXES)}, got {word!r}")
    return path


Store = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="STORE",
        help=f"Store: a file, or postgresql://…; else ${STORE_VARIABLE} or {STORE_DEFAULT}.",
    ),
]
Offering = Annotated[
    str, typer.Argument(metavar="OFFERING", help="Identifier of an offering of the catalogue.")
]
Buyer = Annotated[
    str, typer.Option("--buyer", metavar="PARTY", help="Who asks; a registered party.")
]
OfBuyer = Annotated[str, typer.Option("--buyer", metavar="PARTY", help="Only of this party.")]
InStates = Annotated[
    list[str], typer.Option("--state", metavar="STATE", help="Only in this state (repeatable).")
]
External = Annotated[
    str,
    typer.Option(
        "--external-id",
        metavar="WORD",
        help="What the buyer calls the request; asked again under it, nothing is done twice.",
    ),
]
RowsFrom = Annotated[
    Path | None,
    typer.Option(
        "--from",
        parser=table_path_from_word,
        metavar="FILE",
        help="Do every row of a .csv or .xlsx file; options hold where a cell is empty.",
    ),
]
Later = Annotated[
    bool,
    typer.Option("--later", help="With --from: keep the rows as a job, for karakoram store work."),
]
TableTo = Annotated[
    Path | None,
    typer.Option(
        "--to",
        parser=table_path_from_word,
        metavar="FILE",
        help="Write the answer as a table to a .csv or .xlsx file.",
    ),
]
Template = Annotated[
    Path | None,
    typer.Option(
        "--template",
        parser=table_path_from_word,
        metavar="FILE",
        help="Write an empty table for --from, with an example row, and do nothing else.",
    ),
]
Who = Annotated[
    str, typer.Option("--who", metavar="NAME", help="Who acts, for the change log; else you.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why, for the change log.")]
Values = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A characteristic of the offering, e.g. a_site=GIL (repeatable).",
        callback=values_from_words,
    ),
]


def check_one(rows_from: Path | None, words: Mapping[str, str]) -> None:
    """Refuse a command that has neither rows nor all words of one action.

    Parameters
    ----------
    rows_from
        The file of ``--from``.
    words
        What one action needs, by how it stands on the command line.

    Raises
    ------
    typer.BadParameter
        Naming every word that is missing.
    """
    missing = [name for name, word in words.items() if not word]
    if rows_from is None and missing:
        raise typer.BadParameter(f"name {', '.join(missing)}, or a file with rows: --from FILE")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedRecords:
    """Which records a list is of."""

    buyer_id: PartyId | None
    states: tuple[str, ...]
    buyer_field: str = "buyer"
    """The option that names whose they are."""
    unread: tuple[Reading[Any], ...] = ()
    """Words that are no state; they are refused together with a buyer whom nobody knows."""


def wanted_records(
    buyer: str, states: list[str], kind: type[Enum], *, buyer_field: str = "buyer"
) -> WantedRecords:
    """What the words of a list mean; an empty word is everybody, no state every state."""
    read = [reading("state", word, lambda w: choice_from_word(w, kind)) for word in states]
    return WantedRecords(
        buyer_id=PartyId(buyer) if buyer else None,
        states=tuple(str(state.read.value) for state in read if state.read is not None),
        buyer_field=buyer_field,
        unread=tuple(state for state in read if state.findings),
    )


def store_word(chosen: str) -> str:
    """The store that is meant."""
    return chosen or os.environ.get(STORE_VARIABLE, STORE_DEFAULT)


def deed_of(who: str, why: str) -> Deed:
    """Who acts now, and why; the user of the machine where nobody is named."""
    name = who or os.environ.get("USER") or os.environ.get("LOGNAME") or "unknown user"
    return Deed(who=name, why=why, at=bootstrap.moments().now())


def configuration_of(words: list[str]) -> Configuration:
    """The chosen values."""
    return configuration({name: value for name, _, value in (w.partition("=") for w in words)})


def external_id_of(word: str) -> ExternalId:
    """The buyer's name for the request; a new one where none is given."""
    return ExternalId(word or f"cli-{bootstrap.identifiers().new_id()}")


def name_given(word: str) -> ExternalId | None:
    """The buyer's name for the request; ``None`` where none is given."""
    return ExternalId(word) if word else None


def selling_of(store: str, *, network: Path | None, catalogue: Path | None) -> Selling:
    """Everything that use cases of sales need."""
    return bootstrap.selling(store_word(store), network=network, catalogue=catalogue)
