"""Which options do the commands of buying share, and what do they need?"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import OperatorId, near_misses
from karakoram.interfaces.cli import options, sales_options
from karakoram.usecases.buy.partner_legs import Buying

PARTNERS_VARIABLE = "KARAKORAM_PARTNERS"
PARTNERS_DEFAULT = "partners.toml"
_NEEDED = "httpx2"

PartnersPath = Annotated[
    Path | None,
    typer.Option(
        "--partners",
        parser=options.path_from_word,
        metavar="FILE",
        help=f"File of partners; else ${PARTNERS_VARIABLE} or {PARTNERS_DEFAULT}.",
    ),
]
Order = Annotated[str, typer.Argument(metavar="ORDER", help="Identifier of our order.")]


def partners_path(chosen: Path | None) -> Path:
    """The file of partners that is meant."""
    return chosen or Path(os.environ.get(PARTNERS_VARIABLE, PARTNERS_DEFAULT))


def buying_of(store: str, partners: Path | None) -> Buying:
    """Everything that use cases of buying need.

    Raises
    ------
    RefusedError
        With code ``extra-missing``, where nothing can speak HTTP.
    """
    if find_spec(_NEEDED) is None:
        raise RefusedError(
            f"{_NEEDED} is not installed; install karakoram with its extra partners",
            code="extra-missing",
            alternatives=("pip install 'karakoram[partners]'",),
        )
    return bootstrap.buying(sales_options.store_word(store), partners=partners_path(partners))


def operator_of(word: str, buying: Buying) -> OperatorId | None:
    """The partner that a word names; ``None`` where none is named.

    Raises
    ------
    NotFoundError
        If the file names no such partner.
    """
    if word and word not in buying.partners:
        known = sorted(buying.partners)
        raise NotFoundError(
            f"{word} is no partner; partners are {', '.join(known)}.",
            near_misses=near_misses(word, known),
        )
    return OperatorId(word) if word else None
